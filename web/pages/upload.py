"""The form by which people send files, and their receipt."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from actions.service import Session
from models.principal import Principal
from web import uploads
from web.front import FrontOf, Permit
from web.limits import megabytes
from web.pages.render import page
from web.problems import Refusal

ROUTER = APIRouter(include_in_schema=False)


@ROUTER.get("/upload", name="upload_form")
def upload_form(
    request: Request, front: FrontOf, who: Annotated[Principal, Depends(Permit("submission.create"))]
) -> Response:
    """Ask for files."""
    return page(
        request, "upload.html", who=who, form_key=uuid.uuid4().hex, payers=front.service.payers or (),
        file_mb=megabytes(front.limits.file_bytes), files=front.limits.upload.files,
    )  # fmt: skip


@ROUTER.post("/upload", name="upload")
async def upload(
    request: Request, who: Annotated[Principal, Depends(Permit("submission.create", form=True))]
) -> Response:
    """Take files; the answer is their receipt."""
    session: Session | None = getattr(request.state, "session", None)
    if session is None:
        raise Refusal("unauthenticated", "This form is for people who have signed in.")
    accepted = await uploads.take(request, who, session=session)
    return RedirectResponse(f"/submissions/{accepted.submission}?received=1", 303)

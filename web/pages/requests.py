"""A request: a head of ours, and beneath it the sheet that `--format html` writes, walled off in a frame."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from models.principal import Principal
from web.api.submissions import Cursor, Identifier
from web.front import FrontOf, Permit
from web.pages.render import page

ROUTER = APIRouter(include_in_schema=False)

_FORMATS = (("native", "JSON"), ("summary", "Summary"), ("xlsx", "Excel"))


@ROUTER.get("/requests", name="requests_page")
def requests_page(
    request: Request,
    front: FrontOf,
    who: Annotated[Principal, Depends(Permit("request.list"))],
    cursor: Cursor = None,
) -> Response:
    """The newest requests."""
    sheet = front.service.requests(who, cursor=cursor, most=50)
    return page(request, "requests.html", who=who, rows=sheet.items, next=sheet.next, cursor=cursor)


@ROUTER.get("/requests/{id}", name="request_page")
def request_page(
    request: Request,
    front: FrontOf,
    id: Identifier,  # noqa: A002
    who: Annotated[Principal, Depends(Permit("request.read"))],
) -> Response:
    """The head of a request, with its sheet in a frame."""
    return page(request, "request.html", who=who, told=front.service.glance(who, id), formats=_FORMATS)


@ROUTER.get("/requests/{id}/sheet", name="sheet")
def sheet(
    front: FrontOf,
    id: Identifier,  # noqa: A002
    who: Annotated[Principal, Depends(Permit("request.read"))],
) -> Response:
    """The sheet of a request: a page of its own origin, which can reach nothing of ours."""
    written = front.service.formatted(who, id, "html", operation="request.read")
    headers = {
        "Content-Security-Policy": f"{written.policy}; frame-ancestors 'self'; sandbox allow-scripts",
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(written.content, media_type=written.media_type, headers=headers)

"""Documents: the pages as images and as words. Untrusted bytes never reach a browser, only pixels that we made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from models.principal import Principal
from web.api.prefix import PREFIX
from web.api.shapes import PageWords
from web.api.submissions import Identifier
from web.front import FrontOf, Permit
from web.problems import responses

ROUTER = APIRouter(prefix=f"{PREFIX}/documents", tags=["documents"])

Number = Annotated[int, Path(ge=1, le=100_000, description="The page, from 1.", examples=[1])]


@ROUTER.get(
    "/{id}/pages/{n}.png", operation_id="get_page_image", response_class=Response,
    responses={
        200: {
            "description": "The page in the frame of the boxes, or upright.",
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
        },
        **responses("not-found", "invalid", "busy"),
    },
)  # fmt: skip
def get_page_image(
    front: FrontOf,
    id: Identifier,  # noqa: A002
    n: Number,
    who: Annotated[Principal, Depends(Permit("page.image"))],
    upright: Annotated[bool, Query(description="1: turned so that it can be read.")] = False,
) -> Response:
    """A page as a PNG."""
    return Response(front.service.page_image(who, id, n, upright=upright), media_type="image/png")


@ROUTER.get(
    "/{id}/pages/{n}/words", operation_id="get_page_words", response_model=PageWords,
    responses=responses("not-found", "invalid"),
)  # fmt: skip
def get_page_words(
    front: FrontOf,
    id: Identifier,  # noqa: A002
    n: Number,
    who: Annotated[Principal, Depends(Permit("page.words"))],
) -> PageWords:
    """The words of a page, numbers that are nobody's business masked."""
    return PageWords.model_validate(front.service.page_words(who, id, n), strict=False)

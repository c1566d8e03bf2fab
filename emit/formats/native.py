"""The request itself as JSON: docs/schema/authorization-request-1.json."""

from __future__ import annotations

from emit.format import Format
from models.page_image import PageImages
from models.request import AuthorizationRequest


def line(request: AuthorizationRequest) -> str:
    """The request as one line of requests.jsonl, without the line feed."""
    return request.model_dump_json(by_alias=True)


def write(request: AuthorizationRequest, pages: PageImages) -> bytes:  # noqa: ARG001 - every format is given the pages
    """The request as indented JSON in UTF-8, ending in a line feed."""
    return (request.model_dump_json(by_alias=True, indent=2) + "\n").encode()


NATIVE = Format(name="native", extension="json", run=write)

"""Requests: listed, searched, read, corrected, written in the formats, and what is missing asked for."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import JSONResponse, Response

from actions.service import Ask, Change, Sheet, StoredRequest
from models.principal import Principal
from web.api.prefix import PREFIX
from web.api.shapes import (
    Asked,
    AskShape,
    Changed,
    Changes,
    DocumentShape,
    ListedRequest,
    MissingList,
    RequestList,
    RequestShape,
    RequestStatus,
    Search,
    moment,
)
from web.api.submissions import Cursor, Identifier, Most
from web.front import FrontOf, Permit
from web.problems import Refusal, responses

ROUTER = APIRouter(prefix=f"{PREFIX}/requests", tags=["requests"])

_ETAG = re.compile(r'^"([0-9]{1,9})"$')
_IF_MATCH = {
    "name": "If-Match", "in": "header", "required": True, "description": "The ETag of the version that was looked at.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'}, "example": '"3"',
}  # fmt: skip
_TAGGED = {"ETag": {"description": "The version of the request.", "schema": {"type": "string"}}}


@ROUTER.get("", operation_id="list_requests", response_model=RequestList, responses=responses("usage-error", "invalid"))
def list_requests(
    front: FrontOf,
    who: Annotated[Principal, Depends(Permit("request.list"))],
    cursor: Cursor = None,
    limit: Most = 50,
    status: RequestStatus | None = None,
    payer: Annotated[str | None, Query(max_length=64)] = None,
) -> RequestList:
    """Requests, the newest first, without a word of what they say."""
    return _listed(front.service.requests(who, cursor=cursor, most=limit, status=status, payer=payer))


@ROUTER.post(
    "/search", operation_id="search_requests", response_model=RequestList,
    responses=responses("usage-error", "malformed", "too-large", "invalid"),
)  # fmt: skip
def search_requests(
    front: FrontOf, body: Search, who: Annotated[Principal, Depends(Permit("request.search"))]
) -> RequestList:
    """Requests of a patient: what is searched for stands in the body, never in an address."""
    found = front.service.search(
        who, name=body.name, birth_date=body.birth_date, member_id=body.member_id, cursor=body.cursor or None,
        most=body.limit,
    )  # fmt: skip
    return _listed(found)


@ROUTER.get(
    "/{id}", operation_id="get_request", response_model=RequestShape,
    responses={200: {"description": "The request.", "headers": _TAGGED}, **responses("not-found", "invalid")},
)  # fmt: skip
def get_request(
    front: FrontOf, id: Identifier, who: Annotated[Principal, Depends(Permit("request.read"))]  # noqa: A002
) -> Response:  # fmt: skip
    """A request with the places of its values and the keys of its documents."""
    stored = front.service.request(who, id)
    return Response(
        _shape(stored).model_dump_json(by_alias=True), media_type="application/json", headers=_tag(stored.version)
    )


@ROUTER.patch(
    "/{id}", status_code=202, operation_id="change_request", response_model=Changed,
    openapi_extra={"parameters": [_IF_MATCH]},
    responses={
        202: {"description": "The changes are kept; the request is put together anew.", "headers": _TAGGED},
        **responses("usage-error", "malformed", "not-found", "changed", "too-large", "invalid",
                    "precondition-required"),
    },
)  # fmt: skip
def change_request(
    request: Request,
    front: FrontOf,
    id: Identifier,  # noqa: A002
    body: Changes,
    who: Annotated[Principal, Depends(Permit("request.change"))],
) -> Any:
    """Correct values of a request. What a person says is never overwritten by a later reading."""
    version = _seen(request)
    changes = [Change(one.path, one.value, one.kind, one.reason, one.document) for one in body.changes]
    new = front.service.change(who, id, changes, version=version, now=dt.datetime.now(dt.UTC))
    told = Changed(id=id, version=new, state="queued")
    return JSONResponse(told.model_dump(mode="json"), 202, headers=_tag(new))


@ROUTER.get(
    "/{id}/formats/{name}", operation_id="get_request_format",
    response_class=Response,
    responses={
        200: {
            "description": "The request in the format.",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/html": {"schema": {"type": "string"}},
                "application/pdf": {"schema": {"type": "string", "format": "binary"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"}
                },
            },
        },
        **responses("not-found", "invalid", "busy"),
    },
)  # fmt: skip
def get_request_format(
    front: FrontOf,
    id: Identifier,  # noqa: A002
    name: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$", examples=["native", "html", "summary"])],
    who: Annotated[Principal, Depends(Permit("request.format"))],
) -> Response:
    """A request in one of the formats of `dossier list`."""
    written = front.service.formatted(who, id, name)
    headers = {"Content-Disposition": f'attachment; filename="{id}-{name}.{written.extension}"'}
    if written.policy is not None:
        headers["Content-Security-Policy"] = f"{written.policy}; frame-ancestors 'none'; sandbox allow-scripts"
    return Response(written.content, media_type=written.media_type, headers=headers)


@ROUTER.get(
    "/{id}/missing", operation_id="list_missing", response_model=MissingList,
    responses=responses("not-found", "invalid"),
)  # fmt: skip
def list_missing(
    front: FrontOf, id: Identifier, who: Annotated[Principal, Depends(Permit("missing.read"))]  # noqa: A002
) -> MissingList:  # fmt: skip
    """What is missing of a request, worded for whoever can send it."""
    return MissingList(items=front.service.missing(who, id))


@ROUTER.post(
    "/{id}/missing/requests", status_code=202, operation_id="ask_for_missing", response_model=Asked,
    responses=responses("usage-error", "malformed", "not-found", "too-large", "invalid"),
)  # fmt: skip
def ask_for_missing(
    front: FrontOf,
    id: Identifier,  # noqa: A002
    body: AskShape,
    who: Annotated[Principal, Depends(Permit("missing.ask"))],
) -> Asked:
    """Have missing items asked for. The same question, asked again, is not sent twice."""
    wanted = Ask(body.channel, body.language, body.due_on, tuple(body.items))
    return Asked(id=front.service.ask(who, id, wanted), state="queued")


def _listed(sheet: Sheet) -> RequestList:
    items = tuple(
        ListedRequest.model_validate(
            {
                **item,
                "received_at": moment(item["received_at"]),
                "due_at": None if item["due_at"] is None else moment(item["due_at"]),
            }
        )
        for item in sheet.items
    )
    return RequestList(items=items, next=sheet.next)


def _shape(stored: StoredRequest) -> RequestShape:
    """The stored request as it is shown. It was checked when it was made, so it is not checked again."""
    told = dict(stored.request)
    told["status"] = stored.status
    told["documents"] = tuple(
        DocumentShape.model_construct(**{**dict(one), "key": stored.keys.get(one.id)})
        for one in stored.request.documents
    )
    return RequestShape.model_construct(**told)


def _tag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def _seen(request: Request) -> int:
    """The version that the caller looked at."""
    header = request.headers.get("if-match")
    if header is None:
        raise Refusal("precondition-required")
    found = _ETAG.match(header.strip())
    if found is None:
        raise Refusal("invalid", "If-Match is no ETag of ours. Send it as you got it.", at="If-Match")
    return int(found[1])

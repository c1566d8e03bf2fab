"""Submissions: files come in, and what became of every page can be seen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from actions.service import CURSOR
from models.principal import Principal
from web import uploads
from web.api.prefix import PREFIX
from web.api.shapes import (
    Acknowledged,
    ListedSubmission,
    ReceiptShape,
    ReceivedName,
    SubmissionList,
    SubmissionShape,
    SubmissionState,
    moment,
)
from web.front import Front, FrontOf, Permit, still
from web.problems import responses

ROUTER = APIRouter(prefix=f"{PREFIX}/submissions", tags=["submissions"])

Identifier = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$", examples=["5b1f0c7e2d8a4a6f9c3e1b7d0a2f4c68"])]
Cursor = Annotated[str | None, Query(pattern=CURSOR, description="`next` of the part before.")]
Most = Annotated[int, Query(ge=1, le=200, description="How many to list.")]
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "additionalProperties": False,
                "properties": {
                    "files": {
                        "type": "array", "minItems": 1, "maxItems": 200,
                        "items": {"type": "string", "format": "binary"},
                    },
                    "payer": {"type": "string", "pattern": "^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$",
                              "description": "The id of the payer by whose rules the files are read; empty: none."},
                    "request_id": {"type": "string", "pattern": "^[0-9A-Za-z_-]{0,64}$",
                                   "description": "The request that these files answer; empty: none."},
                    "note": {"type": "string", "maxLength": 4000},
                },
            },
            "encoding": {"files": {"contentType": "application/octet-stream"}},
        }
    },
}  # fmt: skip
_EVENT = {
    "type": "object", "required": ["event", "data"],
    "properties": {"event": {"type": "string", "enum": ["progress", "done"]}, "data": {"type": "string"}},
}  # fmt: skip
_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "The same key never makes a second submission; with other files it is refused.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"}, "example": "fax-2026-03-02-000417",
}  # fmt: skip


@ROUTER.post(
    "", status_code=202, operation_id="create_submission", response_model=Acknowledged,
    openapi_extra={"requestBody": _BODY, "parameters": [_KEY]},
    responses=responses("malformed", "too-slow", "not-found", "too-large", "unsupported-media-type", "invalid",
                        "key-used-otherwise", "busy", "no-space"),
)  # fmt: skip
async def create_submission(request: Request, who: Annotated[Principal, Depends(Permit("submission.create"))]) -> Any:
    """Send files that belong together. The answer comes only after every byte is durable."""
    accepted = await uploads.take(request, who)
    at = accepted.received_at.timestamp()
    told = Acknowledged(
        submission=accepted.submission,
        receipt=ReceiptShape(
            number=uploads.number(at, accepted.submission),
            received_at=moment(at),
            files=tuple(ReceivedName(filename=one.path, sha256=one.sha256, size=one.size) for one in accepted.files),
        ),
    )
    headers = {"Location": f"{PREFIX}/submissions/{accepted.submission}"}
    if accepted.again:
        headers["Idempotency-Replayed"] = "true"
    return JSONResponse(told.model_dump(mode="json"), 202, headers=headers)


@ROUTER.get(
    "", operation_id="list_submissions", response_model=SubmissionList, responses=responses("usage-error", "invalid")
)
def list_submissions(
    front: FrontOf,
    who: Annotated[Principal, Depends(Permit("submission.list"))],
    cursor: Cursor = None,
    limit: Most = 50,
    state: SubmissionState | None = None,
) -> SubmissionList:
    """Submissions, the newest first."""
    sheet = front.service.submissions(who, cursor=cursor, most=limit, state=state)
    items = tuple(
        ListedSubmission.model_validate({**item, "received_at": moment(item["received_at"])}) for item in sheet.items
    )
    return SubmissionList(items=items, next=sheet.next)


@ROUTER.get(
    "/{id}", operation_id="get_submission", response_model=SubmissionShape, responses=responses("not-found", "invalid")
)
def get_submission(
    front: FrontOf, id: Identifier, who: Annotated[Principal, Depends(Permit("submission.read"))]  # noqa: A002
) -> SubmissionShape:  # fmt: skip
    """A submission: its files, where each of their pages is, and the requests that came of it."""
    told = front.service.submission(who, id)
    return SubmissionShape.model_validate_json(json.dumps({**told, "received_at": moment(told["received_at"])}))


@ROUTER.get(
    "/{id}/events", operation_id="watch_submission", response_class=StreamingResponse,
    responses={
        200: {
            "description": "Events `progress` until `done`, each with the state and the counts of pages and files.",
            "content": {"text/event-stream": {"schema": _EVENT, "example": {
                "event": "progress",
                "data": '{"id": "5b1f", "state": "processing", "pages": {"in_progress": 3}, "files": {"read": 1}}',
            }}},
        },
        **responses("not-found", "invalid", "busy"),
    },
)  # fmt: skip
async def watch_submission(
    request: Request,
    front: FrontOf,
    id: Identifier,  # noqa: A002
    who: Annotated[Principal, Depends(Permit("submission.read"))],
) -> Response:
    """Watch a submission until it is done."""
    first = await run_in_threadpool(front.service.progress, who, id)
    return _Stream(front, who, _events(request, front, id, who=who, first=first))


class _Stream(StreamingResponse):
    """A stream of events, which counts from its first byte to its last."""

    def __init__(self, front: Front, who: Principal, events: AsyncIterator[bytes]) -> None:
        super().__init__(events, media_type="text/event-stream")
        self._turn = front.streams.taking(who.actor)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._turn:
            await super().__call__(scope, receive, send)


async def _events(
    request: Request, front: Front, identifier: str, *, who: Principal, first: tuple[str, dict[str, int]]
) -> AsyncIterator[bytes]:
    """What changes, until all is done, the time is over, or the caller is none any more."""
    told, now, end = None, first, asyncio.get_running_loop().time() + front.limits.stream_s
    while True:
        if now != told:
            yield _event(identifier, now)
            told = now
        if now[0] == "done" or asyncio.get_running_loop().time() >= end:
            return
        await asyncio.sleep(front.limits.tick_s)
        if await request.is_disconnected() or not await run_in_threadpool(still, request, who):
            return
        now = await run_in_threadpool(front.service.progress, who, identifier)


def _event(identifier: str, now: tuple[str, dict[str, int]]) -> bytes:
    state, counts = now
    split = {
        kind: {name.partition(":")[2]: many for name, many in sorted(counts.items()) if name.startswith(kind)}
        for kind in ("pages", "files")
    }
    name = "done" if state == "done" else "progress"
    return f"event: {name}\ndata: {json.dumps({'id': identifier, 'state': state, **split})}\n\n".encode()

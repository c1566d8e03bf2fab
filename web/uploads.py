"""Files on their way in: streamed from the multipart body straight into the store, counted while they come."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import time
from collections.abc import AsyncIterator

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from actions.service import Session
from models.arrival import Accepted, Arrival
from models.limits import UploadLimits
from models.principal import Principal
from models.problem import DossierError
from web.front import Front, check_form, front_of
from web.multipart import Multipart
from web.parts import Parts, Upload, source_key
from web.problems import CODES, Refusal


async def take(request: Request, who: Principal, *, session: Session | None = None) -> Accepted:
    """Take the files of a call, and accept them: when this returns, they cannot be lost any more.

    `session` is whose form was sent, None for a call of the API.

    Raises:
        Refusal, DossierError: nothing was accepted.
    """
    front, began, upload = front_of(request), time.monotonic(), Upload()
    name = f"{who.tenant}/{who.actor}"
    front.vain.check(name)
    try:
        accepted = await _take(request, front, who, upload=upload, session=session)
    except Exception as error:
        if _is_theirs(error):
            front.vain.charge(name, sum(file.size for file in upload.files) / 1e6)
        raise
    front.meters.acks.observe(time.monotonic() - began)
    return accepted


def number(received_at: float, submission: str) -> str:
    """The number of a receipt, for people: the day (UTC), and the beginning of the submission's id."""
    return f"R-{dt.datetime.fromtimestamp(received_at, dt.UTC):%Y%m%d}-{submission[:10].upper()}"


def _is_theirs(error: Exception) -> bool:
    """Whether a call ended for what the caller did: not for what is away or broken here."""
    if isinstance(error, Refusal):
        return CODES[error.code][0] < 500
    return isinstance(error, ClientDisconnect | HTTPException) or (
        isinstance(error, DossierError) and error.http_status < 500
    )


async def _take(
    request: Request, front: Front, who: Principal, *, upload: Upload, session: Session | None
) -> Accepted:  # fmt: skip
    key = _key(request)
    parts = Parts(front, who, upload=upload, session=session, size=_least(request, front))
    async with front.turns.taking(who.actor):
        if session is None:
            # Of a form the key is known later; its parts ask for themselves.
            await parts.admit(key)
        await _read(request, front, parts)
    if session is not None:
        check_form(session, upload.fields.get("form_token"))
        key = upload.fields.get("form_key") or None
    if not upload.files:
        raise Refusal("invalid", "There is no file. Send one or more as 'files'.", at="files")
    arrival = Arrival(
        channel="upload" if who.actor.startswith("person:") else "api",
        name=upload.files[0].path,
        files=tuple(upload.files),
        source_key=source_key(who, key),
        payer=upload.fields.get("payer") or None,
        note=upload.fields.get("note") or None,
        answers=upload.fields.get("request_id") or None,
    )
    return await run_in_threadpool(front.service.inbox.accept, arrival, who)


def _key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and re.fullmatch(r"[\x21-\x7e]{1,200}", key) is None:
        raise Refusal("invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters.", at="Idempotency-Key")
    return key


def _least(request: Request, front: Front) -> int:
    """How many bytes of files a body has at least, by its Content-Length: so many would be taken or none."""
    told = request.headers.get("content-length", "")
    return max(0, int(told) - front.limits.around_bytes) if told.isdecimal() else 0


async def _read(request: Request, front: Front, parts: Parts) -> None:
    """Have the parts of a body taken; where it is refused, those that were stored until then are in their upload."""
    body, came = Multipart(request.headers.get("content-type")), 0
    try:
        async for chunk in _patiently(request, front.limits.upload):
            came += len(chunk)
            for event in body.feed(chunk):
                await parts.take(event)
            if came - parts.file_bytes > front.limits.around_bytes:
                raise Refusal("too-large", "Too much of the body is none of its files.")
        body.close()
    finally:
        await parts.drop()


async def _patiently(request: Request, limits: UploadLimits) -> AsyncIterator[bytes]:
    """The chunks of a body, each of which has to come within a while, and all of them at a pace: a turn is not held by
    somebody who sleeps, nor by one who sends a byte now and then. Only the time that we wait for them counts.
    """
    stream, waited, came = aiter(request.stream()), 0.0, 0
    while True:
        left, since = limits.grace_s + came / limits.bytes_per_s - waited, time.monotonic()
        try:
            async with asyncio.timeout(min(limits.stall_s, max(0.0, left))):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Refusal("too-slow") from None
        waited += time.monotonic() - since
        came += len(chunk)
        yield chunk

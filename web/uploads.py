"""Files on their way in: streamed from the multipart body straight into the store, counted while they come."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from actions.receive import arrived
from actions.service import Session, Writer
from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from models.problem import DossierError
from web.house import House, check_form, house_of
from web.limits import Limits, megabytes
from web.problems import CODES, Refusal

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

# Written to the disk in pieces of this size: a thread for each packet costs more than the packet.
_PIECE = 512 * 1024
_MOST_FIELD = 16 * 1024
_MOST_NAME = 500
Fields = Mapping[str, re.Pattern[str]]
_FIELDS: Fields = {
    "payer": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
    "request_id": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "note": re.compile(r".{0,4000}", re.DOTALL),
}
# What a form of ours has beside these: whose it is, and a key of its own, so that sent twice it counts once.
_OF_FORMS: Fields = {"form_token": re.compile(r".{0,200}"), "form_key": re.compile(r"[0-9a-f]{32}")}
# Characters that a database or a terminal does not take in a name.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Upload:
    """What a body held."""

    files: list[ArrivedFile] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def take(request: Request, who: Principal, *, session: Session | None = None) -> Accepted:
    """Take the files of a call, and accept them: when this returns, they cannot be lost any more.

    `session` is whose form was sent, None for a call of the API.

    Raises:
        Refusal, DossierError: nothing was accepted.
    """
    house, began, upload = house_of(request), time.monotonic(), Upload()
    name = f"{who.tenant}/{who.actor}"
    house.vain.check(name)
    try:
        accepted = await _take(request, house, who, upload=upload, session=session)
    except Exception as error:
        if _is_theirs(error):
            house.vain.charge(name, sum(file.size for file in upload.files) / 1e6)
        raise
    house.meters.acks.observe(time.monotonic() - began)
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
    request: Request, house: House, who: Principal, *, upload: Upload, session: Session | None
) -> Accepted:  # fmt: skip
    key = _key(request)
    async with house.turns.taking(who.actor):
        await run_in_threadpool(house.service.inbox.check, who, f"{who.actor}:{key}" if key is not None else None)
        await _read(request, house, who, upload=upload, session=session)
    if session is not None:
        check_form(session, upload.fields.get("form_token"))
        key = upload.fields.get("form_key") or None
    if not upload.files:
        raise Refusal("invalid", "There is no file. Send one or more as 'files'.", at="files")
    arrival = Arrival(
        channel="upload" if who.actor.startswith("person:") else "api",
        name=upload.files[0].path,
        files=tuple(upload.files),
        source_key=f"{who.actor}:{key}" if key is not None else None,
        payer=upload.fields.get("payer") or None,
        note=upload.fields.get("note") or None,
        answers=upload.fields.get("request_id") or None,
    )
    return await run_in_threadpool(house.service.inbox.accept, arrival, who)


def _key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and re.fullmatch(r"[\x21-\x7e]{1,200}", key) is None:
        raise Refusal("invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters.", at="Idempotency-Key")
    return key


def _check_payer(house: House, payer: str) -> None:
    known = house.service.payers
    if payer and known is not None and payer not in known:
        raise Refusal("invalid", f"There is no such payer. Known payers: {', '.join(known)}.", at="payer")


async def _read(
    request: Request, house: House, who: Principal, *, upload: Upload, session: Session | None
) -> None:  # fmt: skip
    """Fill `upload` with what the body holds; where it is refused, it has the files that were stored until then."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        raise Refusal("unsupported-media-type", "Send the files as multipart/form-data.")
    if not options.get(b"boundary"):
        raise Refusal("malformed", "The content type names no boundary.")
    parts = _Parts(house, who, upload=upload, session=session)
    try:
        parser = MultipartParser(options[b"boundary"], parts.callbacks())
        async for chunk in _patiently(request, house.limits):
            parser.write(chunk)
            await parts.work()
        parser.finalize()
        await parts.work()
    except FormParserError:
        raise Refusal("malformed", "The body is not proper multipart/form-data. Send it again.") from None
    finally:
        await parts.drop()
    if not parts.ended:
        raise Refusal("malformed", "The body ends too early. Send it again.")


async def _patiently(request: Request, limits: Limits) -> AsyncIterator[bytes]:
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


class _Parts:
    """The parts of a multipart body. The parser tells what it sees; `work` does what takes time."""

    def __init__(self, house: House, who: Principal, *, upload: Upload, session: Session | None) -> None:
        self._known = {**_FIELDS, **(_OF_FORMS if session else {})}
        self._house, self._session = house, session
        self.upload, self.ended = upload, False
        self._service, self._limits, self._who = house.service, house.limits, who
        self._events: list[tuple[str, bytes]] = []
        self._headers: dict[str, str] = {}
        self._header = ("", "")
        self._name, self._path, self._type = "", "", None  # type: tuple[str, str, str | None]
        self._writer: Writer | None = None
        self._buffer: list[bytes] = []
        self._held = self._size = self._total = 0

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": lambda: self._events.append(("begin", b"")),
            "on_header_field": lambda data, start, end: self._events.append(("field", data[start:end])),
            "on_header_value": lambda data, start, end: self._events.append(("value", data[start:end])),
            "on_header_end": lambda: self._events.append(("header", b"")),
            "on_headers_finished": lambda: self._events.append(("headers", b"")),
            "on_part_data": lambda data, start, end: self._events.append(("data", data[start:end])),
            "on_part_end": lambda: self._events.append(("end", b"")),
            "on_end": lambda: self._events.append(("over", b"")),
        }

    async def work(self) -> None:
        """Do what the parser has seen since the last time."""
        events, self._events = self._events, []
        for kind, data in events:
            if kind == "data":
                await self._data(data)
            elif kind == "headers":
                await self._begin()
            elif kind == "end":
                await self._end()
            elif kind == "over":
                self.ended = True
            else:
                self._head(kind, data.decode("utf-8", "replace"))

    async def drop(self) -> None:
        """Forget a file that has not come to its end."""
        if self._writer is not None:
            await run_in_threadpool(self._writer.abort)

    def _head(self, kind: str, text: str) -> None:
        if kind == "begin":
            self._headers, self._header = {}, ("", "")
        elif kind == "field":
            self._header = (self._header[0] + text, "")
        elif kind == "value":
            self._header = (self._header[0], self._header[1] + text)
        else:
            self._headers[self._header[0].lower()] = self._header[1]
            self._header = ("", "")

    async def _begin(self) -> None:
        kind, name, filename = _disposition(self._headers.get("content-disposition", ""))
        if kind != "form-data" or name not in {"files", *self._known}:
            raise Refusal("invalid", "There is no such field. Known: files, payer, request_id, note.", at="body")
        self._name, self._size = name, 0
        if name != "files":
            if name in self.upload.fields:
                raise Refusal("invalid", "A field stands twice in the body.", at=name)
            return
        if filename is None:
            raise Refusal("invalid", "A file has no filename.", at="files")
        if self._session is not None:
            # In forms of ours it stands before the files; nothing of others is stored.
            check_form(self._session, self.upload.fields.get("form_token"))
        self._path, self._type = _clean(filename), self._headers.get("content-type", "")[:200] or None
        if len(self.upload.files) >= self._limits.batch_files:
            raise Refusal("invalid", f"At most {self._limits.batch_files} files can be taken at once.", at="files")
        self._writer = await run_in_threadpool(self._service.blobs.writer, self._who.tenant)

    async def _data(self, data: bytes) -> None:
        self._size += len(data)
        self._total += len(data)
        if self._total > self._limits.batch_bytes:
            raise Refusal("too-large")
        if self._writer is None and self._size > _MOST_FIELD:
            raise Refusal("too-large", "A field is too long.", at=self._name)
        if self._writer is not None and self._size > self._limits.file_bytes:
            most = megabytes(self._limits.file_bytes)
            raise Refusal("too-large", f"A file is larger than {most} MB. Send it in smaller parts.", at="files")
        self._buffer.append(data)
        self._held += len(data)
        if self._writer is not None and self._held >= _PIECE:
            await self._write(self._writer)

    async def _write(self, writer: Writer) -> None:
        piece, self._buffer, self._held = b"".join(self._buffer), [], 0
        await run_in_threadpool(writer.write, piece)

    async def _end(self) -> None:
        if self._writer is None:
            text, self._buffer, self._held = b"".join(self._buffer).decode("utf-8", "replace"), [], 0
            if self._known[self._name].fullmatch(text) is None and text:
                raise Refusal("invalid", "A field has a value that it cannot have.", at=self._name)
            if self._name == "payer":
                _check_payer(self._house, text)
            self.upload.fields[self._name] = text.replace("\0", "")
            return
        writer = self._writer
        if self._held:
            await self._write(writer)
        self._writer = None
        if not self._size and not self._path:
            # What a browser sends where nothing was chosen.
            await run_in_threadpool(writer.abort)
            return
        try:
            stored = await run_in_threadpool(writer.commit)
        finally:
            await run_in_threadpool(writer.abort)
        self.upload.files.append(arrived(self._path or "file", stored, self._type))


def _disposition(header: str) -> tuple[str, str, str | None]:
    """The kind of a part, the name of its field, and the name of its file."""
    kind, options = parse_options_header(header.encode("utf-8", "replace").decode("latin-1"))
    told = {key.decode("latin-1"): value.decode("utf-8", "replace") for key, value in options.items()}
    return kind.decode("latin-1"), told.get("name", ""), told.get("filename")


def _clean(name: str) -> str:
    """A name as its sender wrote it, but for characters that nothing can show; of a long one its end."""
    return _CONTROL.sub("", name)[-_MOST_NAME:]

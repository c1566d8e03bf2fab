"""What becomes of the parts of an upload: fields are looked at when they come, files go straight into the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from actions.receive import arrived
from actions.service import Session, Writer
from models.arrival import ArrivedFile
from models.principal import Principal
from web.front import Front, check_form
from web.limits import megabytes
from web.multipart import Event, Head
from web.problems import Refusal

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


class Parts:
    """Takes the parts of one body into `upload`.

    `session` is whose form was sent, None for a call of the API; `size` says that at least so many bytes of files come.
    """

    def __init__(self, front: Front, who: Principal, *, upload: Upload, session: Session | None, size: int) -> None:
        """Begin with the first part."""
        self._front, self._who, self._session, self._size = front, who, session, size
        self._known = {**_FIELDS, **(_OF_FORMS if session else {})}
        self.upload = upload
        self.file_bytes = 0
        self._begun = 0
        self._name, self._text = "", bytearray()
        self._file: _File | None = None

    async def admit(self, key: str | None) -> None:
        """See before a byte is kept whether anything can be taken, and what the sender has told of its size.

        Raises:
            DossierError: it cannot, and nothing was accepted under this key of the sender's.
        """
        inbox = self._front.service.inbox
        await run_in_threadpool(inbox.check, self._who, source_key(self._who, key), size=self._size)

    async def take(self, event: Event) -> None:
        """Take what has come next.

        Raises:
            Refusal, DossierError: it cannot be taken.
        """
        if isinstance(event, Head):
            await self._begin(event)
        elif event is None:
            await self._end()
        elif self._file is None:
            self._text += event
            if len(self._text) > _MOST_FIELD:
                raise Refusal("too-large", "A field is too long.", at=self._name)
        else:
            await self._add(self._file, event)

    async def drop(self) -> None:
        """Forget a file that has not come to its end."""
        if self._file is not None:
            await self._file.drop()

    async def _begin(self, head: Head) -> None:
        if head.kind != "form-data" or head.name not in {"files", *self._known}:
            raise Refusal("invalid", "There is no such field. Known: files, payer, request_id, note.", at="body")
        self._name = head.name
        self._text.clear()
        if head.name != "files":
            if head.name in self.upload.fields:
                raise Refusal("invalid", "A field stands twice in the body.", at=head.name)
            return
        if head.filename is None:
            raise Refusal("invalid", "A file has no filename.", at="files")
        self._begun += 1
        if self._session is not None and self._begun == 1:
            # In forms of ours both stand before the files; nothing of others is stored.
            check_form(self._session, self.upload.fields.get("form_token"))
            await self.admit(self.upload.fields.get("form_key") or None)
        most = self._front.limits.upload.files
        # One more may begin: a field of a form where nothing was chosen.
        if len(self.upload.files) >= most or self._begun > most + 1:
            raise Refusal("invalid", f"At most {most} files can be taken at once.", at="files")
        blobs, tenant = self._front.service.blobs, self._who.tenant
        self._file = _File(lambda: blobs.writer(tenant), _clean(head.filename), head.declared_type)

    async def _add(self, file: _File, data: bytes) -> None:
        limits = self._front.limits
        self.file_bytes += len(data)
        if self.file_bytes > limits.upload.bytes:
            raise Refusal("too-large")
        if file.size + len(data) > limits.file_bytes:
            most = megabytes(limits.file_bytes)
            raise Refusal("too-large", f"A file is larger than {most} MB. Send it in smaller parts.", at="files")
        await file.add(data)

    async def _end(self) -> None:
        file, self._file = self._file, None
        if file is None:
            self._field(self._text.decode("utf-8", "replace"))
        elif file.size or file.path:
            self.upload.files.append(await file.commit())
        else:
            # What a browser sends where nothing was chosen.
            await file.drop()

    def _field(self, text: str) -> None:
        if self._name == "note":
            # A browser counts a line end as one character and sends it as two.
            text = text.replace("\r\n", "\n")
        if text and self._known[self._name].fullmatch(text) is None:
            raise Refusal("invalid", "A field has a value that it cannot have.", at=self._name)
        payers = self._front.service.payers
        if self._name == "payer" and text and payers is not None and text not in payers:
            raise Refusal("invalid", f"There is no such payer. Known payers: {', '.join(payers)}.", at="payer")
        self.upload.fields[self._name] = text.replace("\0", "")


class _File:
    """A file on its way into the store, which is asked for a `writer` only when there is something to write."""

    def __init__(self, writer: Callable[[], Writer], path: str, declared_type: str | None) -> None:
        self.path, self.size = path, 0
        self._open, self._type = writer, declared_type
        self._writer: Writer | None = None
        self._buffer: list[bytes] = []
        self._held = 0

    async def add(self, data: bytes) -> None:
        self.size += len(data)
        self._buffer.append(data)
        self._held += len(data)
        if self._held >= _PIECE:
            await self._write()

    async def commit(self) -> ArrivedFile:
        """Have it stored durably."""
        try:
            if self._held:
                await self._write()
            stored = await run_in_threadpool(lambda: self._opened().commit())
        finally:
            await self.drop()
        return arrived(self.path or "file", stored, self._type)

    async def drop(self) -> None:
        """Leave nothing of it but what was committed."""
        if self._writer is not None:
            await run_in_threadpool(self._writer.abort)

    async def _write(self) -> None:
        piece, self._buffer, self._held = b"".join(self._buffer), [], 0
        await run_in_threadpool(lambda: self._opened().write(piece))

    def _opened(self) -> Writer:
        if self._writer is None:
            self._writer = self._open()
        return self._writer


def source_key(who: Principal, key: str | None) -> str | None:
    """The key of a sender as it is kept: those of different senders have nothing to do with one another."""
    return f"{who.actor}:{key}" if key is not None else None


def _clean(name: str) -> str:
    """A name as its sender wrote it, but for characters that nothing can show; of a long one its end."""
    return _CONTROL.sub("", name)[-_MOST_NAME:]

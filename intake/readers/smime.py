"""Signed messages as files of their own (.p7m): what was signed is the one document inside."""

from __future__ import annotations

from collections.abc import Iterator

from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.smime import content_of

_MAIL_FIRST = (b"content-", b"mime-version", b"from", b"received", b"date", b"message-id")


class Signed:
    """An opened message; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ()
    sender: str | None = None
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, content: bytes, filename: str) -> None:
        """Take what was signed, and the name of the file around it."""
        self._content = content
        self._filename = filename

    def leaves(self) -> Iterator[RawLeaf]:
        """What was signed: a mail's parts, or a file."""
        is_mail = self._content.lstrip()[:20].lower().startswith(_MAIL_FIRST)
        name = self._filename[: -len(".p7m")] if self._filename.lower().endswith(".p7m") else ""
        kind = "message/rfc822" if is_mail else ""
        yield RawLeaf(filename="" if is_mail else name, media_type=kind, body=False, content=self._content)


def load(content: bytes, options: ReadOptions) -> Signed:
    """Open a signed message. Unreadable: F005 encrypted, F006 damaged, F010 a bomb, F017 a signature alone."""
    inner = content_of(content, most=options.inflated)
    if not inner:
        raise Unreadable("F017")
    return Signed(inner, options.filename)

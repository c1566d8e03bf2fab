"""Mails (RFC 5322, MIME): the body that says something and every attachment, as bytes; nothing is fetched."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import Message

from intake.markup import text_of_html
from intake.raw import RawLeaf, ReadOptions, Unreadable

# More nested parts than any mail program makes; walking them costs time for nothing.
_PARTS = 2000
_BODY_TYPES = ("text/plain", "text/html")
# Signatures and receipts that accompany a mail and are no paperwork.
_MACHINERY = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


class Mail:
    """An opened mail; see `intake.raw.LeafSource`."""

    def __init__(self, message: Message, options: ReadOptions) -> None:
        """Take the parsed message."""
        self._message = message
        self._options = options
        # Each transfer agent puts its Received header on top: the first is ours, all below are hearsay (RFC 5321 4.4).
        topmost = next(iter(_headers(message, "received")), "")
        self.received_at = _time(topmost.rpartition(";")[2])
        self.sent_at = _time(next(iter(_headers(message, "date")), ""))

    def leaves(self) -> Iterator[RawLeaf]:
        """The body first (its plain text, else its HTML), then the attachments in their order."""
        parts = tuple(_leaf_parts(self._message))
        body = _body(parts)
        if body is not None:
            yield body
        texts = _body_parts(parts)
        count = 0
        for part in parts:
            if any(part is text for text in texts) or part.get_content_type() in _MACHINERY:
                continue
            count += 1
            if count > self._options.leaves:
                raise Unreadable("F016")
            yield _attachment(part)


def load(content: bytes, options: ReadOptions) -> Mail:
    """Open a mail. Unreadable: F006 when it has no headers."""
    # The old policy decodes nothing by itself, so that no malformed header can make it fail.
    message = email.message_from_bytes(content.lstrip(b"\r\n"), policy=email.policy.compat32)
    if not message.keys():
        raise Unreadable("F006")
    return Mail(message, options)


def _leaf_parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a message within the message is one of them and not entered."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > _PARTS:
            raise Unreadable("F016")
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and not part.get_content_type().startswith("message/"):
            waiting.extend(piece for piece in reversed(inner) if isinstance(piece, Message))
        elif not part.get_content_type().startswith("multipart/") or part.get_payload():
            yield part


def _body_parts(parts: tuple[Message, ...]) -> tuple[Message, ...]:
    """The parts that make up the text of the mail itself: all leading texts without a name that are not attached."""
    return tuple(
        part
        for part in parts
        if part.get_content_type() in (*_BODY_TYPES, "multipart/mixed")
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    )


def _body(parts: tuple[Message, ...]) -> RawLeaf | None:
    texts = _body_parts(parts)
    plain = "\n\n".join(text for part in texts if not _is_html(part) if (text := _text(part).strip()))
    if plain:
        return RawLeaf(filename="", media_type="text/plain", body=True, content=plain.encode())
    html = "\n".join(text for part in texts if _is_html(part) if text_of_html(text := _text(part)))
    return RawLeaf(filename="", media_type="text/html", body=True, content=html.encode()) if html else None


def _is_html(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _attachment(part: Message) -> RawLeaf:
    media_type = part.get_content_type()
    filename = email.utils.collapse_rfc2231_value(part.get_filename() or "") or ""
    return RawLeaf(
        filename=_decoded(filename)[:1000],
        media_type=media_type[:200],
        body=False,
        content=_nested(part) if media_type.startswith("message/") else _bytes(part),
    )


def _nested(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n\n".join(message.as_bytes() for message in inner if isinstance(message, Message))
    return _bytes(part)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return _bytes(part).decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return _bytes(part).decode("cp1252", "replace")


def _headers(message: Message, name: str) -> list[str]:
    return [str(value) for value in message.get_all(name) or ()]


def _decoded(value: str) -> str:
    """A file name with its encoded words (RFC 2047) resolved, as many programs write them although they should not."""
    import email.header

    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, UnicodeError, ValueError):
        return value


def _time(text: str) -> str | None:
    """A date of a header as ISO 8601; without offset where it names no zone."""
    try:
        return email.utils.parsedate_to_datetime(text.strip()).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

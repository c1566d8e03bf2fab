"""Mails (RFC 5322, MIME): the body that says something and every attachment, as bytes; nothing is fetched."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from intake.fax_notice import read_notice
from intake.mail_body import Body, body_of, pictures_in
from intake.mime import Part, decoded, parts_of, split_headers, unfolded, uuencoded
from intake.portals import elsewhere
from intake.raw import RawFax, RawLeaf, ReadOptions, Unreadable
from intake.smime import content_of

# Signatures and receipts of programs, and halves of files that hold no paper.
_MACHINERY = (
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/applefile",
)
_OPAQUE = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# A signed mail may be signed again and be compressed; more wrappers are made to keep a reader busy.
_WRAPPERS = 4
_ARMOURED = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)


class Mail:
    """An opened mail; see `intake.raw.LeafSource`."""

    def __init__(self, headers: Message, body: bytes, options: ReadOptions) -> None:
        """Take the mail in two halves."""
        self.received_at, self.sent_at, self.sender = mail_times(headers)
        self._subject = unfolded(next(iter(_values(headers, "subject")), ""))
        self._parts = tuple(_opened(parts_of(headers, body), options, _WRAPPERS))
        self._body = body_of(self._parts)
        self._attached = tuple(part for part in self._parts if _is_attached(part, self._body))

    @property
    def notes(self) -> tuple[str, ...]:
        """Whether a person must act to get at what was sent; see `sandbox.notes`."""
        files = tuple((part.filename, part.media_type) for part in self._attached)
        html = "\n".join(part.text for part in self._body.parts if part.media_type == "text/html")
        found = elsewhere(self._body.text, html, attached=files, documents=any(map(_is_document, self._attached)))
        kinds = {part.media_type for part in self._parts}
        linked = ("linked-document",) if "message/external-body" in kinds else ()
        return (*found, *linked, *(("partial-message",) if "message/partial" in kinds else ()))

    @property
    def faxes(self) -> tuple[RawFax, ...]:
        """The fax that the mail announces, if it comes from a gateway of faxes."""
        return read_notice(self._subject, self._body.text)

    def leaves(self) -> Iterator[RawLeaf]:
        """The body first, then what stands within it, then the attachments in their order."""
        yield from _body_leaves(self._body)
        for part in self._attached:
            yield _attachment(part)


def load(content: bytes, options: ReadOptions) -> Mail:
    """Open a mail. Unreadable: F006 when it has no headers."""
    headers, body = split_headers(content)
    if not headers.keys():
        raise Unreadable("F006")
    return Mail(headers, body, options)


def mail_times(headers: Message) -> tuple[str | None, str | None, str | None]:
    """When a mail came in, when it says it was sent (both ISO 8601), and the address that it says it is from."""
    # Each transfer agent puts its Received header on top: the first is ours, all below are hearsay (RFC 5321 4.4).
    topmost = next(iter(_values(headers, "received")), "")
    sent = next(iter(_values(headers, "date")), "")
    return _time(topmost.rpartition(";")[2]), _time(sent), _address(next(iter(_values(headers, "from")), ""))


def _opened(parts: Iterator[Part], options: ReadOptions, wrappers: int) -> Iterator[Part]:
    """The parts, what was signed taken out of its envelope; one that cannot be opened stays as it is."""
    for part in parts:
        inner = _signed(part, options) if part.media_type in _OPAQUE and wrappers else b""
        headers, body = split_headers(inner) if inner else (None, b"")
        if headers is None or not headers.keys():
            yield part
        else:
            yield from _opened(parts_of(headers, body), options, wrappers - 1)


def _signed(part: Part, options: ReadOptions) -> bytes:
    try:
        return content_of(part.content, most=options.inflated)
    except Unreadable:
        return b""


def _is_attached(part: Part, body: Body) -> bool:
    if any(part is text for text in body.parts) or part.media_type == "message/external-body":
        return False
    return part.media_type not in _MACHINERY and not _is_version(part)


def _is_version(part: Part) -> bool:
    """The first half of PGP/MIME says only which version it is (RFC 3156 4)."""
    return part.media_type == "application/pgp-encrypted" and len(part.raw) < 200


def _is_document(part: Part) -> bool:
    """Whether an attachment is more than decoration of the mail: a picture within its text, a card, an invitation."""
    return not _is_inline(part) and part.media_type not in ("text/vcard", "text/x-vcard", "text/calendar", "text/css")


def _is_inline(part: Part) -> bool:
    within = any(kind == "related" for _, kind, _ in part.around) and bool(part.headers.get("content-id"))
    return part.media_type.startswith("image/") and part.disposition != "attachment" and within


def _body_leaves(body: Body) -> Iterator[RawLeaf]:
    """The text of the mail, without the files that stand in it as text; those after it."""
    locked = _ARMOURED.search(body.text)
    text = _ARMOURED.sub("", body.text) if locked else body.text
    raw, files = uuencoded(text.encode("utf-8", "replace")) if body.html is None else (b"", ())
    text = raw.decode().strip() if body.html is None else text
    if text.strip():
        kind = "text/plain" if body.html is None or locked else "text/html"
        content = text if kind == "text/plain" or body.html is None else body.html
        yield RawLeaf(filename="", media_type=kind, body=True, content=content.encode("utf-8", "replace"))
    if locked:
        yield RawLeaf("message.asc", "application/pgp-encrypted", False, locked[0].encode(), refused="F005")
    for name, content_of_file in files:
        yield RawLeaf(filename=name[:1000], media_type="", body=False, content=content_of_file)
    for part in body.parts:
        if part.media_type == "text/html":
            for kind, packed in pictures_in(part.text):
                yield RawLeaf("", kind, False, decoded(packed.encode(), "base64"), inline=True)


def _attachment(part: Part) -> RawLeaf:
    leaf = RawLeaf(
        filename=part.filename,
        media_type=part.media_type[:200],
        body=False,
        content=part.content,
        inline=_is_inline(part),
    )
    return replace(leaf, refused=_refusal(part))


def _refusal(part: Part) -> str | None:
    """Why a part cannot be handed out: nested too deep, encrypted, or a later piece of a mail sent in several."""
    if part.too_deep:
        return "F016"
    if any(kind == "encrypted" for _, kind, _ in part.around):
        return "F005"
    return "F006" if part.media_type == "message/partial" and part.parameter("number") != "1" else None


def _values(headers: Message, name: str) -> list[str]:
    return [str(value) for value in headers.get_all(name) or ()]


def _address(value: str) -> str | None:
    try:
        address = email.utils.parseaddr(unfolded(value))[1]
    except (ValueError, IndexError):
        return None
    return address[:320] if "@" in address else None


def _time(text: str) -> str | None:
    """A date of a header as ISO 8601; without offset where it names no zone."""
    try:
        at = email.utils.parsedate_to_datetime(text.strip())
        # -0000 is a time in UTC of a machine that does not tell its zone (RFC 5322 3.3).
        return (at.replace(tzinfo=dt.UTC) if "-0000" in text else at).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

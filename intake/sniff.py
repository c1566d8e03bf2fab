"""What a file is, told by its content. The name and the declared type count only where the content is silent.

Only the first bytes are compared with known signatures; nothing is parsed here.
"""

from __future__ import annotations

import codecs
import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
)

_SUFFIXES = {
    "pdf": "application/pdf",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "eml": "message/rfc822",
    "txt": "text/plain",
    "text": "text/plain",
    "htm": "text/html",
    "html": "text/html",
}

# Lines with which a mail may begin (RFC 5322 3.6, and what transfer agents put in front: mbox "From ", Return-Path).
_MAIL_HEADERS = (
    b"return-path|received|delivered-to|from|to|cc|bcc|subject|date|message-id|mime-version|reply-to|sender|"
    b"content-type|content-transfer-encoding|dkim-signature|arc-[a-z-]+|authentication-results|x-[a-z0-9-]+"
)
_HEADER_LINE = re.compile(rb"(?:From [^\r\n]*\r?\n)?(" + _MAIL_HEADERS + rb"):[^\r\n]*(?:\r?\n|\Z)", re.IGNORECASE)
_DEFINITE_MAIL = re.compile(
    rb"^(received|message-id|mime-version|return-path|from|date):", re.IGNORECASE | re.MULTILINE
)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_LOOK = 4096
_MAIL_START = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]+\r?\n[A-Za-z-]+:")
# Text that is data for a program, not a paper that somebody wrote.
_DATA_SUFFIXES = (".json", ".jsonl", ".csv", ".tsv", ".yaml", ".yml", ".log", ".ini", ".sql")


def media_type_of(content: bytes, filename: str = "", declared: str | None = None) -> str | None:
    """Name the media type of a file by its content, or None where nothing is recognised.

    `filename` and `declared` decide only between plain text, HTML and mail, which have no signature of their own.
    """
    head = content[:_LOOK]
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if _is_mailbox(content):
        return "application/mbox"
    if _is_text(content):
        if filename.lower().endswith(_DATA_SUFFIXES):
            return None
        return _kind_of_text(head, claimed_type(filename, declared))
    if _is_mail(head, claimed_type(filename, declared)):
        return "message/rfc822"
    return None


def claimed_type(filename: str, declared: str | None = None) -> str | None:
    """What the name's suffix, else the declared type, claims the file to be; None where neither says so."""
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    by_name = _SUFFIXES.get(suffix)
    if by_name is not None:
        return by_name
    stated = (declared or "").partition(";")[0].strip().lower()
    return stated if stated in _SUFFIXES.values() else None


def _is_mailbox(content: bytes) -> bool:
    """Several mails in one file: as one mail all but the first would be lost."""
    return content.startswith(b"From ") and len(_MAIL_START.findall(content)) > 1


def _kind_of_text(head: bytes, claimed: str | None) -> str:
    if _is_mail(head, claimed):
        return "message/rfc822"
    if _HTML.match(head) or claimed == "text/html":
        return "text/html"
    return "text/plain"


def _is_mail(head: bytes, claimed: str | None) -> bool:
    """A mail begins with a header line and has others that letters seldom have; a claim makes the first enough."""
    if not _HEADER_LINE.match(head.lstrip(b"\r\n")):
        return False
    headers = re.split(rb"\r?\n\r?\n", head.lstrip(b"\r\n"), maxsplit=1)[0]
    found = {name.lower() for name in _DEFINITE_MAIL.findall(headers)}
    if claimed == "message/rfc822":
        return True
    return len(found) >= (2 if claimed is None else 3)


def _is_text(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    sample = content[: 1 << 16]
    if _CONTROL.search(sample):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        # Western text of old: letters of Windows-1252 among ASCII ones, seldom more than two in five.
        return sum(byte > 0x7F for byte in sample) <= 0.4 * len(sample)
    return True

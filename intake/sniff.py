"""What a file is, told by its content. The name and the declared type count only where the content is silent.

Only the first bytes are compared with known signatures; nothing is parsed here.
"""

from __future__ import annotations

import codecs
import re

from intake.charset import decode, guess, is_wide
from intake.fax_record import is_record
from intake.office import office_type
from intake.raster.kinds import picture_type
from intake.smime import is_pkcs7
from models.received import SIDECAR

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    # MS-OXORMMS 2.1.2: what rights management makes of a mail.
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", "application/x-microsoft-rpmsg-message"),
)
# Kinds that only someone with a key or password can open.
LOCKED_TYPES = frozenset({"application/pgp-encrypted", "application/x-microsoft-rpmsg-message"})
# Files that hold others, packed or as they are.
_OUTER = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22", b"{\\rtf")

_SUFFIXES = {
    "pdf": "application/pdf",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "heic": "image/heic",
    "heif": "image/heic",
    "webp": "image/webp",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "zip": "application/zip",
    "p7m": "application/pkcs7-mime",
    "mbox": "application/mbox",
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
_BLANK = b"\xef\xbb\xbf \t\r\n\f\x00"
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
# A piece of a page: it begins with an element and closes one.
_FRAGMENT = re.compile(
    rb"\s*<(p|div|table|span|font|h[1-6]|center|ul|ol|style|pre|b)\b[^<>]*>.*</\w+\s*>", re.IGNORECASE | re.DOTALL
)
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<(?:\w+:)?svg\b")
# The storage that makes an old container a message of Outlook (MS-OXMSG 2.4).
_MESSAGE_OF_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_ZIP_NAME = 30
# Spreadsheets, presentations, XPS, programs, books: packages that are ZIP files and no archive of documents.
_PACKAGES = (b"[Content_Types].xml", b"META-INF/MANIFEST.MF", b"META-INF/container.xml")
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_LOOK = 4096
# How far into a file its first object of PDF may stand, for it to be one that lost its head.
_FAR = 1 << 16
_PDF_OBJECT = re.compile(rb"^\d{1,7} \d{1,5} obj\b", re.MULTILINE)
_MAIL_START = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]+\r?\n[A-Za-z-]+:")
# What a fax server writes down about a fax, in a file of its own beside the image.
SIDECAR_SUFFIXES = (".xml", ".txt", ".ini", ".json", ".inf", ".info", ".idx", ".meta", ".log")
# Text that is data for a program, not a paper that somebody wrote.
_DATA_SUFFIXES = (".json", ".jsonl", ".csv", ".tsv", ".yaml", ".yml", ".log", ".ini", ".sql")


def media_type_of(content: bytes, filename: str = "", declared: str | None = None) -> str | None:
    """Name the media type of a file by its content, or None where nothing is recognised.

    `filename` and `declared` decide only between plain text, HTML and mail, which have no signature of their own.
    """
    head = content[:_LOOK]
    if head.startswith(_OUTER):  # what they hold may stand open at their beginning
        outer = next(media_type for signature, media_type in _SIGNATURES if head.startswith(signature))
        return office_type(content) or _inside_type(content, outer)
    if is_pkcs7(head):
        return "application/pkcs7-mime"
    if b"%PDF-" in head[:1024] or _is_headless_pdf(content):
        return "application/pdf"
    if (picture := picture_type(head, filename)) is not None:
        return picture
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    return _type_of_text(content, filename, declared)


def _type_of_text(content: bytes, filename: str, declared: str | None) -> str | None:
    """What kind of text it is; None where it is none, or data for a program."""
    head = content[:_LOOK]
    if head.lstrip(_BLANK).startswith(b"{\\rtf"):
        return "application/rtf"
    if _is_mailbox(content, filename):
        return "application/mbox"
    if _is_text(content):
        if filename.lower().endswith(SIDECAR_SUFFIXES) and is_record(content):
            return SIDECAR
        if filename.lower().endswith(_DATA_SUFFIXES):
            return None
        return _kind_of_text(content, filename, declared)
    return "message/rfc822" if _is_mail(head, claimed_type(filename, declared)) else None


def _is_headless_pdf(content: bytes) -> bool:
    """A PDF without its first line, or with much before it: objects, and what only PDF calls its pages."""
    start = content[:_FAR]
    return _PDF_OBJECT.search(start) is not None and b"/Pages" in content and not _is_mail(content[:_LOOK], None)


def claimed_type(filename: str, declared: str | None = None) -> str | None:
    """What the name's suffix, else the declared type, claims the file to be; None where neither says so."""
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    by_name = _SUFFIXES.get(suffix)
    if by_name is not None:
        return by_name
    stated = (declared or "").partition(";")[0].strip().lower()
    return stated if stated in _SUFFIXES.values() else None


def _inside_type(content: bytes, outer: str) -> str | None:
    """What a package or an old container holds that is neither a letter nor an archive somebody made."""
    if outer == "application/x-ole-storage" and _MESSAGE_OF_OUTLOOK in content:
        return "application/vnd.ms-outlook"
    if outer != "application/zip":
        return outer
    first = content[_ZIP_NAME : _ZIP_NAME + int.from_bytes(content[26:28], "little")]
    if first == b"mimetype" or any(entry in _directory(content) for entry in _PACKAGES):
        return "application/x-package"
    return outer


def _directory(content: bytes) -> bytes:
    """The directory at the end of an archive, which names its own entries and not those of archives inside."""
    end = content.rfind(b"PK\x05\x06")
    wide = content.rfind(b"PK\x06\x06", max(0, end - _LOOK), max(0, end))
    size, start = (int.from_bytes(content[end + at : end + at + 4], "little") for at in (12, 16))
    if wide >= 0:  # ZIP64: the old record may hold placeholders
        size, start = (int.from_bytes(content[wide + at : wide + at + 8], "little") for at in (40, 48))
    return content[start : start + size] if end >= 0 else b""


def _is_mailbox(content: bytes, filename: str) -> bool:
    """Several mails in one file: as one mail all but the first would be lost."""
    if not content.startswith(b"From "):
        return False
    named = filename.lower().endswith((".mbox", ".mbx"))
    starts = _MAIL_START.finditer(content)
    return named or (next(starts, None) is not None and next(starts, None) is not None)


def _kind_of_text(content: bytes, filename: str, declared: str | None) -> str | None:
    head, claimed = content[:_LOOK], claimed_type(filename, declared)
    if is_wide(head):
        head = decode(content[: 2 * _LOOK]).encode()
    if (declared or "").lower().startswith("text/rfc822-headers"):
        return "text/plain"
    if _is_mail(head, claimed):
        return "message/rfc822"
    if head.lstrip(_BLANK).startswith(b"<!--"):
        head = _behind_comments(content)
    if _SVG.match(head):
        return None
    is_html = claimed == "text/html" or _HTML.match(head) or _FRAGMENT.match(head)
    return "text/html" if is_html else "text/plain"


def _behind_comments(content: bytes) -> bytes:
    """How a page goes on behind the comments at its beginning, however long they are."""
    at = 0
    while content[at : at + _LOOK].lstrip(_BLANK).startswith(b"<!--") and (end := content.find(b"-->", at)) >= 0:
        at = end + 3
    return content[at : at + _LOOK]


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
    sample = content[: 1 << 16]
    if is_wide(sample):
        return True
    if len(content) <= len(sample):
        sample = sample.rstrip(b"\x00\x1a")  # what DOS and some fax servers put at the end of a text
    if _CONTROL.search(sample) or not sample:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        # Western text of old: letters of Windows-1252 among ASCII ones, seldom more than two in five.
        return sum(byte > 0x7F for byte in sample) <= 0.4 * len(sample) or guess(sample) != "cp1252"
    return True

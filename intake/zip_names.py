"""Names of the entries of a ZIP archive, whatever program and country wrote them."""

from __future__ import annotations

import re
import zipfile

from intake.charset import guess

_UTF8_FLAG = 0x800
# What systems put beside the documents: resource forks, thumbnails, view settings.
_LITTER = re.compile(
    r"(?:\A|/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|\._[^/]*|\.Trashes/.*)\Z", re.IGNORECASE
)
_SYMLINK, _KIND, _REGULAR = 0o120000, 0o170000, 0o100000


def name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's path: UTF-8 where it says so or is so, else what East Asian Windows wrote, else code page 437.

    Source:
        APPNOTE.TXT 4.4.4, bit 11, and appendix D.
    """
    if entry.flag_bits & _UTF8_FLAG or entry.orig_filename.isascii():
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    encoding = guess(raw)
    for candidate in ("utf-8", encoding if encoding != "cp1252" else "cp437"):
        try:
            return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return entry.orig_filename


def is_litter(path: str) -> bool:
    """Whether an entry is no document but something that a system left behind."""
    return _LITTER.search(path.replace("\\", "/")) is not None


def is_unsafe(entry: zipfile.ZipInfo, path: str) -> bool:
    """Whether an entry is a link or device, or would land outside the folder it is unpacked to.

    Source:
        OWASP, Path Traversal and "Zip Slip"; a name is never used as a path here, but honest archives have none such.
    """
    steps = path.replace("\\", "/").split("/")
    if path.startswith(("/", "\\")) or ".." in steps or "\0" in path or re.match(r"[A-Za-z]:", path):
        return True
    kind = (entry.external_attr >> 16) & _KIND
    return entry.create_system == 3 and kind not in (0, _REGULAR, 0o040000)

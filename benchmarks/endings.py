"""What becomes of one file in the sandbox: its pages, codes, seconds, and the children that it cost."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import threading
import time
import traceback
from dataclasses import dataclass, field

from intake.sniff import media_type_of
from models.parsed import ParsedFile, RejectedFile
from models.received import ReceivedFile
from sandbox import Limits, open_file
from sandbox.convert import CONVERTED_SUFFIXES
from sandbox.process import Child, ChildFailed

# Ending a child and looking at what it said is not counted by the limits.
_SLACK_S = 5.0
# A child that has told everything ends within this.
_LEAVE_S = 0.3
_GROUPS = {
    "application/pdf": "PDF",
    "image/tiff": "TIFF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "image/heif": "HEIC",
    "image/avif": "HEIC",
    "message/rfc822": "mail",
    "application/mbox": "mail",
    "application/vnd.ms-outlook": "MSG",
    "application/ms-tnef": "TNEF",
    "application/vnd.ms-tnef": "TNEF",
    "application/zip": "ZIP",
    "text/plain": "text",
    "text/html": "HTML",
}
_SUFFIXES = {
    **{suffix: suffix.upper() for suffix in ("pdf", "png", "gif", "bmp", "zip")},
    **dict.fromkeys(("tif", "tiff"), "TIFF"),
    **dict.fromkeys(("jpg", "jpeg"), "JPEG"),
    **dict.fromkeys(("heic", "heif"), "HEIC"),
    **dict.fromkeys(("eml", "mbox"), "mail"),
    **dict.fromkeys(("dat", "tnef"), "TNEF"),
    **dict.fromkeys(("htm", "html"), "HTML"),
    **dict.fromkeys(("doc", "docx", "odt", "rtf", "docm", "dot"), "office"),
    "webp": "WebP",
    "msg": "MSG",
    "txt": "text",
}


@dataclass(slots=True)
class Ending:
    """What became of one file. `codes`: of rejected documents, `notes`: of problems, `deaths`: of children."""

    name: str
    group: str
    documents: int = 0
    leaves: int = 0
    pages: int = 0
    with_content: int = 0
    codes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0
    late: bool = False
    crash: str = ""
    judges: dict[str, bool] = field(default_factory=dict)

    @property
    def opened(self) -> bool:
        """Whether any page image or text came out of it."""
        return self.with_content > 0

    @property
    def accounted(self) -> bool:
        """Whether it ended as the contract says: pages, or a code."""
        return not self.crash and (self.documents > 0 or bool(self.codes))


def ending_of(name: str, content: bytes, limits: Limits) -> Ending:
    """Open a file, use it up wholly, and say what became of it. Never raises for an exception of `open_file`."""
    _listen()
    ending = Ending(name, group_of(content, name.rpartition("/")[2]))
    _HERE.deaths = ending.deaths
    started = time.monotonic()
    try:
        received = ReceivedFile(name.rpartition("/")[2], content, hashlib.sha256(content).hexdigest())
        _use_up(received, limits, ending)
    except Exception:  # noqa: BLE001 - that is what is being counted
        ending.crash = traceback.format_exc(limit=-3)
    ending.seconds = time.monotonic() - started
    return ending


def group_of(content: bytes, name: str) -> str:
    """The format as a person would call it: by content, else by suffix."""
    media_type = media_type_of(content, name)
    if media_type in CONVERTED_SUFFIXES:
        return "office"
    suffix = name.rpartition(".")[2].lower()
    by_suffix = _SUFFIXES.get(suffix)
    if media_type == "application/zip":  # many formats are archives inside
        return by_suffix or ("ZIP" if suffix == name.lower() else "other")
    if media_type == "application/x-ole-storage":
        return by_suffix or "other"
    return _GROUPS.get(media_type or "") or (by_suffix if media_type is None else None) or "other"


def _use_up(received: ReceivedFile, limits: Limits, ending: Ending) -> None:
    last = time.monotonic()
    for document in open_file(received, limits=limits):
        ending.documents += isinstance(document, ParsedFile)
        ending.leaves += document.parent is not None
        pages = _read(document, ending)
        now = time.monotonic()
        ending.late = ending.late or now - last > limits.wall_for(pages) + _SLACK_S
        last = now


def _read(document: ParsedFile | RejectedFile, ending: Ending) -> int:
    """Use up one document; how many pages it had."""
    if isinstance(document, RejectedFile):
        ending.codes.append(document.code.value)
        return 0
    ending.notes += [problem.code for problem in document.problems]
    for page in document.pages:
        ending.pages += 1
        ending.with_content += page.raster is not None or bool(page.plain)
        ending.notes += [problem.code for problem in page.problems]
    return document.page_count


_HERE = threading.local()
_TELL, _CLOSE = Child.failed, Child.close


def _listen() -> None:
    """Have the children's deaths noted, and their memory counted.

    A page that kills its reader is a damaged page to everybody else.
    """

    def failed(self: Child, failure: Exception) -> ChildFailed:
        cause = _TELL(self, failure)
        _HERE.deaths.append(cause.code.value)
        return cause

    def close(self: Child) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):  # one that is killed takes with it what it has used
            self._process.wait(_LEAVE_S)
        _CLOSE(self)

    Child.failed = failed  # type: ignore[method-assign]
    Child.close = close  # type: ignore[method-assign]

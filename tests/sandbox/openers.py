"""Opening made-up files in tests: with the real readers, or with a fake one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from intake.readers import Reader
from models.parsed import ParsedFile, ParsedPage, RejectedFile
from models.received import ReceivedFile
from sandbox.limits import Limits
from sandbox.opening import Opening, open_with

FAKES = Path(__file__).resolve().parent.parent / "fakes"
Opened = list[tuple[ParsedFile | RejectedFile, tuple[ParsedPage, ...]]]


def received(content: bytes, path: str) -> ReceivedFile:
    """A received file."""
    return ReceivedFile(path, content, hashlib.sha256(content).hexdigest())


def opened(
    content: bytes, path: str, limits: Limits | None = None, fake: str | None = None, *, careful: bool = False
) -> Opened:
    """All documents of a file with all their pages; with `fake` every text is read by that fake reader."""
    opening = Opening(limits or Limits())
    if fake is not None:
        opening = Opening(
            opening.limits, readers=(Reader("fake", ("text/plain",), fake, careful=careful),), code=(FAKES,)
        )
    files = open_with(received(content, path), opening)
    return [(file, tuple(file.pages) if isinstance(file, ParsedFile) else ()) for file in files]


def pages_of(content: bytes, path: str, limits: Limits | None = None) -> tuple[ParsedPage, ...]:
    """The pages of a file that is one document."""
    ((file, pages),) = opened(content, path, limits)
    assert isinstance(file, ParsedFile), file
    assert len(pages) == file.page_count
    return pages


def code_of(content: bytes, path: str, limits: Limits | None = None) -> str:
    """The code a file is rejected with."""
    ((file, _),) = opened(content, path, limits)
    assert isinstance(file, RejectedFile), file
    return file.code.value

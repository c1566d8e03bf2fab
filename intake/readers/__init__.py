"""The readers, one a kind of file. They see untrusted bytes, so they run only in the child of `sandbox/`.

Each module has `load(content, options)`, which returns an `intake.raw.PageSource` or `LeafSource`. The child imports
the one module it needs, by name: importing all of them would cost more than reading a page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: the media types it takes, its module, and whether it yields pages or leaves."""

    name: str
    media_types: tuple[str, ...]
    module: str
    container: bool = False


READERS: tuple[Reader, ...] = (
    Reader("pdf", ("application/pdf",), "intake.readers.pdf"),
    Reader("scan", ("image/tiff", "image/png", "image/jpeg"), "intake.readers.scan"),
    Reader("email", ("message/rfc822",), "intake.readers.email", container=True),
    Reader("text", ("text/plain", "text/html"), "intake.readers.text"),
)


def reader_of(media_type: str, readers: tuple[Reader, ...] = READERS) -> Reader | None:
    """The reader that takes this media type, or None."""
    return next((reader for reader in readers if media_type in reader.media_types), None)

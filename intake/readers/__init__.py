"""The readers, one a kind of file. They see untrusted bytes, so they run only in the child of `sandbox/`.

Each module has `load(content, options)`, which returns an `intake.raw.PageSource` or `LeafSource`. The child imports
the one module it needs, by name: importing all of them would cost more than reading a page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: the media types it takes, its module, and whether it yields pages or leaves.

    An `archive` is opened only where no other is around it. One that knows `careful` has a plainer way to read a page
    that it has died on; see `intake.raw.ReadOptions`.
    """

    name: str
    media_types: tuple[str, ...]
    module: str
    container: bool = False
    archive: bool = False
    careful: bool = False


_PICTURES = (
    "image/tiff",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/bmp",
    "image/webp",
    "image/heic",
    "image/avif",
    "image/jp2",
    "image/x-portable-anymap",
    "image/x-pcx",
    "image/x-dcx",
    "image/x-tga",
    "image/x-icon",
    "image/x-sgi",
    "image/x-sun-raster",
    "image/x-xbitmap",
    "image/x-xpixmap",
    "image/vnd.adobe.photoshop",
)

READERS: tuple[Reader, ...] = (
    Reader("pdf", ("application/pdf",), "intake.readers.pdf", careful=True),
    Reader("scan", _PICTURES, "intake.readers.scan"),
    Reader("email", ("message/rfc822",), "intake.readers.email", container=True),
    Reader("msg", ("application/vnd.ms-outlook",), "intake.readers.msg", container=True),
    Reader("tnef", ("application/ms-tnef",), "intake.readers.tnef", container=True),
    Reader("smime", ("application/pkcs7-mime",), "intake.readers.smime", container=True),
    Reader("mailbox", ("application/mbox",), "intake.readers.mailbox", container=True),
    Reader("archive", ("application/zip",), "intake.readers.archive", container=True, archive=True),
    Reader("sidecar", ("application/x-fax-sidecar",), "intake.readers.sidecar", container=True),
    Reader("text", ("text/plain", "text/html"), "intake.readers.text"),
)


def reader_of(media_type: str, readers: tuple[Reader, ...] = READERS) -> Reader | None:
    """The reader that takes this media type, or None."""
    return next((reader for reader in readers if media_type in reader.media_types), None)

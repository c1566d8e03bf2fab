"""Scans, faxes and photos: TIFF of any kind, one page or many, and the other image files that offices send."""

from __future__ import annotations

from typing import Protocol

from intake.raster.frames import FramePages
from intake.raster.picture import Picture
from intake.raster.tiff import TiffPages
from intake.raw import RawPage, RawRaster, ReadOptions, Unreadable
from intake.resolution import resolution


class _Pictures(Protocol):
    """The pages of an image file."""

    page_count: int

    def picture(self, number: int) -> Picture: ...


class ScanPages:
    """The pages of an image file; see `intake.raw.PageSource`."""

    notes: tuple[str, ...] = ()

    def __init__(self, pictures: _Pictures, options: ReadOptions) -> None:
        """Take the opened file."""
        self._pictures = pictures
        self._options = options
        self.page_count = pictures.page_count

    def page(self, number: int) -> RawPage:
        """Decode one page. Unreadable: F006 when nothing of it can be read, F009 when it is too large."""
        picture = self._pictures.picture(number)
        columns, rows = picture.grey.size
        dpi_x, dpi_y, credible = resolution(columns, rows, picture.stated)
        width, height = columns * 72 / dpi_x, rows * 72 / dpi_y
        if max(width, height) > self._options.points:
            raise Unreadable("F009")
        raster = RawRaster(columns, rows, dpi_x, dpi_y, credible, picture.bilevel, picture.grey.tobytes())
        return RawPage(width=width, height=height, raster=raster, scanned=True, torn=picture.torn)


def load(content: bytes, options: ReadOptions) -> ScanPages:
    """Open an image file. Unreadable: F006 damaged, F008 too many pages."""
    if options.media_type == "image/tiff":
        return ScanPages(TiffPages(content, options), options)
    return ScanPages(FramePages(content, options), options)

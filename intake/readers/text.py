"""Plain text and HTML: a page for each form feed, no geometry. Of HTML the visible text is kept; nothing is fetched."""

from __future__ import annotations

import codecs
import re

from intake.markup import text_of_html
from intake.raw import RawPage, ReadOptions, Unreadable

_LETTER = (612.0, 792.0)
_PAGE_BYTES = 2_000_000
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([a-z0-9_-]+)", re.IGNORECASE)


class TextPages:
    """The pages of a text; see `intake.raw.PageSource`."""

    notes: tuple[str, ...] = ()

    def __init__(self, texts: tuple[str, ...]) -> None:
        """Take the pages' texts."""
        self._texts = texts
        self.page_count = len(texts)

    def page(self, number: int) -> RawPage:
        """The page's text; its size is nominal."""
        width, height = _LETTER
        return RawPage(width=width, height=height, plain=self._texts[number - 1])


def load(content: bytes, options: ReadOptions) -> TextPages:
    """Read a text; HTML when `options.media_type` says so. Unreadable: F008 too many pages, F010 too long a page."""
    text = decode(content)
    if options.media_type == "text/html":
        text = text_of_html(text)
    pages = tuple(text.removesuffix("\f").split("\f"))
    if len(pages) > options.pages:
        raise Unreadable("F008")
    if any(len(page) > _PAGE_BYTES for page in pages):
        raise Unreadable("F010")
    return TextPages(pages)


def decode(content: bytes) -> str:
    """Text from bytes: by byte order mark, as UTF-8, by the charset that HTML names, else as Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    named = _CHARSET.search(content[:2048])
    for charset in ("utf-8", *((named.group(1).decode("ascii"),) if named else ())):
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")

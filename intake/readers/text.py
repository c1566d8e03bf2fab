"""Plain text and HTML: a page for each form feed, no geometry. Of HTML the visible text is kept; nothing is fetched."""

from __future__ import annotations

import re

from intake import charset
from intake.markup import text_of_html
from intake.raw import RawPage, ReadOptions, Unreadable

_LETTER = (612.0, 792.0)
_PAGE_BYTES = 2_000_000
# Ten times what is kept of a page: pictures and styles within the HTML are left out.
_HTML_BYTES = 20_000_000
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.IGNORECASE)


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
    """Read a text; HTML when `options.media_type` says so.

    Raises:
        Unreadable: F008 too many pages, F010 too long a page, F017 HTML that shows nothing.
    """
    is_html = options.media_type == "text/html"
    if is_html and len(content) > _HTML_BYTES:
        raise Unreadable("F010")
    text = decode(content)
    if is_html:
        text = text_of_html(text)
    if not text.strip():
        raise Unreadable("F017")
    pages = tuple(text.removesuffix("\f").split("\f"))
    if len(pages) > options.pages:
        raise Unreadable("F008")
    if any(len(page) > _PAGE_BYTES for page in pages):
        raise Unreadable("F010")
    return TextPages(pages)


def decode(content: bytes) -> str:
    """Text from bytes: by byte order mark, as UTF-8, by the charset that HTML or XML names, else by its look."""
    named = _CHARSET.search(content[:4096])
    return charset.decode(content, named[1].decode("ascii") if named else None)

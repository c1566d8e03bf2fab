"""The visible text of HTML, line by line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "noframes", "iframe"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
# Elements without an end.
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# How mails hide the first words that an overview of mails shows, and pictures of themselves that only some programs
# draw (https://www.litmus.com, "preheader": display, mso-hide, size and height of zero).
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|\Z)|"
    r"max-height\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|\Z)|(?<![-\w])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|\Z)",
    re.IGNORECASE,
)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        # The element whose style hides it, and how many of its name are open within it.
        self._hidden: str | None = None
        self._open = 0
        self._as_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden is not None:
            self._open += tag == self._hidden
        elif tag not in _VOID and tag not in ("body", "html") and _is_hidden(attrs):
            self._hidden, self._open = tag, 1
        if tag == "body":  # what was left open before it ends with it
            self._unseen = 0
        elif tag in _UNSEEN:
            self._unseen += 1
        self._as_is += tag == "pre"
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:  # <script/>, <title/>: nothing is in it, whatever browsers make of it
            return
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag == self._hidden:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._open -= 1
            self._hidden = self._hidden if self._open else None
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        self._as_is = max(0, self._as_is - (tag == "pre"))
        self._break(tag)
        if tag == "head":  # what was left open in it ends with it
            self._unseen = 0

    def handle_data(self, data: str) -> None:
        if self._unseen or self._hidden is not None:
            return
        blanks = r"[ \t\r\f\u00a0]+" if self._as_is else r"[ \t\r\n\f\u00a0]+"
        self.parts.append(re.sub(blanks, " ", data))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append("\t")


def text_of_html(html: str) -> str:
    """The text a reader would see: a line for each block, a tab between cells, no scripts, styles or pictures."""
    parser = _Visible()
    parser.feed(html)
    parser.close()
    # Invisible letters with which mails pad what an overview shows of them.
    text = re.sub("[\u00ad\u034f\u200b-\u200d\u2060\ufeff]", "", "".join(parser.parts))
    lines = (re.sub(r" *\t[ \t]*", "\t", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r" {2,}", " ", line) for line in lines)).strip()


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name == "hidden" or (name == "style" and value and _HIDDEN.search(value)) for name, value in attrs)

"""Text of documents, made safe for a PDF: escaped, in a font that has the characters."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from models.evidence import Sourced

# One of the fonts for traditional Chinese that every PDF reader knows by name; nothing is embedded.
CHINESE = "MSung-Light"
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+")


def plain(text: str) -> str:
    """The text as markup of a paragraph: no tags of its own, Chinese in its font, no character without a form."""
    shown = "".join(character if _has_form(character) else _base(character) for character in text)
    return _WIDE.sub(lambda match: f'<font name="{CHINESE}">{match[0]}</font>', escape(shown))


def said(leaf: Sourced[Any] | None) -> str:
    """A value as text, with a word on what is not clear; "" where the pages say nothing."""
    if leaf is None:
        return ""
    if leaf.value is None:
        return "(not clear, see the page)"
    return f"{shown(leaf.value)}{' (to be checked)' if leaf.unclear else ''}"


def clear(leaf: Sourced[Any] | None) -> str:
    """A value as text where it was read clearly, else "": a letter says nothing that may be a misreading."""
    return shown(leaf.value) if leaf is not None and leaf.value is not None and leaf.unclear is None else ""


def shown(value: object) -> str:
    """A plain value as text; dates as "September 11, 2026"."""
    if isinstance(value, dt.date):
        return f"{value:%B} {value.day}, {value.year}"
    code = getattr(value, "code", None)
    return str(code if code is not None else value)


def _has_form(character: str) -> bool:
    if _WIDE.match(character):
        return True
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return character.isprintable() or character == "\n"


def _base(character: str) -> str:
    """The letter without its accents where it has one, else a question mark."""
    base = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return base if base and all(_has_form(one) for one in base) else "?"

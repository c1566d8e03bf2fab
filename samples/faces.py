"""The typefaces beyond the fourteen of every PDF: handwriting and Chinese, from packages of Debian."""

from __future__ import annotations

import functools
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path("/usr/share/fonts/truetype")
_FILES = {
    "Breip": ("breip/Breip.ttf", "fonts-breip"),
    "Humor": ("humor-sans/Humor-Sans.ttf", "fonts-humor-sans"),
    "Klee": ("klee/KleeOne-Regular.ttf", "fonts-klee"),
    "Kristi": ("kristi/Kristi.ttf", "fonts-kristi"),
    "Daniel": ("fifthhorseman/dkg.ttf", "fonts-dkg-handwriting"),
    "Chinese": ("droid/DroidSansFallbackFull.ttf", "fonts-droid-fallback"),
}
# Faces that pass for a person's hand, from print-like to hurried.
HANDWRITTEN = ("Klee", "Humor", "Daniel", "Breip", "Kristi")
CHINESE = "Chinese"


class MissingFace(Exception):
    """A typeface is not installed; says which package has it."""


@functools.cache
def face(name: str) -> str:
    """Make a face ready to be drawn with; its name comes back. The fourteen of every PDF are always ready.

    Raises:
        MissingFace: its package is not installed.
    """
    if name not in _FILES:
        return name
    file, package = _FILES[name]
    if not (_FOLDER / file).exists():
        raise MissingFace(f"The typeface {name} is missing. Install it with: apt-get install {package}")
    registerFont(TTFont(name, str(_FOLDER / file)))
    return name


@functools.cache
def writes(name: str, text: str) -> bool:
    """Whether a face has all the characters of a text; those of every PDF are taken to have them."""
    known = getFont(face(name))
    return not isinstance(known, TTFont) or all(ord(one) in known.face.charToGlyph for one in text if not one.isspace())

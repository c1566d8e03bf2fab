"""Setting a few lines of text as the content of an appearance: the text of a field or of a typed note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

# Widths of Helvetica's letters from space to tilde, thousandths of its size (Adobe Font Metrics of the core 14 fonts).
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_WIDE = 1000
_SIZES = (4.0, 12.0)
_LEADING = 1.15
_INSET = 2.0
_LINES = 500
_TEXT_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_COLOUR = re.compile(rb"(?:[\d.]+\s+){1,4}(?:g|rg|k)\b")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is set: its box's sides in points, the size of its letters (0: what fits), 0 left 1 middle 2 right,
    one line or several, in how many cells (0: none), and the operators of its colour.
    """

    width: float
    height: float
    size: float = 0.0
    align: int = 0
    lines: bool = False
    cells: int = 0
    colour: bytes = b"0 g"


def manner_of(appearance: bytes, width: float, height: float, **more: int) -> Manner:
    """The manner that a default appearance ("/Helv 10 Tf 0 g") asks for."""
    size = _TEXT_SIZE.search(appearance)
    colour = _COLOUR.findall(appearance)
    stated = min(float(size[1]), 200.0) if size and size[1].count(b".") <= 1 and size[1] != b"." else 0.0
    return Manner(
        width,
        height,
        stated,
        align=more.get("align", 0),
        lines=bool(more.get("lines", 0)),
        cells=more.get("cells", 0),
        colour=colour[-1] if colour else b"0 g",
    )


def set_text(text: str, manner: Manner) -> bytes:
    """The operators that write the text into its box, with the fonts of `fonts`."""
    size = manner.size or _fitting(text, manner)
    room = manner.width - 2 * _INSET
    rows = _wrapped(text, size, room) if manner.lines else [" ".join(text.split())]
    top = manner.height - _INSET - size if manner.lines else (manner.height - 0.7 * size) / 2
    out = [b"q", manner.colour, b"BT"]
    for count, row in enumerate(rows[:_LINES]):
        y = top - count * _LEADING * size
        if manner.cells and not manner.lines:
            step = manner.width / manner.cells
            for place, char in enumerate(row[: manner.cells]):
                out.append(_shown(char, size, step * place + (step - _width(char, size)) / 2, y))
        else:
            free = room - _width(row, size)
            out.append(_shown(row, size, _INSET + (0, free / 2, free)[manner.align], y))
    return b"\n".join([*out, b"ET", b"Q"])


def fonts(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The fonts that `set_text` uses: Helvetica, and a Chinese one, which no file needs to bring along."""
    from pikepdf import Array, Dictionary, Name

    latin = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    about = Dictionary(Registry=b"Adobe", Ordering=b"CNS1", Supplement=0)
    face = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/MSung-Light"), Flags=4, FontBBox=Array([0, -200, 1000, 900]),
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=93,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/MSung-Light"), CIDSystemInfo=about, DW=1000,
        FontDescriptor=pdf.make_indirect(face),
    )  # fmt: skip
    wide = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/MSung-Light-UniCNS-UCS2-H"),
        Encoding=Name("/UniCNS-UCS2-H"), DescendantFonts=Array([pdf.make_indirect(inner)]),
    )  # fmt: skip
    return Dictionary(DsLatin=pdf.make_indirect(latin), DsWide=pdf.make_indirect(wide))


def _shown(row: str, size: float, x: float, y: float) -> bytes:
    place = b"1 0 0 1 %.2f %.2f Tm" % (x, y)
    if _is_latin(row):
        return b"/DsLatin %.2f Tf %s <%s> Tj" % (size, place, row.encode("cp1252", "replace").hex().encode())
    return b"/DsWide %.2f Tf %s <%s> Tj" % (size, place, row.encode("utf-16-be", "replace").hex().encode())


def _is_latin(row: str) -> bool:
    try:
        row.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _width(row: str, size: float) -> float:
    if not _is_latin(row):
        return len(row) * size
    return sum(_WIDTHS[ord(char) - 32] if " " <= char <= "~" else 556 for char in row) * size / _WIDE


def _fitting(text: str, manner: Manner) -> float:
    least, most = _SIZES
    if manner.lines:
        size = most
        while size > least and len(_wrapped(text, size, manner.width - 2 * _INSET)) * _LEADING * size > manner.height:
            size -= 1.0
        return size
    size = min(most, 0.75 * manner.height)
    wide = _width(" ".join(text.split()), 1.0)
    if wide and not manner.cells:
        size = min(size, (manner.width - 2 * _INSET) / wide)
    return max(least, size)


def _wrapped(text: str, size: float, room: float) -> list[str]:
    rows: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        row = ""
        for word in line.split(" "):
            longer = f"{row} {word}" if row else word
            if row and _width(longer, size) > room:
                rows.append(row)
                longer = word
            row = longer
        rows.append(row)
        if len(rows) > _LINES:
            break
    return rows

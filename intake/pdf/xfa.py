"""XFA forms: those that only Adobe's programs can draw show a page that asks to wait; what was filled in is XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    import pikepdf

_DATASETS = "http://www.xfa.org/schema/xfa-data/1.0/"
_MOST = 4 << 20
_VALUES = 20_000
_DEEPEST = 60


def data_of(pdf: pikepdf.Pdf) -> str:
    """What was filled in, a line "name: value" each, in the form's order; "" where there is nothing."""
    packet = _packet(pdf, "datasets")
    return _values(packet) if packet else ""


def _packet(pdf: pikepdf.Pdf, name: str) -> bytes:
    """One part of the form's XML, which is a list of names and streams or one stream as a whole."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    xfa = form.get("/XFA") if isinstance(form, pikepdf.Dictionary) else None
    parts: list[object] = [None, xfa]
    if isinstance(xfa, pikepdf.Array):
        titles = [str(title) for title in list(xfa)[::2]]
        parts = [part for title, part in zip(titles, list(xfa)[1::2], strict=False) if title == name]
    for part in parts:
        if isinstance(part, pikepdf.Stream):
            try:
                return part.read_bytes()[:_MOST]
            except pikepdf.PdfError:
                return b""
    return b""


class _Reader:
    """Collects the text of the elements that have no children, below the element `data`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._path: list[str] = []
        self._inside = False
        self._text = ""
        self._leaf = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if len(self._path) > _DEEPEST:
            raise ValueError
        if name == f"{_DATASETS} data":
            self._inside = True
        self._path.append(name.rpartition(" ")[2])
        self._text, self._leaf = "", True

    def text(self, data: str) -> None:
        self._text += data

    def end(self, name: str) -> None:
        last = self._path.pop()
        value = " ".join(self._text.split())
        if self._inside and self._leaf and value and len(self.lines) < _VALUES:
            self.lines.append(f"{last}: {value}")
        self._text, self._leaf = "", False
        if name == f"{_DATASETS} data":
            self._inside = False


def _values(xml: bytes) -> str:
    """Read the values with a bare parser: no entity is defined or fetched."""
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        return "\n".join(reader.lines)
    return "\n".join(reader.lines)


def _refuse(*_: object) -> None:
    raise ValueError

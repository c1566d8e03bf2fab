"""The files that a PDF carries: attached to it (portfolios) or to a place on a page, and an XFA form's data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from intake.pdf.xfa import data_of
from intake.raw import RawLeaf, Unreadable

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 20
_NAME = 1000
# Keys under which a file specification names its file and holds its bytes, the best first (PDF 32000 7.11.3).
_NAMES = ("/UF", "/F", "/DOS", "/Unix", "/Mac")


def files_in(content: bytes, *, form_data: bool) -> Iterator[RawLeaf]:
    """Each file carried by a PDF once, in order; with `form_data` the values of its XFA form as a text besides.

    Raises:
        Unreadable: F005 a password is needed for them, F006 damaged.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            values = data_of(pdf) if form_data else ""
            if values:
                yield RawLeaf("form-data.txt", "text/plain", False, values.encode())
            yield from _files(pdf)
    except pikepdf.PasswordError:
        raise Unreadable("F005") from None
    except pikepdf.PdfError:
        raise Unreadable("F006") from None


def _files(pdf: pikepdf.Pdf) -> Iterator[RawLeaf]:
    seen = set[tuple[int, int]]()
    for specification in _specifications(pdf):
        stream = _stream(specification)
        if stream is None or stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        file, whole = _bytes(stream)
        refused = None if whole else "F006"
        yield RawLeaf(_name(specification), _media_type(stream), False, file, refused=refused)


def _specifications(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object | None]:
    """File specifications of the document's list of names, its associated files, and its pages' notes."""
    import pikepdf

    names = _dictionary(_dictionary(pdf.Root.get("/Names")).get("/EmbeddedFiles"))
    yield from _leaves_of(names, set(), 0)
    yield from _array(pdf.Root.get("/AF"))
    for page in pdf.pages:
        for note in _array(page.obj.get("/Annots")):
            if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment":
                yield note.get("/FS")


def _leaves_of(
    node: pikepdf.Object | dict[str, object], seen: set[tuple[int, int]], depth: int
) -> Iterator[pikepdf.Object]:
    """The values of a tree of names, in their order."""
    import pikepdf

    yield from _array(node.get("/Names"))[1::2]
    for kid in _array(node.get("/Kids")):
        if isinstance(kid, pikepdf.Dictionary) and kid.objgen not in seen and depth < _DEEPEST:
            seen.add(kid.objgen)
            yield from _leaves_of(kid, seen, depth + 1)


def _stream(specification: object) -> pikepdf.Stream | None:
    import pikepdf

    if not isinstance(specification, pikepdf.Dictionary):
        return None
    held = _dictionary(specification.get("/EF"))
    streams = (held.get(key) for key in _NAMES)
    return next((one for one in streams if isinstance(one, pikepdf.Stream)), None)


def _name(specification: pikepdf.Object | None) -> str:
    import pikepdf

    names = (_dictionary(specification).get(key) for key in _NAMES)
    named = next((str(name) for name in names if isinstance(name, pikepdf.String) and str(name).strip()), "")
    return named[:_NAME]


def _media_type(stream: pikepdf.Stream) -> str:
    stated = str(stream.get("/Subtype", "")).removeprefix("/")
    return stated[:200] if "/" in stated else ""


def _bytes(stream: pikepdf.Stream) -> tuple[bytes, bool]:
    """The file, or what is left of it, packed, where it cannot be unpacked; and whether it could be."""
    import pikepdf

    try:
        return stream.read_bytes(), True
    except pikepdf.PdfError:
        return stream.read_raw_bytes(), False


def _dictionary(thing: object) -> pikepdf.Object | dict[str, object]:
    import pikepdf

    return thing if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else {}


def _array(thing: object) -> list[pikepdf.Object]:
    import pikepdf

    return list(thing) if isinstance(thing, pikepdf.Array) else []

"""Giving a look to what a PDF leaves to its viewer: filled fields, ticks and notes without an appearance."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from intake.pdf.typeset import fonts, manner_of, set_text

if TYPE_CHECKING:
    import pikepdf

_PARENTS = 20
_MULTILINE, _COMB, _PASSWORD = 1 << 12, 1 << 24, 1 << 13
_PUSH_BUTTON = 1 << 16
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_TICK = b"q 1.2 w 0 G %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S Q"
_VERTICES = 20_000


def with_appearances(content: bytes) -> bytes | None:
    """The document with everything drawn that it only tells of; None where there is nothing to add, or no way in."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            changed = False
            for page in pdf.pages:
                notes = page.obj.get("/Annots")
                for note in notes if isinstance(notes, pikepdf.Array) else ():
                    changed = (isinstance(note, pikepdf.Dictionary) and _drawn(pdf, note)) or changed
            if not changed:
                return None
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the document stays as it is
        return None


def _drawn(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bool:
    """Draw one annotation; False: it has a look already, or one that cannot be told."""
    kind = str(note.get("/Subtype", ""))
    draw = _KINDS.get(kind)
    try:
        return draw is not None and draw(pdf, note)
    except Exception:  # noqa: BLE001 - one malformed annotation costs no other
        return False


def _widget(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bool:
    kind, flags = str(_inherited(note, "/FT") or ""), _number(_inherited(note, "/Ff"))
    if kind == "/Btn":
        return not flags & _PUSH_BUTTON and _button(pdf, note)
    if kind not in ("/Tx", "/Ch") or flags & _PASSWORD:
        return False
    value = _value(note, choice=kind == "/Ch")
    old = _normal(note)
    if not value.strip() or (old is not None and _shows_text(old)):
        return False
    left, bottom, right, top = _rectangle(note)
    manner = manner_of(
        _appearance(pdf, note),
        right - left,
        top - bottom,
        align=min(2, max(0, _number(_inherited(note, "/Q")))),
        lines=int(kind == "/Tx" and bool(flags & _MULTILINE)),
        cells=_number(_inherited(note, "/MaxLen")) if flags & _COMB else 0,
    )
    before = b"q\n" + old.read_bytes() + b"\nQ\n" if old is not None and "/Resources" not in old else b""
    _dress(pdf, note, before + set_text(value, manner), (0, 0, right - left, top - bottom))
    return True


def _button(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bool:
    """A check or radio button: its state where only its value tells it, its tick where it has none."""
    from pikepdf import Dictionary, Name

    looks = _dictionary(_dictionary(note.get("/AP")).get("/N"))
    states = [key for key in looks if key != "/Off"] if isinstance(looks, Dictionary) else []
    state, value = str(note.get("/AS", "")), str(_inherited(note, "/V") or "")
    if state in ("", "/") and value not in ("", "/Off") and (value in states or not states):
        note.AS = Name(value if value.startswith("/") else f"/{value}")
        state, changed = str(note.AS), True
    else:
        changed = False
    if states or state in ("", "/", "/Off"):
        return changed
    left, bottom, right, top = _rectangle(note)
    wide, high = right - left, top - bottom
    cross = _TICK % (0.2 * wide, 0.2 * high, 0.8 * wide, 0.8 * high, 0.2 * wide, 0.8 * high, 0.8 * wide, 0.2 * high)
    note.AP = Dictionary(N=Dictionary())
    note.AP.N[state] = _form(pdf, cross, (0, 0, wide, high))
    note.AP.N["/Off"] = _form(pdf, b"", (0, 0, wide, high))
    return True


def _typed(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bool:
    """A typed note (FreeText) or a stamp: its words in its box."""
    if _normal(note) is not None:
        return False
    named = str(note.get("/Name", "")).removeprefix("/") if note.get("/Subtype") == "/Stamp" else ""
    text = str(note.get("/Contents", "")) or named
    left, bottom, right, top = _rectangle(note)
    if not text.strip() or right - left < 1 or top - bottom < 1:
        return False
    align = min(2, max(0, _number(note.get("/Q"))))
    manner = manner_of(bytes(note.get("/DA", b"")), right - left, top - bottom, align=align, lines=1)
    ground = _colour(note.get("/C"), b"rg")
    box = b"q %s 0 0 %.2f %.2f re f Q\n" % (ground, manner.width, manner.height) if ground and not named else b""
    _dress(pdf, note, box + set_text(text, manner), (0, 0, manner.width, manner.height))
    return True


def _lines(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bool:
    """A line, a chain of lines, or a polygon."""
    if _normal(note) is not None:
        return False
    places = note.get("/L") if note.get("/Subtype") == "/Line" else note.get("/Vertices")
    numbers = [float(one) for one in list(places or ())[:_VERTICES]]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if len(points) < 2:
        return False
    thick = float(_dictionary(note.get("/BS")).get("/W", 1))
    path = b" ".join(b"%.2f %.2f %s" % (x, y, b"l" if count else b"m") for count, (x, y) in enumerate(points))
    closing = b"s" if note.get("/Subtype") == "/Polygon" else b"S"
    drawn = b"q %.2f w %s %s %s Q" % (thick, _colour(note.get("/C"), b"RG") or b"0 G", path, closing)
    box = (
        min(x for x, _ in points) - thick,
        min(y for _, y in points) - thick,
        max(x for x, _ in points) + thick,
        max(y for _, y in points) + thick,
    )
    note.Rect = list(box)
    _dress(pdf, note, drawn, box)
    return True


_KINDS: dict[str, Callable[[pikepdf.Pdf, pikepdf.Dictionary], bool]] = {
    "/Widget": _widget,
    "/FreeText": _typed,
    "/Stamp": _typed,
    "/Line": _lines,
    "/PolyLine": _lines,
    "/Polygon": _lines,
}


def _dress(pdf: pikepdf.Pdf, note: pikepdf.Dictionary, drawn: bytes, box: Sequence[float]) -> None:
    from pikepdf import Dictionary

    note.AP = Dictionary(N=_form(pdf, drawn, box))


def _form(pdf: pikepdf.Pdf, drawn: bytes, box: Sequence[float]) -> pikepdf.Stream:
    from pikepdf import Array, Dictionary, Name

    return pdf.make_stream(
        drawn,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(side, 3) for side in box]),
        Resources=Dictionary(Font=fonts(pdf)),
    )


def _normal(note: pikepdf.Dictionary) -> pikepdf.Stream | None:
    import pikepdf

    look = _dictionary(note.get("/AP")).get("/N")
    return look if isinstance(look, pikepdf.Stream) else None


def _shows_text(look: pikepdf.Stream) -> bool:
    """Whether an appearance writes anything; what cannot be unpacked is left alone."""
    import pikepdf

    try:
        content = look.read_bytes()
    except pikepdf.PdfError:
        return True
    return any(show in content for show in _SHOWING) or b" Do" in content


def _value(note: pikepdf.Dictionary, *, choice: bool) -> str:
    import pikepdf

    value = _inherited(note, "/V")
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    chosen = [str(one) for one in value] if isinstance(value, pikepdf.Array) else [str(value)] if value else []
    if choice:
        named = {
            str(option[0]): str(option[1])
            for option in _inherited(note, "/Opt") or ()
            if isinstance(option, pikepdf.Array) and len(option) == 2
        }
        chosen = [named.get(one, one) for one in chosen]
    return ", ".join(chosen)


def _appearance(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> bytes:
    own = _inherited(note, "/DA") or _dictionary(pdf.Root.get("/AcroForm")).get("/DA")
    return b"" if own is None else bytes(own)


def _inherited(note: pikepdf.Dictionary, key: str) -> pikepdf.Object | None:
    import pikepdf

    node: object = note
    for _ in range(_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _rectangle(note: pikepdf.Dictionary) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) for side in note.Rect)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _colour(parts: pikepdf.Object | None, operator: bytes) -> bytes:
    levels = [float(part) for part in list(parts or ())]
    if len(levels) not in (1, 3):
        return b""
    return b" ".join(b"%.3f" % level for level in levels * (3 // len(levels))) + b" " + operator


def _number(thing: object) -> int:
    return int(thing) if isinstance(thing, int) else 0


def _dictionary(thing: object) -> pikepdf.Object | dict[str, pikepdf.Object]:
    import pikepdf

    return thing if isinstance(thing, pikepdf.Dictionary) else {}

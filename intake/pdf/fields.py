"""What was filled in or laid over a PDF page: the fields of its form and its annotations."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.frame import PageFrame, float_rectangle
from intake.raw import AnnotationKind, Corners, FieldKind, RawAnnotation, RawField

_FIELD_KINDS: dict[int, FieldKind] = {
    c.FPDF_FORMFIELD_CHECKBOX: "checkbox",
    c.FPDF_FORMFIELD_RADIOBUTTON: "radio",
    c.FPDF_FORMFIELD_COMBOBOX: "choice",
    c.FPDF_FORMFIELD_LISTBOX: "choice",
    c.FPDF_FORMFIELD_TEXTFIELD: "text",
    c.FPDF_FORMFIELD_SIGNATURE: "signature",
}
_LAID_OVER: dict[int, AnnotationKind] = {
    c.FPDF_ANNOT_INK: "ink",
    c.FPDF_ANNOT_STAMP: "stamp",
    c.FPDF_ANNOT_FREETEXT: "freetext",
}
# Annotations that pdfium draws only as the file says.
_WITHOUT_LOOK = (
    c.FPDF_ANNOT_FREETEXT,
    c.FPDF_ANNOT_STAMP,
    c.FPDF_ANNOT_LINE,
    c.FPDF_ANNOT_POLYGON,
    c.FPDF_ANNOT_POLYLINE,
)
_NOTHING_DRAWN = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_WIDGET)
_HIDDEN = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW
_NAME = 500
_VALUE = 20_000


def fields_of(page: pdfium.PdfPage, frame: PageFrame, most: int) -> tuple[RawField, ...]:
    """The form's fields on this page: texts and choices that hold something, every button, signatures that are made.

    A button's value is the option it stands for, whether it is chosen or not.
    """
    form = page.formenv
    if form is None:
        return ()
    found: list[RawField] = []
    for annotation in _annotations(page):
        field = _field(form, annotation, frame)
        if field is not None and len(found) < most:
            found.append(field)
    return tuple(found)


def annotations_of(page: pdfium.PdfPage, frame: PageFrame, most: int) -> tuple[RawAnnotation, ...]:
    """What is drawn over the page: ink, stamps, typed notes and other marks; hidden ones and links are not."""
    found: list[RawAnnotation] = []
    for annotation in _annotations(page):
        subtype = c.FPDFAnnot_GetSubtype(annotation)
        if subtype in _NOTHING_DRAWN or c.FPDFAnnot_GetFlags(annotation) & _HIDDEN or len(found) >= most:
            continue
        corners = _corners(annotation, frame)
        if corners is not None and frame.shows(corners):
            found.append(RawAnnotation(_LAID_OVER.get(subtype, "other"), corners, _contents(annotation)))
    return tuple(found)


def is_undrawn(page: pdfium.PdfPage) -> bool:
    """Whether something laid over the page has no look of its own, nor one that pdfium gives it."""
    return any(
        not c.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        and (
            (subtype in _WITHOUT_LOOK and not c.FPDFAnnot_HasKey(annotation, b"AP"))
            or (subtype == c.FPDF_ANNOT_WIDGET and _button_without_state(annotation))
        )
        for annotation in _annotations(page)
        if (subtype := c.FPDFAnnot_GetSubtype(annotation)) in (*_WITHOUT_LOOK, c.FPDF_ANNOT_WIDGET)
    )


def _button_without_state(annotation: c.FPDF_ANNOTATION) -> bool:
    if _text(lambda buffer, size: c.FPDFAnnot_GetStringValue(annotation, b"FT", buffer, size)) in ("Tx", "Ch", "Sig"):
        return False
    return not c.FPDFAnnot_HasKey(annotation, b"AS") or not c.FPDFAnnot_HasKey(annotation, b"AP")


def _contents(annotation: c.FPDF_ANNOTATION) -> str:
    return _text(lambda buffer, size: c.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))[:_NAME]


def _annotations(page: pdfium.PdfPage) -> Iterator[c.FPDF_ANNOTATION]:
    for index in range(c.FPDFPage_GetAnnotCount(page)):
        annotation = c.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            c.FPDFPage_CloseAnnot(annotation)


def _field(form: pdfium.PdfFormEnv, annotation: c.FPDF_ANNOTATION, frame: PageFrame) -> RawField | None:
    kind = _FIELD_KINDS.get(c.FPDFAnnot_GetFormFieldType(form, annotation))
    corners = _corners(annotation, frame)
    if kind is None or corners is None or not frame.shows(corners):
        return None
    if c.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return None
    button = kind in ("checkbox", "radio")
    ask = c.FPDFAnnot_GetFormFieldExportValue if button else c.FPDFAnnot_GetFormFieldValue
    value = _text(lambda buffer, size: ask(form, annotation, buffer, size))[:_VALUE]
    if kind == "signature" and not c.FPDFAnnot_HasKey(annotation, b"V"):
        return None
    if kind in ("text", "choice") and not value.strip():
        return None
    label = _text(lambda buffer, size: c.FPDFAnnot_GetFormFieldAlternateName(form, annotation, buffer, size))
    return RawField(
        name=_text(lambda buffer, size: c.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size))[:_NAME],
        label=label[:_NAME] or None,
        kind=kind,
        value="" if kind == "signature" else value,
        checked=bool(c.FPDFAnnot_IsChecked(form, annotation)) if button else None,
        box=corners,
    )


def _corners(annotation: c.FPDF_ANNOTATION, frame: PageFrame) -> Corners | None:
    rectangle, reference = float_rectangle()
    if not c.FPDFAnnot_GetRect(annotation, reference):
        return None
    return frame.corners(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _text(ask: Callable[[object, int], int]) -> str:
    """A UTF-16 string that pdfium writes into a buffer, once it has told the length (bytes, with the final zero)."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")

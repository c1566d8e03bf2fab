"""PDF: words with the boxes of their ink, filled form fields, annotations, and the page's pixels."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.fields import annotations_of, fields_of
from intake.pdf.frame import PageFrame, frame_of
from intake.pdf.inflate import check_streams
from intake.pdf.picture import picture_of
from intake.pdf.words import words_of
from intake.raw import Corners, RawField, RawPage, ReadOptions, Unreadable

_FIELDS = 5000
Words = tuple[tuple[str, Corners], ...]


class PdfPages:
    """The pages of a PDF; see `intake.raw.PageSource`."""

    def __init__(self, pdf: pdfium.PdfDocument, options: ReadOptions) -> None:
        """Take the opened document."""
        self._pdf = pdf
        self._options = options
        self.page_count = len(pdf)
        self.notes = _notes(pdf)

    def page(self, number: int) -> RawPage:
        """Read one page. Unreadable: F009 when it is too large to be drawn."""
        page = self._pdf[number - 1]
        try:
            return self._read(page, number)
        finally:
            page.close()

    def _read(self, page: pdfium.PdfPage, number: int) -> RawPage:
        frame = frame_of(page)
        if not (0 < frame.width <= self._options.points and 0 < frame.height <= self._options.points):
            raise Unreadable("F009")
        fields = fields_of(page, frame, _FIELDS)
        annotations = annotations_of(page, frame, _FIELDS)
        shown = any(field.checked is not False for field in fields)
        raster, scanned = picture_of(page, frame, self._options, laid_over=bool(annotations) or shown)
        return RawPage(
            width=frame.width,
            height=frame.height,
            raster=raster,
            scanned=scanned,
            words=_without_ticks(self._words(page, number, frame, laid_over=bool(annotations) or bool(fields)), fields),
            fields=fields,
            annotations=annotations,
        )

    def _words(self, page: pdfium.PdfPage, number: int, frame: PageFrame, *, laid_over: bool) -> Words:
        """The page's words, with those that were typed over it: they are drawn, so they are read."""
        if not laid_over or c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) != c.FLATTEN_SUCCESS:
            return words_of(page, frame, self._options.words)
        flat = self._pdf[number - 1]
        try:
            return words_of(flat, frame, self._options.words)
        finally:
            flat.close()


def load(content: bytes, options: ReadOptions) -> PdfPages:
    """Open a PDF; one that is protected only against changes opens as well.

    Raises:
        Unreadable: F005 a password is needed, F006 damaged, F008 too many pages, F010 a stream inflates too much.
    """
    check_streams(content, options.inflated)
    try:
        pdf = pdfium.PdfDocument(content)
        pdf.init_forms()
    except pdfium.PdfiumError as failure:
        locked = getattr(failure, "err_code", None) in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
        raise Unreadable("F005" if locked else "F006") from None
    if len(pdf) == 0:
        raise Unreadable("F006")
    if len(pdf) > options.pages:
        raise Unreadable("F008")
    return PdfPages(pdf, options)


def _without_ticks(words: Words, fields: tuple[RawField, ...]) -> Words:
    """The words less those inside a button: a tick is often a letter of a symbol font, and means nothing as one."""
    buttons = tuple(field.box for field in fields if field.checked is not None)
    return tuple(word for word in words if not any(_inside(word[1], box) for box in buttons))


def _inside(corners: Corners, box: Corners) -> bool:
    x, y = (corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _notes(pdf: pdfium.PdfDocument) -> tuple[str, ...]:
    """F015 when the file brings scripts or other files along. None is run or opened."""
    active = c.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 or c.FPDFDoc_GetAttachmentCount(pdf) > 0
    return ("F015",) if active else ()

"""PDF: words with the boxes of their ink, filled form fields, annotations, and the page's pixels."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.appearance import with_appearances
from intake.pdf.attached import files_in
from intake.pdf.fields import annotations_of, fields_of, is_undrawn
from intake.pdf.frame import PageFrame, frame_of, page_of
from intake.pdf.inflate import ATTACHED, LAUNCH
from intake.pdf.opening import Opened, open_pdf, reopened, rewritten
from intake.pdf.picture import picture_of
from intake.pdf.words import words_of
from intake.raw import Corners, RawField, RawLeaf, RawPage, RawRaster, RawWord, ReadOptions, Unreadable

_FIELDS = 5000
# Attached programs, by the ends of their names.
_PROGRAMS = (".exe", ".com", ".bat", ".cmd", ".scr", ".js", ".jse", ".vbs", ".ps1", ".jar", ".msi", ".lnk", ".hta")
# What the one page of a form says that only Adobe's programs can draw.
_WAIT = ("please", "wait")
Words = tuple[RawWord, ...]


class PdfPages:
    """The pages of a PDF and the files in it; see `intake.raw.PageSource` and `LeafSource`."""

    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, opened: Opened, content: bytes, options: ReadOptions) -> None:
        """Take the opened document, and its bytes as they were received."""
        self._opened = opened
        self._content = content
        self._options = options
        self._units = opened.units
        self._tried: set[str] = set()
        self._is_shell = _is_shell(opened.pdf)
        self.page_count = opened.pages
        self.notes = _notes(opened, shell=self._is_shell)

    def page(self, number: int) -> RawPage:
        """Read one page. Unreadable: F009 when it is too large to be drawn."""
        try:
            page, undrawn = self._read(number)
        except pdfium.PdfiumError:
            if not self._turn_to(rewritten, "rewritten"):
                raise
            page, undrawn = self._read(number)
        if undrawn and self._turn_to(with_appearances, "appearances"):
            page, _ = self._read(number)
        return page

    def leaves(self) -> Iterator[RawLeaf]:
        """The files that the document carries, and the values of a form whose pages do not show them."""
        return files_in(self._content, form_data=self._is_shell)

    def _turn_to(self, change: Callable[[bytes], bytes | None], name: str) -> bool:
        """Read on from another version of the document; each change is tried once."""
        if name in self._tried:
            return False
        self._tried.add(name)
        content = change(self._opened.content)
        other = None if content is None else reopened(content, self.page_count)
        if other is None:
            return False
        self._opened.pdf.close()
        self._opened = other
        return True

    def _read(self, number: int) -> tuple[RawPage, bool]:
        """A page, and whether it holds something that has no look and can be given one."""
        page = page_of(self._opened.pdf, number)
        try:
            frame = self._frame(page, number)
            fields = fields_of(page, frame, _FIELDS)
            annotations = annotations_of(page, frame, _FIELDS)
            undrawn = is_undrawn(page)
            shown = any(field.checked is not False for field in fields)
            picture = picture_of(page, frame, self._options, laid_over=bool(annotations) or shown)
            words = self._words(page, number, frame, raster=picture.raster, laid_over=bool(annotations) or bool(fields))
            read = RawPage(
                width=frame.width,
                height=frame.height,
                raster=picture.raster,
                scanned=picture.scanned,
                torn=picture.torn,
                words=_without_ticks(words, fields),
                fields=fields,
                annotations=annotations,
            )
            return read, undrawn or _is_ambiguous(fields) or any(_is_blank(field, words) for field in fields)
        finally:
            page.close()

    def _frame(self, page: pdfium.PdfPage, number: int) -> PageFrame:
        """The page's frame. Posters in units of their own that leave every bound are taken in points, as viewers do."""
        most = self._options.points
        for unit in (self._units.get(number, 1.0), 1.0):
            frame = frame_of(page, unit)
            if 0 < frame.width <= most and 0 < frame.height <= most:
                return frame
        raise Unreadable("F009")

    def _words(
        self, page: pdfium.PdfPage, number: int, frame: PageFrame, *, raster: RawRaster, laid_over: bool
    ) -> Words:
        """The page's words, with those that were typed over it: they are drawn, so they are read.

        Laying them into the page is where damaged forms kill the library. After that the page goes without a text
        layer, and its picture, which shows them all, is read instead.
        """
        if laid_over and number == self._options.careful:
            return ()
        if not laid_over or c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) != c.FLATTEN_SUCCESS:
            return words_of(page, frame, self._options.words, raster=raster)
        flat = page_of(self._opened.pdf, number)
        try:
            return words_of(flat, frame, self._options.words, raster=raster)
        finally:
            flat.close()


def load(content: bytes, options: ReadOptions) -> PdfPages:
    """Open a PDF; one that is protected only against changes opens as well.

    Raises:
        Unreadable: F005 a password is needed, F006 damaged, F008 too many pages, F009 a picture is too large, F010 a
            stream inflates too much.
    """
    return PdfPages(open_pdf(content, options), content, options)


def _is_blank(field: RawField, words: Words) -> bool:
    """Whether a filled field shows nothing of what it holds."""
    filled = field.kind in ("text", "choice") and field.value.strip()
    return bool(filled) and not any(_inside(word.box, field.box) for word in words)


def _is_ambiguous(fields: tuple[RawField, ...]) -> bool:
    """Whether radio buttons of one name stand for the same option: pdfium made looks for them, and lost the choice."""
    named = [(field.name, field.value) for field in fields if field.kind == "radio"]
    return len(set(named)) < len(named) and not any(field.checked for field in fields if field.kind == "radio")


def _without_ticks(words: Words, fields: tuple[RawField, ...]) -> Words:
    """The words less those inside a button: a tick is often a letter of a symbol font, and means nothing as one."""
    buttons = tuple(field.box for field in fields if field.checked is not None)
    return tuple(word for word in words if not any(_inside(word.box, box) for box in buttons))


def _inside(corners: Corners, box: Corners) -> bool:
    x, y = (corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _notes(opened: Opened, *, shell: bool) -> tuple[str, ...]:
    """What is worth telling of the whole file: see `sandbox.notes`."""
    pdf = opened.pdf
    names = _attached_names(pdf)
    program = any(name.lower().endswith(_PROGRAMS) for name in names)
    active = c.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 or LAUNCH in opened.marks or program
    said = {
        "F015": active,
        "F007": opened.salvaged,
        "xfa": shell,
        "files": shell or bool(names) or ATTACHED in opened.marks,
    }
    return tuple(note for note, holds in said.items() if holds)


def _attached_names(pdf: pdfium.PdfDocument) -> tuple[str, ...]:
    names = []
    for index in range(min(1000, max(0, c.FPDFDoc_GetAttachmentCount(pdf)))):
        attached = c.FPDFDoc_GetAttachment(pdf, index)
        size = c.FPDFAttachment_GetName(attached, None, 0)
        buffer = ctypes.create_string_buffer(size + 2)
        c.FPDFAttachment_GetName(attached, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
        names.append(buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace"))
    return tuple(names)


def _is_shell(pdf: pdfium.PdfDocument) -> bool:
    """Whether the pages are only the shell of an XFA form, which asks to wait or for another program."""
    kind = c.FPDF_GetFormType(pdf)
    if kind not in (c.FORMTYPE_XFA_FULL, c.FORMTYPE_XFA_FOREGROUND) or len(pdf) != 1:
        return False
    page = pdf[0]
    try:
        text = page.get_textpage()
        start = text.get_text_range(0, 200).lower().split() if text.count_chars() else []
        text.close()
        return tuple(word.strip(".,!") for word in start[:2]) == _WAIT or (
            kind == c.FORMTYPE_XFA_FULL and c.FPDFPage_GetAnnotCount(page) == 0
        )
    except pdfium.PdfiumError:
        return False
    finally:
        page.close()

"""Opening a PDF of any age and state: as it is, else as qpdf writes it anew, else from the objects found in it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.inflate import UNITS, check_streams
from intake.pdf.salvage import is_cut_off, is_encrypted, salvaged
from intake.raw import ReadOptions, Unreadable

_LOCKED = (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
_HEADER = b"%PDF-"
# Points a unit; PDF 1.6 stops at 75,000, where no page is left.
_UNITS = (0.01, 1000.0)
# How far from the start readers look for the header (PDF 1.7, annex H, note 13).
_LOOK = 1024


class Opened:
    """A document in pdfium, with the bytes that pdfium was given."""

    def __init__(self, content: bytes, *, salvaged: bool = False) -> None:
        """Open it. pypdfium2.PdfiumError: it cannot be."""
        self.salvaged = salvaged
        self.marks = frozenset[bytes]()
        self.units: dict[int, float] = {}
        self.content = content
        self.pdf = pdfium.PdfDocument(content)
        try:
            self.pages = len(self.pdf)
            self.pdf.init_forms()
        except pdfium.PdfiumError:
            self.pdf.close()
            raise


def open_pdf(content: bytes, options: ReadOptions) -> Opened:
    """Open a PDF; one that is protected only against changes opens as well.

    Raises:
        Unreadable: F005 a password is needed, F006 damaged, F008 too many pages, F010 a stream inflates too much.
    """
    marks = check_streams(content, options.inflated)
    opened = _open(content, options)
    opened.marks = marks
    opened.salvaged = opened.salvaged or is_cut_off(content)
    opened.units = _units(opened.content) if UNITS in marks else {}
    return opened


def _open(content: bytes, options: ReadOptions) -> Opened:
    first, locked = _try(content)
    locked = locked or (first is None and is_encrypted(content) and _needs_password(content))
    if not locked and _lost_its_lock(first, content):
        first = _unlocked(content)
    if first is not None and 0 < first.pages <= options.pages:
        return first
    best, beyond = first, False
    for attempt, whole in () if locked else _attempts(content):
        check_streams(attempt, options.inflated)
        other, _ = _try(attempt, salvaged=not whole)
        beyond = beyond or (other is not None and other.pages > options.pages)
        if other is not None and other.pages <= options.pages and (best is None or _better(other, best, options)):
            best = other
            break
    if best is None or best.pages == 0:
        raise Unreadable("F005" if locked or (best is None and is_encrypted(content)) else "F006")
    if best.pages > options.pages or beyond:
        raise Unreadable("F008")
    return best


def reopened(content: bytes, pages: int) -> Opened | None:
    """Another version of a document; None where it does not open or has another number of pages."""
    other, _ = _try(content)
    if other is None or other.pages == pages:
        return other
    other.pdf.close()
    return None


def rewritten(content: bytes) -> bytes | None:
    """The document as qpdf writes it: one table, no encryption, a clean tree of pages. None where it cannot."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            len(opened.pages)
            out = io.BytesIO()
            opened.save(out, fix_metadata_version=False)
            return out.getvalue()
    except Exception:  # noqa: BLE001 - whatever it stumbles over, it has not helped
        return None


def _units(content: bytes) -> dict[int, float]:
    """The pages, by number, whose coordinates are in other units than points, and how many points one is."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            told = {number: page.obj.get("/UserUnit") for number, page in enumerate(opened.pages, 1)}
            units = {number: float(unit) for number, unit in told.items() if unit is not None}
            return {number: unit for number, unit in units.items() if _UNITS[0] <= unit <= _UNITS[1]}
    except Exception:  # noqa: BLE001 - then points have to do
        return {}


def _try(content: bytes, *, salvaged: bool = False) -> tuple[Opened | None, bool]:
    """The document, or None, and whether a password is missing."""
    try:
        return Opened(content, salvaged=salvaged), False
    except pdfium.PdfiumError as failure:
        return None, getattr(failure, "err_code", None) in _LOCKED


def _lost_its_lock(first: Opened | None, content: bytes) -> bool:
    """Whether an encrypted file was cut off, and with its end the note that it is: its pages would come out blank."""
    open_now = first is None or c.FPDF_GetSecurityHandlerRevision(first.pdf) == -1
    return open_now and is_encrypted(content) and is_cut_off(content)


def _needs_password(content: bytes) -> bool:
    """Whether qpdf, which says so more surely than pdfium where the file is damaged, asks for a password."""
    import pikepdf

    try:
        pikepdf.open(io.BytesIO(content)).close()
    except pikepdf.PasswordError:
        return True
    except Exception:  # noqa: BLE001 - damaged in another way
        return False
    return False


def _unlocked(content: bytes) -> Opened:
    """The same with that note put back. Unreadable: F005."""
    found = salvaged(content)
    opened = None if found is None or _needs_password(found) else _try(found, salvaged=True)[0]
    if opened is None or opened.pages == 0 or c.FPDF_GetSecurityHandlerRevision(opened.pdf) == -1:
        raise Unreadable("F005")
    return opened


def _better(other: Opened, best: Opened, options: ReadOptions) -> bool:
    return other.pages > best.pages or best.pages > options.pages or best.pages == 0


def _attempts(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """What to try instead, and whether it is the whole file as far as one can know."""
    headed = content if _HEADER in content[:_LOOK] else _HEADER + b"1.7\n" + content
    by_qpdf = rewritten(headed)
    if by_qpdf is not None:
        yield by_qpdf, True
    found = salvaged(content)
    if found is not None:
        yield found, False
        again = rewritten(found)
        if again is not None:
            yield again, False

"""From validated pixels to a `Page`: the order in which a page is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from intake.engines import DEBIAN_TESSDATA, open_engine
from intake.foreign_layer import with_hidden
from intake.ink import is_blank
from intake.light import positive
from intake.margin import with_margin
from intake.ocr import OcrEngine
from intake.scanned_page import read_scanned
from intake.two_languages import TwoLanguages, installed
from intake.typed_page import read_typed
from intake.vector import layer_words
from intake.view import bare, dpi_of
from models.document import Page, Word
from models.geometry import Projective, Span
from models.parsed import ParsedPage

_UNPLACED = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Eyes:
    """What reading needs: an engine that is kept for many pages."""

    engine: OcrEngine


def open_eyes(tessdata: Path = DEBIAN_TESSDATA, languages: str = "eng") -> Eyes:
    """Eyes with the first engine that works here; Chinese is read, too, where its language data is installed.

    Raises:
        EngineMissing: no OCR engine works here.
    """
    engine = open_engine(tessdata, languages)
    return Eyes(TwoLanguages(engine, tessdata) if installed(tessdata) else engine)


def read_page(page: ParsedPage, eyes: Eyes) -> Page:
    """Read one page: its words, rules, bands, check boxes and ink, each with its place in the reading frame."""
    blank = bare(page)
    if page.damaged:
        return replace(blank, damaged=True)
    if page.plain is not None:
        words = tuple(Word(text, None, _UNPLACED) for text in page.plain.split())
        return replace(blank, source="plain", plain=page.plain, words=words, blank=not words)
    if page.raster is None:
        return replace(blank, source="text_layer", words=layer_words(page.words, ()), blank=not page.words)
    if page.words and not page.scanned:
        return read_typed(page, page.raster, eyes.engine)
    if is_blank(positive(page.raster)):
        read = with_margin(replace(blank, source="ocr", blank=True, dpi=dpi_of(page)), page.raster, eyes.engine)
        return with_hidden(read, page.words, page.raster)
    read = read_scanned(page, page.raster, eyes.engine)
    if not isinstance(read.to_received, Projective):
        read = with_margin(read, page.raster, eyes.engine)
    return with_hidden(read, page.words, page.raster)

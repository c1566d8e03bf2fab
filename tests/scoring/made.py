"""Requests, pages and packets made by hand, small enough to count on one's fingers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.annotations import Annotations, Part, PartType
from models.code import Code
from models.document import CheckBox, Document, Page, Word
from models.evidence import Corners, Evidence, Provenance, Sourced, Unclear
from models.geometry import Box, Span
from models.request import AuthorizationRequest, RequestDocument, RequestPart
from models.result import DocumentResult
from models.truth import Defect, FileTruth, PacketTruth, PageTruth, Paper, PlacedValue
from scoring.stated import Stated

HERE: Corners = (100, 100, 150, 110)
AWAY: Corners = (400, 500, 450, 510)
BOX, FAR = Box(*HERE), Box(*AWAY)
FILE = "fax.tif"
FORM, NOTE = "prior-authorization-form", "progress-note"


def grounds(*, page: int = 1, box: Corners = HERE) -> dict[str, Any]:
    evidence = Evidence(document="d1", sha256="00", page=page, quote="quote", boxes=(box,))
    return {"evidence": (evidence,), "provenance": Provenance(extractor="made", version="1", rule="by-hand")}


def said(
    value: Any, confidence: float = 0.95, *, unclear: Unclear | None = None, page: int = 1, box: Corners = HERE
) -> Sourced[Any]:
    return Sourced[Any](value=value, confidence=confidence, unclear=unclear, **grounds(page=page, box=box))


def code(characters: str, *, confidence: float = 0.95) -> Sourced[Any]:
    return said(Code(system="CPT", code=characters), confidence)


def stated(path: str, *values: str, box: Box = BOX) -> PlacedValue:
    return PlacedValue(path, values[0], values[-1], (box,))


def all_stated(*values: Stated) -> dict[str, Stated]:
    return {value.path: value for value in values}


def request(*parts: RequestPart, path: str = FILE, **fields: Any) -> AuthorizationRequest:
    """A request over one document with these parts."""
    document = RequestDocument(
        id="d1", sha256="00", path=path, filename=path, parent=None, media_type="image/tiff",
        page_count=sum(len(part.pages) for part in parts), dpi=None, duplicate_of=None, parts=parts,
    )  # fmt: skip
    return AuthorizationRequest(
        id="r-1", status="needs_review", submissions=("fax.tif",), channel="folder",
        received_at=dt.datetime(2026, 9, 15, tzinfo=dt.UTC), received_at_source="now", payer=None, market="us",
        documents=(document,), **fields,
    )  # fmt: skip


def part(kind: str, *pages: int, patient: Any = "same", **facts: Any) -> RequestPart:
    return RequestPart(
        type=PartType(kind), loinc=None, pages=pages, title=None, confidence=0.9, patient=patient, **facts
    )


def result(*parts: tuple[str, Sequence[int]], pages: Sequence[Page] = ()) -> DocumentResult:
    """A document that was read, with its parts."""
    made = tuple(Part(type=PartType(kind), pages=tuple(on), title=None, confidence=0.9) for kind, on in parts)
    every = tuple(pages) or tuple(blank(number) for one in made for number in one.pages)
    document = Document("d1", FILE, FILE, None, "00", "image/tiff", every, "")
    return DocumentResult(document, Annotations(parts=made), ())


def blank(number: int, words: str = "", *, boxes: tuple[CheckBox, ...] = (), rotation: int = 0) -> Page:
    placed = tuple(Word(word, None, Span(0, 0)) for word in words.split())
    return Page(number, 612, 792, "ocr", words=placed, checkboxes=boxes, rotation=rotation)


def packet(
    papers: tuple[Paper, ...], pages: tuple[PageTruth, ...], *defects: str, design: str = "boxed", **told: Any
) -> PacketTruth:
    return PacketTruth(
        FILE, design, told.pop("channel", "fax-204x98"), "us", told.pop("measuring", False),
        told.pop("quality", "light"), papers, (FileTruth(FILE, pages, **told),),
        tuple(Defect(one, one) for one in defects),
    )  # fmt: skip


def page(kind: str, paper: int, *values: PlacedValue, **more: Any) -> PageTruth:
    return PageTruth(kind, 612, 792, values=values, paper=paper, **more)

"""Submissions of documents that were read, made in code: parts by page, and what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.annotations import Annotations, Part, PartType, PatientSpan
from models.document import Document
from models.evidence import Evidence, Provenance
from models.mention import AnyMention, EntityMention, FieldMention, OtherReading
from models.problem import Problem
from models.received import Receipt
from models.result import DocumentResult, Submission
from tests.extractors.documents import document_from_lines

RECEIVED = dt.datetime(2026, 9, 11, 15, 30, tzinfo=dt.UTC)
PROVENANCE = Provenance(extractor="test", version="1", rule="made")
FORM, NOTE, LETTER = PartType.PRIOR_AUTHORIZATION_FORM, PartType.PROGRESS_NOTE, PartType.LETTER_OF_MEDICAL_NECESSITY


def place(page: int = 1, document: str = "d1", quote: str = "quoted") -> Evidence:
    return Evidence(document=document, sha256="0" * 64, page=page, quote=quote, boxes=((10.0, 10.0, 20.0, 20.0),))


def says(
    path: str, value: Any, page: int = 1, *, rows: tuple[int, ...] = (), confidence: float = 0.95, **more: Any
) -> FieldMention:
    """A field of the first document unless `document` says otherwise; `quote` is what stands there."""
    evidence = place(page, more.pop("document", "d1"), more.pop("quote", str(value)))
    return FieldMention(
        path=path,
        rows=rows,
        value=value,
        confidence=confidence,
        evidence=(evidence,),
        provenance=more.pop("provenance", PROVENANCE),
        **more,
    )


def another(value: Any, confidence: float = 0.4) -> OtherReading:
    return OtherReading(value=value, confidence=confidence, evidence=(place(),))


def entity(text: str, page: int = 1, document: str = "d1") -> EntityMention:
    return EntityMention(
        text=text,
        category="drug",
        concept=None,
        status="present",
        confidence=0.9,
        evidence=(place(page, document),),
        provenance=PROVENANCE,
    )


def part(kind: PartType, *pages: int, name: str | None = None, born: str | None = None) -> Part:
    return Part(type=kind, pages=pages, title=None, confidence=0.9, patient=PatientSpan(name=name, birth_date=born))


def result(
    *parts: Part,
    mentions: Sequence[AnyMention] = (),
    identifier: str = "d1",
    path: str | None = None,
    parent: str | None = None,
    problems: tuple[Problem, ...] = (),
    duplicate_of: str | None = None,
) -> DocumentResult:
    """A document whose pages are those of its parts."""
    count = max((page for part in parts for page in part.pages), default=0)
    made = document_from_lines(
        [], pages=[[]] * max(0, count - 1), path=path or f"{identifier}.pdf", document_id=identifier
    )
    document = Document(
        made.id,
        made.path,
        made.filename,
        parent,
        identifier * 32,
        made.media_type,
        made.pages if count else (),
        made.text,
        problems,
    )
    return DocumentResult(document, Annotations(parts=parts), tuple(mentions), duplicate_of=duplicate_of)


def submission(*results: DocumentResult, name: str = "packet") -> Submission:
    return Submission(Receipt(name, "cli", RECEIVED, "now"), results)

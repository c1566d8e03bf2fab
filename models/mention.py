"""What extractors find: facts of one document, each with its place, its provenance and a confidence.

A mention is a claim about the page, not yet about the request. `assembly` turns mentions into the request's values.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer
from pydantic import Field as Constrained

from models.code import Code
from models.evidence import Alternative, Evidence, Provenance, Unclear
from models.value import Value


def _marked(value: object) -> object:
    """In JSON a date says that it is one, so that it does not come back as the text it looks like."""
    return {"date": value.isoformat()} if isinstance(value, dt.date) else value


def _unmarked(value: object) -> object:
    return dt.date.fromisoformat(value["date"]) if isinstance(value, dict) and value.keys() == {"date"} else value


Scalar = Annotated[
    str | bool | int | dt.date | Code,
    PlainSerializer(_marked, when_used="json"),
    BeforeValidator(_unmarked),
]
EntityStatus = Literal["present", "absent", "possible", "historical", "hypothetical", "family", "failed"]
EntityCategory = Literal["problem", "drug", "procedure", "test", "device", "anatomy"]

TreatmentOutcome = Literal["no-response", "partial-response", "intolerance", "contraindicated", "response"]


class Mention(Value):
    """Common to all mentions. `confidence` is 0..1."""

    evidence: tuple[Evidence, ...] = Constrained(min_length=1)
    provenance: Provenance
    confidence: float = Constrained(ge=0, le=1)


class OtherReading(Alternative[Scalar]):
    """Another reading of a field, kept beside the one that was chosen."""


class FieldMention(Mention):
    """A value for one leaf of the request.

    `path` is the leaf's path in the contract with list positions left out ("service_lines.drug.name"), `rows` the
    position in each list on the way, in order (() where there is none). Values are as the contract writes them:
    digits only for NPI and phone, dates as `dt.date`, codes as `Code`. `value` is None only with `unclear`.
    `page` and `document` of the first evidence say where it stands.
    """

    kind: Literal["field"] = "field"
    path: str
    rows: tuple[int, ...] = ()
    value: Scalar | None
    as_written: str | None = None
    unclear: Unclear | None = None
    alternatives: tuple[OtherReading, ...] = ()


class MarkMention(Mention):
    """A check box: the question it answers (as printed, "" if none), its printed option, and whether it is ticked."""

    kind: Literal["mark"] = "mark"
    question: str
    option: str
    state: Literal["checked", "empty", "unclear"]


class EntityMention(Mention):
    """A clinical fact in running text: a problem, drug, procedure, test, device or body part.

    `concept` is a name of extractors/data/concepts.yaml, None for what is recognised but has none; `on` is the date the
    text itself gives it, else None. Of a treatment, `began_on` and `ended_on` bound its course and `outcome` is what
    came of it. `expansion` is what an abbreviation stands for. `codes` are those of the concept, not of the page.
    """

    kind: Literal["entity"] = "entity"
    text: str
    category: EntityCategory
    concept: str | None
    status: EntityStatus
    on: dt.date | None = None
    value: str | None = None
    unit: str | None = None
    laterality: Literal["left", "right", "bilateral"] | None = None
    codes: tuple[Code, ...] = ()
    began_on: dt.date | None = None
    ended_on: dt.date | None = None
    outcome: TreatmentOutcome | None = None
    expansion: str | None = None


class DateMention(Mention):
    """A date with what it dates ("document", "signature", "birth", "service", "other")."""

    kind: Literal["date"] = "date"
    value: dt.date
    dates: Literal["document", "signature", "birth", "service", "other"]


AnyMention = Annotated[FieldMention | MarkMention | EntityMention | DateMention, Constrained(discriminator="kind")]

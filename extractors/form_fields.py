"""The fields of request forms, read by geometry: labels, blanks, tables and the boxes that are ticked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.extractor import Extractor
from extractors.form.bilingual import bilingual
from extractors.form.choices import chosen, option_text
from extractors.form.marks import Option, without_boxes
from extractors.form.pen_marks import PenMark, pen_mark_text, urgent_pen_marks
from extractors.form.reader import Blank, FormPage, read_form_page
from extractors.form.reading import Reading
from extractors.form.rows import MODIFIERS, positions, read_cell, rows_of
from extractors.form.tables import Row
from extractors.form.targets import PRIOR, Target
from extractors.form.vocabulary import vocabulary
from extractors.layout.plain import typeset
from extractors.layout.runs import runs
from extractors.origin import day_first
from extractors.trust import GUESS, words_right
from models.annotations import Annotations, PartType
from models.document import Document, Page
from models.evidence import Evidence
from models.geometry import Box
from models.identifiers import mask_hkid, mask_ssn
from models.mention import FieldMention, MarkMention, OtherReading

FORMS = frozenset({PartType.PRIOR_AUTHORIZATION_FORM, PartType.REFERRAL, PartType.ORDER})
# Of an order only what is ordered is read as a form's; its people are read like those of other chart papers (chart.py).
_OF_ORDERS = ("service_lines", "diagnoses", "request_type", "level_of_service", "urgency_reason")

# How sure each layout is that the words are this label's. Set by hand: benchmarks/quality.py prints the wrong values of
# all layouts together.
_LAYOUTS = {"inline": 0.995, "right": 0.99, "below": 0.98, "above": 0.98, "table": 0.99, "mark": 0.98}


def extract_form_fields(document: Document, annotations: Annotations) -> Iterator[FieldMention | MarkMention]:
    """Read every page of the document's request forms, referrals and orders.

    Yields:
        One field a leaf and place, in reading order, and one mark a check box. Values that cannot be read have
        `unclear` and no value; empty blanks yield nothing. Identifiers that fail their check come as "invalid".
    """
    rows: Counter[str] = Counter()
    words = bilingual() if day_first(document, annotations) else vocabulary()
    for part in annotations.parts:
        if part.type not in FORMS:
            continue
        rows = Counter() if part.type is PartType.PRIOR_AUTHORIZATION_FORM else rows
        for number in part.pages:
            page = typeset(document.page(number))
            form = read_form_page(page, words)
            lines = list[tuple[Row, int]]()
            found = (*_blanks(document, page, form, rows), *_tables(document, page, form, rows, lines=lines))
            if part.type is PartType.ORDER:
                found = tuple(field for field in found if field.path.startswith(_OF_ORDERS))
            yield from found
            yield from _marks(document, page, form, lines)


def _blanks(document: Document, page: Page, form: FormPage, rows: Counter[str]) -> Iterator[FieldMention]:
    for blank in form.blanks:
        start = _first_row(blank, rows)
        for reading in blank.readings:
            yield _field(document, page, reading, rule=blank.answer.rule, sure=blank.answer.label.sure, first_row=start)
        if not blank.readings and not blank.answer.runs:
            yield from _handwritten(document, page, blank)


# Lists that grow blank by blank: a second "diagnosis code" is the second diagnosis, a second "modifier" that of the
# second line.
_GROWING = (
    "diagnoses.text",
    "diagnoses.code",
    "service_lines.code",
    "service_lines.modifiers",
    "service_lines.quantity.value",
)


def _first_row(blank: Blank, rows: Counter[str]) -> int:
    """The row that a blank's values begin with; empty blanks of lines keep their row, so that columns stay level."""
    if blank.row is not None:
        return blank.row
    grown = {reading.path: reading.row for reading in blank.readings if reading.path in _GROWING}
    if blank.target.path in _GROWING and blank.target.path.startswith("service_lines"):
        grown.setdefault(blank.target.path, 0)
    if blank.target.path.startswith(PRIOR):
        return _prior_row(blank, rows)
    if not grown:
        return 0
    start = max(rows[leaf] for leaf in grown)
    for leaf in grown:
        last = max((reading.row for reading in blank.readings if reading.path == leaf), default=0)
        rows[leaf] = start + 1 + (0 if leaf == "service_lines.modifiers" else last)
    return start


def _prior_row(blank: Blank, rows: Counter[str]) -> int:
    """Rows of labelled lines: each line of the page is the next one."""
    level = round(blank.answer.label.box.middle[1])
    if abs(rows["prior:level"] - level) > 7:
        rows["prior:level"] = level
        rows["prior:row"] += 1
    return rows["prior:row"] - 1


def _handwritten(document: Document, page: Page, blank: Blank) -> Iterator[FieldMention]:
    """Pen ink where a value belongs: detected, never guessed."""
    place = blank.answer.cell or _beside(blank.answer.label.box, page)
    leaf = _leaf(blank.target)
    ink = [
        region.box for region in page.ink if region.kind == "pen" and region.box.common(place) > 0.6 * region.box.area
    ]
    # By a signature there is ink, whoever wrote the name beside it.
    if leaf is None or leaf.startswith("signature.") or not ink:
        return
    yield FieldMention(
        path=leaf,
        rows=positions(leaf, 0),
        value=None,
        unclear="handwritten",
        confidence=0.9,
        evidence=(document.region(page.number, Box.around(ink), handwritten=True),),
        provenance=FORM_FIELDS.provenance("pen-ink"),
    )


def _beside(label: Box, page: Page) -> Box:
    width = page.height if page.rotation in (90, 270) else page.width
    return Box(label.x1, label.top - 6, min(label.x1 + 200, width), label.bottom + 6)


def _leaf(target: Target) -> str | None:
    if target.kind == "ignore":
        return None
    composite = {
        "patient.name": "patient.name.full",
        "patient.identifiers.hkid_passport": "patient.identifiers.hkid",
        "service_lines.drug.both": "service_lines.drug.name",
        "diagnoses.both": "diagnoses.text",
    }
    if target.kind == "money":
        return f"{target.path}.amount"
    if target.kind in ("line", "city_state_zip"):
        return target.path + ".line"
    if target.kind in ("dea_tin", "npi_tin", "npi_dea"):
        return f"{target.path}.{target.kind.split('_')[0]}"
    return None if target.kind == "prior" else composite.get(target.path, target.path)


def _tables(
    document: Document, page: Page, form: FormPage, rows: Counter[str], *, lines: list[tuple[Row, int]]
) -> Iterator[FieldMention]:
    """The fields of the tables' rows; `lines` receives the rows that tell something with their numbers."""
    for row in form.rows:
        prior = any(column.path.startswith(PRIOR) for column, _ in row.cells)
        readings = [(column, r) for column, runs in row.cells for r in read_cell(column.path, runs)]
        if not readings:
            continue
        filled = {reading.path.split(".", 1)[0] for _, reading in readings}
        key = "table:prior" if prior else "table:diagnoses" if filled == {"diagnoses"} else "table:lines"
        at = rows[key]
        lines.append((row, at))
        rows[key] += 1 + max(0 if reading.path == MODIFIERS else reading.row for _, reading in readings)
        for _, reading in readings:
            yield _field(document, page, reading, rule="table", sure=1.0, first_row=at)


def _field(document: Document, page: Page, reading: Reading, *, rule: str, sure: float, first_row: int) -> FieldMention:
    words = reading.words
    confidence = round(words_right(words) * sure * _LAYOUTS[rule], 3)
    as_written = _masked(reading.path, " ".join(word.text for word in words))
    evidence = _evidence(document, page, reading)
    value, unclear = reading.value, reading.unclear
    alternatives: tuple[OtherReading, ...] = ()
    if value is not None and unclear is None and confidence < GUESS:
        alternatives = (OtherReading(value=value, confidence=confidence, evidence=(evidence,)),)
        value, unclear = None, "illegible"
    return FieldMention(
        path=reading.path,
        rows=rows_of(reading, first_row),
        value=value,
        as_written=as_written,
        unclear=unclear,
        alternatives=alternatives,
        confidence=confidence,
        evidence=(evidence,),
        provenance=FORM_FIELDS.provenance(rule, repaired=reading.repaired),
    )


def _evidence(document: Document, page: Page, reading: Reading) -> Evidence:
    own = {word.span: word for word in document.page(page.number).words}
    evidence = document.evidence(page.number, tuple(own.get(word.span, word) for word in reading.words))
    masked = _masked(reading.path, evidence.quote)
    return evidence if masked == evidence.quote else evidence.model_copy(update={"quote": masked})


def _masked(path: str, text: str) -> str:
    if path.endswith(".hkid"):
        return mask_hkid(text)
    return mask_ssn(text) if path.endswith(".ssn") else text


def _marks(
    document: Document, page: Page, form: FormPage, lines: Sequence[tuple[Row, int]]
) -> Iterator[FieldMention | MarkMention]:
    for option in form.options:
        text = re.sub(r"\s*\(.*", "", option_text(option)) or option_text(option)
        evidence = document.region(page.number, option.box.box, text)
        sure = 0.5 if option.box.state == "unclear" else 0.98
        provenance = FORM_FIELDS.provenance("mark")
        yield MarkMention(
            question=option.question,
            option=text,
            state=option.box.state,
            confidence=sure,
            evidence=(evidence,),
            provenance=provenance,
        )
        at = next((number for row, number in lines if row.box.covers(*option.box.box.middle)), 0)
        field = _marked(option, evidence, at, hong_kong=form.hong_kong)
        if field is not None:
            yield field
    printed = without_boxes(page, runs(page))
    for mark in urgent_pen_marks(page, printed, form.options):
        yield _pen_marked(document, page, mark)


def _marked(option: Option, evidence: Evidence, row: int, *, hong_kong: bool) -> FieldMention | None:
    """The leaf that a ticked option fills, of the line in whose `row` it stands.

    A doubtful mark is doubtful; a doubtful urgent one stays urgent.
    """
    choice = chosen(option, hong_kong=hong_kong)
    if choice is None or option.box.state == "empty":
        return None
    doubtful = option.box.state == "unclear"
    keep = not doubtful or (choice.path == "level_of_service" and choice.value != "standard")
    return FieldMention(
        path=choice.path,
        rows=positions(choice.path, row),
        value=choice.value_of(option_text(option)) if keep else None,
        as_written=evidence.quote,
        unclear="illegible" if doubtful else None,
        confidence=0.5 if doubtful else 0.97,
        evidence=(evidence,),
        provenance=FORM_FIELDS.provenance("mark"),
    )


def _pen_marked(document: Document, page: Page, mark: PenMark) -> FieldMention:
    """Ink on an urgent option counts as urgent until a person looks."""
    text = pen_mark_text(mark)
    return FieldMention(
        path="level_of_service",
        rows=positions("level_of_service", 0),
        value="urgent",
        as_written=text,
        unclear="illegible",
        confidence=0.5,
        evidence=(document.region(page.number, mark.box, text, handwritten=True),),
        provenance=FORM_FIELDS.provenance("pen-mark"),
    )


FORM_FIELDS = Extractor(name="form_fields", version="1", run=extract_form_fields)

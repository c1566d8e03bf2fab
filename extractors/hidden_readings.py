"""What a file says at the place of a value without showing it: kept beside the value, never instead of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeVar

from extractors.form.readings import read_blank
from extractors.form.targets import Kind, Target, kind_of
from extractors.form.written import written
from extractors.layout.runs import run_of
from models.code import Code
from models.document import Document, HiddenWord, Page, Word
from models.evidence import Evidence
from models.geometry import Box, Span
from models.identifiers import mask_hkid, mask_ssn
from models.mention import AnyMention, FieldMention, OtherReading

M = TypeVar("M", bound=AnyMention)

# The share of the smaller of two boxes that a hidden word and a visible value have in common when they claim one place.
_SAME_PLACE = 0.3
# The gap, in heights of a line, up to which hidden words side by side belong together.
_GAP = 0.8
_KINDS: dict[str, Kind] = {
    "npi": "npi", "tin": "tin", "dea": "dea", "phone": "phone", "fax": "phone", "sex": "sex", "state": "state",
    "postal_code": "postal_code", "height": "amount", "weight": "amount", "full": "name",
}  # fmt: skip
_HALVES = ("patient.name.family", "patient.name.given")


def with_hidden_readings(document: Document, mention: AnyMention) -> AnyMention:
    """The mention with what is hidden in its place among its alternatives, where that can be read as such a value."""
    if not isinstance(mention, FieldMention) or mention.path in _HALVES:
        return mention
    found = tuple(
        reading
        for evidence in mention.evidence
        for words in _in_place(document.page(evidence.page), evidence)
        for reading in _readings(document, mention, page=evidence.page, words=words)
    )
    return mention.model_copy(update={"alternatives": (*mention.alternatives, *found)}) if found else mention


def _in_place(page: Page, evidence: Evidence) -> Iterator[tuple[HiddenWord, ...]]:
    """The hidden words at a place, with their neighbours in the line up to the label before them."""
    if not page.hidden:
        return
    places = [Box(*corners) for corners in evidence.boxes]
    there = [word for word in page.hidden if any(_meet(page.received(word.box), place) for place in places)]
    if there:
        yield tuple(_unlabelled(_line(page.hidden, there)))


def _meet(one: Box, other: Box) -> bool:
    return one.common(other) > _SAME_PLACE * min(one.area, other.area) > 0


def _line(hidden: Sequence[HiddenWord], there: Sequence[HiddenWord]) -> list[HiddenWord]:
    """The words and those that stand beside them, from left to right."""
    kept = list(there)
    grew = True
    while grew:
        near = [word for word in hidden if word not in kept and any(_beside(word.box, other.box) for other in kept)]
        kept += near
        grew = bool(near)
    return sorted(kept, key=lambda word: (round(word.box.middle[1] / 6), word.box.x0))


def _beside(one: Box, other: Box) -> bool:
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    return one.rows_shared(other) > 0.5 and gap < _GAP * max(one.height, other.height)


def _unlabelled(words: Sequence[HiddenWord]) -> Sequence[HiddenWord]:
    colons = [number for number, word in enumerate(words[:-1]) if word.text.endswith(":")]
    return words[colons[-1] + 1 :] if colons else words


def _readings(
    document: Document, mention: FieldMention, *, page: int, words: Sequence[HiddenWord]
) -> Iterator[OtherReading]:
    seen = [Word(word.text, word.box, Span(0, 0)) for word in words]
    target = _target(mention)
    evidence = document.hidden_evidence(page, words)
    masks = {"hkid": mask_hkid, "ssn": mask_ssn}
    mask = masks.get(mention.path.rsplit(".", 1)[-1])
    if mask is not None:
        evidence = evidence.model_copy(update={"quote": mask(evidence.quote)})
    for reading in read_blank(target, (run_of(seen),), written):
        same_kind = mention.value is None or isinstance(reading.value, type(mention.value))
        if reading.path == mention.path and reading.value is not None and same_kind and reading.value != mention.value:
            yield OtherReading(value=reading.value, confidence=0.0, evidence=(evidence,), hidden=True)


def _target(mention: FieldMention) -> Target:
    path = mention.path
    leaf = path.rsplit(".", 1)[-1]
    if isinstance(mention.value, dt.date) or leaf.endswith(("_date", "_on")):
        return Target(path, "date")
    if isinstance(mention.value, Code) or leaf == "code":
        return Target(path, "diagnosis_code" if path.startswith("diagnoses") else "service_code")
    if path == "patient.name.full":
        return Target("patient.name", "name")
    known = kind_of(path)
    return Target(path, known if known not in ("text", "ignore") else _KINDS.get(leaf, "text"))

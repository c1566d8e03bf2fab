"""Of which party a form speaks where a label alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.form.blanks import Answer
from extractors.form.labels import Label
from extractors.form.sections import Sections
from extractors.form.targets import PROVIDERS

# Points: labels on one line, and how far left of a label one that speaks for it may begin.
_BESIDE, _AT_LEFT = 4.0, 12.0
# Parties that a form asks for on one line among blanks about others.
_ASIDES = ("facility", "ordering_provider", "primary_care_provider")
# A label for somebody who may be the one that requests.
_ANOTHER = re.compile(
    r"\b(if (not|different|other|another|someone|somebody)|not the requesting|other than)\b", re.IGNORECASE
)
_BOTH = re.compile(r"\b(provider|physician|clinician)s?\b.*\b(facility|hospital|place)\b", re.IGNORECASE)
# Words in the names of places where one goes for a service; suppliers and practices have others.
_PLACE = re.compile(
    r"\b(hospital|imaging|radiology|diagnostics?|mri|surgery cent(er|re)|surgical cent(er|re)|surgicenter|"
    r"medical cent(er|re)|infusion cent(er|re)|endoscopy cent(er|re)|dialysis|nursing|laborator(y|ies))\b",
    re.IGNORECASE,
)


def names_both(text: str) -> bool:
    """Whether a heading asks for a provider or a facility, whichever it is."""
    return bool(_BOTH.search(text))


def is_place(name: str) -> bool:
    """Whether an organisation's name is that of a place where services are given, such as a hospital."""
    return bool(_PLACE.search(name))


def ordered(sections: Sections, found: tuple[Answer, ...]) -> tuple[Sections, tuple[Answer, ...]]:
    """Who orders or attends also requests, unless the page asks for them apart: then who attends gives the service."""
    headed = {heading.role for heading in sections.headings} | {area.role for area in sections.areas}
    named = {answer.label.meaning.role for answer in found if not answer.label.meaning.general}
    apart = "requesting_provider" in headed | named or any(
        answer.label.meaning.role == "ordering_provider" and _ANOTHER.search(answer.label.text) for answer in found
    )
    roles = {"attending": "servicing_provider" if apart else "requesting_provider"}
    if not apart:
        roles["ordering_provider"] = "requesting_provider"
    headings = tuple(replace(heading, role=roles.get(heading.role, heading.role)) for heading in sections.headings)
    areas = tuple(replace(area, role=roles.get(area.role, area.role)) for area in sections.areas)
    return Sections(headings, areas), tuple(_renamed(answer, roles) for answer in found)


def of_party_beside(label: Label, people: Sequence[tuple[Label, str]]) -> Label:
    """A bare label right of one that names a hospital or clinic on its line speaks of the same."""
    meaning = label.meaning
    if meaning.role is not None or meaning.attribute not in ("npi", "tin", "phone", "fax"):
        return label
    beside = [
        (other.box.x0, role)
        for other, role in people
        if abs(other.box.middle[1] - label.box.middle[1]) < _BESIDE and other.box.x1 < label.box.x0
    ]
    named = max(beside)[1] if beside else ""
    return replace(label, meaning=replace(meaning, role=named)) if named in _ASIDES else label


def of_party_named(label: Label, people: Sequence[tuple[Label, str]], sections: Sections) -> Label:
    """A bare label below one of its section that names another provider than the section does speaks of that one."""
    meaning, section = label.meaning, sections.role_at(label.box)
    if meaning.attribute is None or meaning.role is not None or section not in PROVIDERS:
        return label
    heading = sections.heading_at(label.box)
    named = [
        (other.box.middle[1], role)
        for other, role in people
        if role in PROVIDERS
        and not other.meaning.general
        and other.meaning.role is not None
        and other.meaning.attribute == "name"
        and sections.heading_at(other.box) == heading
        and other.box.x0 <= label.box.x0 + _AT_LEFT
        and other.box.top <= label.box.middle[1]
    ]
    role = max(named)[1] if named else section
    return label if role == section else replace(label, meaning=replace(meaning, role=role))


def _renamed(answer: Answer, roles: Mapping[str, str]) -> Answer:
    meaning = answer.label.meaning
    role = roles.get(meaning.role or "")
    return answer if role is None else replace(answer, label=replace(answer.label, meaning=replace(meaning, role=role)))

"""Which pages of a submission belong to which request, and which to none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, utils

from models.annotations import Part, PartType
from models.code import Code
from models.document import Document
from models.mention import FieldMention
from models.request import HeldPage
from models.result import DocumentResult, Submission

# A part of one of these types asks for something; each patient they name is a request of its own.
ASKING = (PartType.PRIOR_AUTHORIZATION_FORM, PartType.REFERRAL, PartType.LETTER_OF_MEDICAL_NECESSITY)

# Names of one person, written twice and read from a fax, reach this score of rapidfuzz's token_set_ratio (0..100).
_SAME_NAME = 84.0
# Unrelated names stay below this one; what lies between may be a poor reading of the same name.
_OTHER_NAME = 60.0
# Figures of the eight of a birth date.
_OTHER_FIGURES = 3
# A name read with less confidence is wrong more often than one time in three: it is nobody's
# (benchmarks/confidence.py).
_READ_WELL = 0.65

Same = Literal["same", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a part speaks of: name as written and birth date, None where the part does not say."""

    name: str | None
    birth_date: dt.date | None

    def same(self, other: Person) -> Same:
        """Whether both are one person.

        A birth date alone that differs may be a misreading and settles nothing, unless it is another day altogether;
        beside a name that is not plainly the same (a spouse's, a child's) it does.
        """
        names = self._names_agree(other)
        dates = None if self.birth_date is None or other.birth_date is None else self.birth_date == other.birth_date
        if (names == "other" and dates is not True) or (names == "alike" and dates is False):
            return "other"
        if names is None and self._another_day(other):
            return "other"
        if names == "other" or dates is False:
            return "unknown"
        return "same" if names == "same" or dates else "unknown"

    def _another_day(self, other: Person) -> bool:
        """Whether the birth dates differ in more figures than a misreading or a slip changes."""
        if self.birth_date is None or other.birth_date is None:
            return False
        one, two = (f"{day:%Y%m%d}" for day in (self.birth_date, other.birth_date))
        swapped = one[:4] == two[:4] and one[4:6] == two[6:] and one[6:] == two[4:6]
        return not swapped and sum(a != b for a, b in zip(one, two, strict=True)) >= _OTHER_FIGURES

    def _names_agree(self, other: Person) -> Literal["same", "alike", "other"] | None:
        if not self.name or not other.name:
            return None
        score = fuzz.token_set_ratio(self.name, other.name, processor=utils.default_process)
        return "same" if score >= _SAME_NAME else "other" if score < _OTHER_NAME else "alike"


@dataclass(frozen=True, slots=True)
class CasePart:
    """A part of one document and how it stands to the case's patient."""

    result: DocumentResult
    part: Part
    person: Person
    patient: Same = "unknown"


@dataclass(frozen=True, slots=True)
class Case:
    """One request's pages. `others` tells that pages of another patient were among the submission."""

    patient: Person
    parts: tuple[CasePart, ...]
    others: bool = False


@dataclass(frozen=True, slots=True)
class _Seed:
    """What makes a case: its patient, and the services its forms ask for."""

    person: Person
    services: frozenset[str]


def split_cases(submission: Submission) -> tuple[tuple[Case, ...], tuple[HeldPage, ...]]:
    """Give every page of a submission to exactly one case, or hold it.

    Each patient that a form or request letter names is a case, and so is each form of theirs that asks for other
    services.
    Other parts go to the case whose patient they name; those that name nobody stay with the parts of their document,
    then
    of their mail or folder, then with the case before them. A part that names somebody else altogether is held.
    """
    parts = [
        CasePart(result, part, _person(result, part))
        for result in submission.results
        for part in result.annotations.parts
    ]
    asking = [part for part in parts if part.part.type in ASKING]
    seeds, homes = _seeds(asking or parts[:1])
    seeds = [_learned(seed, parts, alone=len(seeds) == 1) for seed in seeds]
    placed: dict[int, int] = {id(part): home for part, home in zip(asking, homes, strict=False)}
    held: list[CasePart] = []
    for part in parts:
        if id(part) in placed:
            continue
        judged = [seed.person.same(part.person) for seed in seeds]
        if "same" in judged:
            placed[id(part)] = _nearest(part, parts, placed, [i for i, same in enumerate(judged) if same == "same"])
        elif "unknown" not in judged:
            held.append(part)
    for part in parts:
        if id(part) not in placed and part not in held:
            allowed = [i for i, seed in enumerate(seeds) if seed.person.same(part.person) == "unknown"]
            placed[id(part)] = _nearest(part, parts, placed, allowed)
    return _cases(seeds, parts, placed, held), tuple(page for part in held for page in _held(submission, part))


def _cases(
    seeds: Sequence[_Seed], parts: Sequence[CasePart], placed: dict[int, int], held: Sequence[CasePart]
) -> tuple[Case, ...]:
    """The cases with their parts in the order of reception; pages held back are told to the case they came with."""
    told = {_nearest(part, parts, placed, range(len(seeds))) for part in held}
    cases = []
    for number, seed in enumerate(seeds):
        own = tuple(
            replace(part, patient=seed.person.same(part.person)) for part in parts if placed.get(id(part)) == number
        )
        if own:
            cases.append(Case(seed.person, own, number in told))
    return tuple(cases)


def _nearest(part: CasePart, parts: Sequence[CasePart], placed: dict[int, int], allowed: Sequence[int]) -> int:
    """Of the allowed cases the one with parts in the same document, the same container, or placed last before it."""
    document = part.result.document
    before = [other for other in parts[: parts.index(part)] if placed.get(id(other)) in allowed]
    everywhere = [other for other in parts if placed.get(id(other)) in allowed]
    for near in (
        [other for other in before if other.result.document.id == document.id],
        [other for other in everywhere if other.result.document.id == document.id],
        [other for other in everywhere if document.parent and other.result.document.parent == document.parent],
        before,
    ):
        if near:
            return placed[id(near[-1])]
    return allowed[0]


def _seeds(parts: Sequence[CasePart]) -> tuple[list[_Seed], list[int]]:
    """The distinct cases that these parts ask for, and the case of each part.

    Who is not clearly another is the same.
    """
    seeds: list[_Seed] = []
    homes: list[int] = []
    for part in parts:
        services = _services(part)
        at = next(
            (
                i
                for i, seed in enumerate(seeds)
                if _one_person(seed.person, part.person) and _one_service(seed.services, services)
            ),
            None,
        )
        if at is None:
            seeds.append(_Seed(part.person, services))
            homes.append(len(seeds) - 1)
            continue
        known = seeds[at].person
        person = Person(known.name or part.person.name, known.birth_date or part.person.birth_date)
        seeds[at] = _Seed(person, seeds[at].services | services)
        homes.append(at)
    return seeds or [_Seed(Person(None, None), frozenset())], homes


def _learned(seed: _Seed, parts: Sequence[CasePart], *, alone: bool) -> _Seed:
    """The seed with what its other papers tell of its patient where its form was not read: a hand's name, a letter's.

    Who has the birth date that the form gives bears the patient's name, and who bears the name has the date. A form
    that tells no name is, where it came `alone`, for the person whom at least two papers name, and most of them.
    """
    person, told = seed.person, [part.person for part in parts if part.person.name]
    if person.name and person.birth_date:
        return seed
    sharing = (one.name for one in told if one.birth_date and one.birth_date == person.birth_date)
    name = person.name or next(sharing, None) or (_mostly_named(told, person) if alone else None)
    if name is None:
        return seed
    named = Person(name, None)
    days = Counter(one.birth_date for one in told if one.birth_date and named.same(one) == "same")
    return _Seed(Person(name, person.birth_date or next((day for day, _ in days.most_common(1)), None)), seed.services)


def _mostly_named(told: Sequence[Person], person: Person) -> str | None:
    """The name that at least two of the named have, and more than half of all who may be the person."""
    able = [one for one in told if None in (one.birth_date, person.birth_date) or one.birth_date == person.birth_date]
    alike = [sum(Person(one.name, None).same(other) == "same" for other in told) for one in able]
    most = max(alike, default=0)
    return able[alike.index(most)].name if most > 1 and 2 * most > len(told) else None


def _one_person(one: Person, other: Person) -> bool:
    """Whether two forms may speak of one patient: forms that name nobody but give two birth dates do not."""
    if one.same(other) == "other":
        return False
    nameless = not one.name or not other.name
    return not (nameless and one.birth_date and other.birth_date and one.birth_date != other.birth_date)


def _one_service(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two forms may ask for the same: they share a service, or one of them names none."""
    return not one or not other or bool(one & other)


def _services(part: CasePart) -> frozenset[str]:
    """The codes, drugs and services that a form itself asks for; letters and notes only speak about them."""
    if part.part.type is not PartType.PRIOR_AUTHORIZATION_FORM:
        return frozenset()
    paths = ("service_lines.code", "service_lines.drug.name", "service_lines.text")
    return frozenset(
        mention.value.code if isinstance(mention.value, Code) else str(mention.value).lower()
        for mention in _fields(part.result, part.part, paths)
    )


def _fields(result: DocumentResult, part: Part, paths: Sequence[str], *, unclear: bool = False) -> list[FieldMention]:
    """The fields on a part's pages with one of these paths; only the clear ones unless `unclear`."""
    return [
        mention
        for mention in result.mentions
        if isinstance(mention, FieldMention)
        and mention.path in paths
        and mention.evidence[0].page in part.pages
        and (unclear or mention.unclear is None)
    ]


def _person(result: DocumentResult, part: Part) -> Person:
    """Whom a part speaks of: by its fields that were read well, else by what annotation found."""
    paths = ("patient.name.full", "patient.name.family", "patient.name.given", "patient.birth_date")
    said = _fields(result, part, paths)
    fields: dict[str, object] = {}
    for mention in said:
        if mention.confidence >= _READ_WELL:
            fields.setdefault(mention.path, mention.value)
    halves = [str(fields[path]) for path in paths[2:0:-1] if path in fields]
    tried = _fields(result, part, paths[:3], unclear=True)
    seen = None if tried else part.patient.name
    name = fields.get(paths[0]) or (" ".join(halves) if len(halves) == 2 else None) or seen
    born = fields.get(paths[3])
    return Person(str(name) if name else None, born if isinstance(born, dt.date) else _date(part.patient.birth_date))


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _held(submission: Submission, part: CasePart) -> list[HeldPage]:
    document: Document = part.result.document
    return [
        HeldPage(
            submission=submission.receipt.submission,
            file=document.path,
            document=document.id,
            page=page,
            code="mixed-patient",
            reason="The page names another patient than the request. A person must say where it belongs.",
        )
        for page in part.part.pages
    ]

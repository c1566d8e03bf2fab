"""Which pages of a submission belong to which request, and which to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, utils

from models.annotations import Part, PartType
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

Same = Literal["same", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a part speaks of: name as written and birth date, None where the part does not say."""

    name: str | None
    birth_date: dt.date | None

    def same(self, other: Person) -> Same:
        """Whether both are one person.

        A birth date alone that differs may be a misreading and settles nothing; beside a name that is not plainly the
        same (a spouse's, a child's) it does.
        """
        names = self._names_agree(other)
        dates = None if self.birth_date is None or other.birth_date is None else self.birth_date == other.birth_date
        if (names == "other" and dates is not True) or (names == "alike" and dates is False):
            return "other"
        if names == "other" or dates is False:
            return "unknown"
        return "same" if names == "same" or dates else "unknown"

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


def split_cases(submission: Submission) -> tuple[tuple[Case, ...], tuple[HeldPage, ...]]:
    """Give every page of a submission to exactly one case, or hold it.

    Each patient that a form or request letter names is a case. Other parts go to the patient they name, or else to the
    case of the last form before them; a part that names somebody else altogether is held.
    """
    parts = [
        CasePart(result, part, _person(result, part))
        for result in submission.results
        for part in result.annotations.parts
    ]
    patients = (
        _patients([part for part in parts if part.part.type in ASKING]) or _patients(parts)[:1] or [Person(None, None)]
    )
    groups: list[list[CasePart]] = [[] for _ in patients]
    held: list[HeldPage] = []
    current = 0
    for part in parts:
        judged = [patient.same(part.person) for patient in patients]
        if "same" in judged:
            home = judged.index("same")
        elif "unknown" in judged:
            home = current if judged[current] == "unknown" else judged.index("unknown")
        else:
            held.extend(_held(submission, part))
            continue
        current = home if part.part.type in ASKING else current
        groups[home].append(replace(part, patient=judged[home]))
    cases = tuple(
        Case(patient, tuple(group), bool(held)) for patient, group in zip(patients, groups, strict=True) if group
    )
    return cases, tuple(held)


def _patients(parts: Sequence[CasePart]) -> list[Person]:
    """The distinct people that these parts speak of, in order; who is not clearly another is the same."""
    people: list[Person] = []
    for part in parts:
        at = next((i for i, person in enumerate(people) if person.same(part.person) != "other"), None)
        if at is None:
            people.append(part.person)
        else:
            known = people[at]
            people[at] = Person(known.name or part.person.name, known.birth_date or part.person.birth_date)
    return people


def _person(result: DocumentResult, part: Part) -> Person:
    """Whom a part speaks of: by its fields, else by what annotation found."""
    fields = {
        mention.path: mention.value
        for mention in result.mentions
        if isinstance(mention, FieldMention)
        and mention.path in ("patient.name.full", "patient.birth_date")
        and mention.evidence[0].page in part.pages
        and mention.unclear is None
    }
    name, born = fields.get("patient.name.full"), fields.get("patient.birth_date")
    return Person(
        name if isinstance(name, str) else part.patient.name,
        born if isinstance(born, dt.date) else _date(part.patient.birth_date),
    )


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

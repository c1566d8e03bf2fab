"""What goes wrong in packets: each defect changes the plan of one, and says in words what it has planted."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.truth import Defect, PageTruth
from samples.document import Document
from samples.fictions import wrong_npi
from samples.scenario import Scenario

_NOTES = frozenset({"progress-note", "history-and-physical", "consultation"})
_IMAGING_AND_ORDER = (_NOTES, frozenset({"order"}))
# The types of papers, any of each set, without which rules of payers do not let a service pass (checklists/*.yaml). For
# a biologic drug a letter is as good as a note.
_NEEDED: Mapping[str, tuple[frozenset[str], ...]] = {
    "lumbar-mri": _IMAGING_AND_ORDER,
    "cervical-mri": _IMAGING_AND_ORDER,
    "brain-mri": _IMAGING_AND_ORDER,
    "knee-orthosis": _IMAGING_AND_ORDER,
    "joint-replacement": _IMAGING_AND_ORDER,
    "power-wheelchair": (*_IMAGING_AND_ORDER, frozenset({"therapy-note", "plan-of-care"})),
    "cpap": (*_IMAGING_AND_ORDER, frozenset({"sleep-study"})),
    "home-oxygen": (*_IMAGING_AND_ORDER, frozenset({"laboratory-report"})),
    "physical-therapy": (frozenset({"therapy-note", "plan-of-care"}), frozenset({"order"})),
    "botulinum-toxin": (_NOTES,),
    "hong-kong-admission": (frozenset({"imaging-report", "laboratory-report"}),),
}
# Visits older than this are beyond every window that a checklist looks at.
_LONG_AGO = dt.timedelta(days=430)


@dataclass(frozen=True, slots=True)
class Plan:
    """A packet before it is drawn.

    `strangers` are papers of someone else, `second` another request in the same packet. `wrong` are values that were
    planted: the last part of their path, the value, the defect.
    """

    scenario: Scenario
    second: Scenario | None = None
    strangers: tuple[Document, ...] = ()
    again: bool = False
    upside_down: bool = False
    wrong: tuple[tuple[str, str, str], ...] = ()
    defects: tuple[Defect, ...] = ()

    def told(self, code: str, words: str) -> Plan:
        """The same plan with one more defect to its name."""
        return replace(self, defects=(*self.defects, Defect(code, words)))


def seen(plan: Plan, pages: Sequence[PageTruth]) -> tuple[Defect, ...]:
    """The defects of a plan that can be seen on its pages: a wrong value was written on one, a page came again."""
    absent = {code for _, _, code in plan.wrong} - {value.planted for page in pages for value in page.values}
    absent |= set() if any(page.again for page in pages) else {"re-sent-page"}
    absent |= set() if any(page.turn for page in pages) else {"upside-down-page"}
    return tuple(defect for defect in plan.defects if defect.code not in absent)


# A defect: the changed plan, or None where this packet has no place for it. `other` makes another patient's story.
Planting = Callable[[Plan, random.Random, Callable[[], Scenario]], Plan | None]


def missing_document(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """The papers of a kind that the service needs were not sent."""
    del other
    story = plan.scenario
    kinds = [kind for kind in _NEEDED.get(story.service, ()) if any(paper.part in kind for paper in story.documents)]
    if not kinds:
        return None
    kind = rng.choice(kinds)
    left = tuple(paper for paper in story.documents if paper.part not in kind)
    if not left:
        return None
    words = f"the {' or '.join(sorted(kind)).replace('-', ' ')} was left out"
    return replace(plan, scenario=replace(story, documents=left)).told("missing-document", words)


def unsigned_order(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """Nobody signed the order."""
    del rng, other
    if not any(paper.role == "order" for paper in plan.scenario.documents):
        return None
    changed = plan.scenario.with_document("order", lambda paper: replace(paper.unsigned(), defect="unsigned-order"))
    return replace(plan, scenario=changed).told("unsigned-order", "the order is not signed")


def unsigned_form(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """The form or letter was not signed."""
    del rng, other
    case = replace(plan.scenario.case, signed=False)
    return replace(plan, scenario=replace(plan.scenario, case=case)).told("unsigned-form", "the form is not signed")


def expired_visit(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """Every note of a visit lies more than a year back, where rules ask for one of late."""
    del rng, other
    story = plan.scenario
    notes = any(paper.part in _NOTES for paper in story.documents)
    if _NOTES not in _NEEDED.get(story.service, ()) or not notes:
        return None
    papers = tuple(
        replace(paper, on=paper.on - _LONG_AGO, defect="expired-visit") if paper.part in _NOTES else paper
        for paper in story.documents
    )
    words = "the visit note is more than a year old"
    return replace(plan, scenario=replace(story, documents=papers)).told("expired-visit", words)


def wrong_side(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """A report or order speaks of the other side of the body."""
    del other
    sides = [paper for paper in plan.scenario.documents if paper.about_the_other_side() != paper and paper.role]
    sides = [paper for paper in sides if paper.role in ("imaging", "order", "test")]
    if not any(line.side in ("left", "right") for line in plan.scenario.case.lines) or not sides:
        return None
    role = rng.choice(sides).role
    changed = plan.scenario.with_document(
        role, lambda paper: replace(paper.about_the_other_side(), defect="wrong-side")
    )
    return replace(plan, scenario=changed).told("wrong-side", f"the paper of the role {role} names the other side")


def second_patient(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """A paper of another patient lies among the others."""
    stranger = rng.choice(other().documents)
    papers = (*plan.strangers, replace(stranger, defect="second-patient"))
    return replace(plan, strangers=papers).told("second-patient", "a paper of another patient is in the packet")


def second_form(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """A second request for another patient came in the same packet."""
    del rng
    if plan.second is not None:
        return None
    second = other()
    return replace(plan, second=replace(second, documents=second.documents[:1])).told(
        "second-form", "a second request, for another patient, is in the packet"
    )


def near_miss_identifier(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """One paper has a member id that differs by a digit."""
    del other
    right = plan.scenario.case.patient.member_id
    places = [place for place, sign in enumerate(right) if sign.isdigit()]
    if not places or not plan.scenario.documents:
        return None
    place = rng.choice(places)
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    changed = _one_paper(plan, rng, lambda paper: replace(paper, patient=replace(paper.patient, member_id=wrong)))
    told = changed.told("near-miss-identifier", "one paper's member id differs from the form's by one digit")
    return replace(told, wrong=(*told.wrong, ("/coverage/member_id", wrong, "near-miss-identifier")))


def mistyped_npi(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """The requester's NPI on the form has one wrong digit, so that its check fails."""
    del rng, other
    case = plan.scenario.case
    if not case.requester.npi:
        return None
    wrong = wrong_npi(case.requester.npi)
    case = replace(case, requester=replace(case.requester, npi=wrong))
    changed = replace(plan, scenario=replace(plan.scenario, case=case))
    told = changed.told("mistyped-npi", "one digit of the requester's NPI is wrong")
    return replace(told, wrong=(*told.wrong, ("/npi", wrong, "mistyped-npi")))


def conflicting_date(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """One paper has another birth date for the same patient."""
    del other
    right = plan.scenario.case.patient.birth_date
    wrong = right.replace(year=right.year - 1) if right.day == right.month else _another(right, rng)
    if not plan.scenario.documents:
        return None
    changed = _one_paper(plan, rng, lambda paper: replace(paper, patient=replace(paper.patient, birth_date=wrong)))
    told = changed.told("conflicting-date", "one paper has another birth date for the patient")
    return replace(told, wrong=(*told.wrong, ("/patient/birth_date", wrong.isoformat(), "conflicting-date")))


def resent_page(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """A page comes twice."""
    del rng, other
    return replace(plan, again=True).told("re-sent-page", "one page was sent twice")


def upside_down_page(plan: Plan, rng: random.Random, other: Callable[[], Scenario]) -> Plan | None:
    """A page lies upside down."""
    del rng, other
    return replace(plan, upside_down=True).told("upside-down-page", "one page lies upside down")


DEFECTS: tuple[Planting, ...] = (
    missing_document,
    unsigned_order,
    unsigned_form,
    expired_visit,
    wrong_side,
    second_patient,
    second_form,
    near_miss_identifier,
    mistyped_npi,
    conflicting_date,
    resent_page,
    upside_down_page,
)


def _one_paper(plan: Plan, rng: random.Random, change: Callable[[Document], Document]) -> Plan:
    chosen = rng.randrange(len(plan.scenario.documents))
    papers = tuple(change(paper) if number == chosen else paper for number, paper in enumerate(plan.scenario.documents))
    return replace(plan, scenario=replace(plan.scenario, documents=papers))


def _another(day: dt.date, rng: random.Random) -> dt.date:
    return (
        day.replace(day=day.day % 28 + 1)
        if rng.random() < 0.5
        else day.replace(year=day.year + 1, day=min(day.day, 28))
    )

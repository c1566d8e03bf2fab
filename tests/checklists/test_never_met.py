"""What must never count: another patient's page, an unsigned order, a paper out of the window or of the other side."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.assess import assess
from checklists.needs import flat
from checklists.policies import Policies
from checklists.twins import build, read_twin
from models.annotations import PartType
from models.checklist import Item, Need
from models.evidence import Sourced
from models.request import AuthorizationRequest, RequestPart
from models.service_line import ServiceLine
from tests.checklists.drafts import fact, paper, part, request, told
from tests.checklists.test_predicates import checklist, find

THERAPY, SEVERITY = "conventional_systemic_therapy", "disease_severity"
TWINS = sorted((Path(__file__).resolve().parent / "twins").glob("*.yaml"))
WINDOW = {"value": 6, "unit": "mo", "before": "received"}
OLD, NEW = dt.date(2025, 1, 1), dt.date(2026, 9, 1)
# Each predicate that looks at papers or facts, in a form that `good` meets.
NEEDS: tuple[dict[str, Any], ...] = (
    {"document": {"type": ["progress-note", "order"], "signed": True, "within": WINDOW, "laterality": "same"}},
    {"order": {"signed": True, "within": WINDOW, "laterality": "same"}},
    {"entity": {"concept": THERAPY, "within": WINDOW, "laterality": "same"}},
    {"duration": {"of": THERAPY, "at_least": {"value": 6, "unit": "wk"}, "within": WINDOW}},
    {"measurement": {"of": SEVERITY, "unit": "points", "at_least": "3", "within": WINDOW}},
    {"count": {"of": THERAPY, "at_least": 1}},
    {"same": {"left": "order.author", "right": "requesting_provider.name"}},
)
NAMES = [next(iter(need)) for need in NEEDS]


def changed(found: RequestPart, **changes: Any) -> RequestPart:
    return found.model_copy(update=changes)


def good(**changes: Any) -> AuthorizationRequest:
    """A signed order that says everything itself, on the side that is asked for; `changes` are those of the order."""
    order = part(PartType.ORDER, (2,), on=NEW, signed="signed", author="Bo Sample, MD")
    order = changed(order, **({"laterality": told("left", 2)} | changes))
    facts = (
        fact(THERAPY, value="8", unit="wk", page=2),
        fact(SEVERITY, value="9", unit="points", page=2, category="test"),
    )
    line = ServiceLine(text=told("A brace"), laterality=told("left"))
    return request(documents=(paper(order),), clinical=facts, service_lines=(line,))


def verdict(need: dict[str, Any], made: AuthorizationRequest) -> str:
    return assess(made, (checklist(need),)).findings[0].verdict


@pytest.mark.parametrize("need", NEEDS, ids=NAMES)
def test_the_good_one_is_met(need: dict[str, Any]) -> None:
    assert verdict(need, good()) == "met"


@pytest.mark.parametrize("need", NEEDS, ids=NAMES)
def test_not_by_another_patients_page(need: dict[str, Any]) -> None:
    assert verdict(need, good(patient="other")) != "met"


@pytest.mark.parametrize("need", NEEDS, ids=NAMES)
@pytest.mark.parametrize("signed", ["unsigned"])
def test_not_by_an_unsigned_order(need: dict[str, Any], signed: str) -> None:
    assert verdict(need, good(signed=told(signed, 2))) != "met"


@pytest.mark.parametrize("need", NEEDS[:2], ids=NAMES[:2])
@pytest.mark.parametrize("signed", [None, told("unclear", 2), told("signed", 2, unclear="illegible")])
def test_not_by_an_order_whose_signature_is_in_doubt(need: dict[str, Any], signed: Sourced[Any] | None) -> None:
    assert verdict(need, good(signed=signed)) == "unclear"


@pytest.mark.parametrize("need", NEEDS[:5], ids=NAMES[:5])
@pytest.mark.parametrize("on", [OLD, dt.date(2027, 1, 1), None])
def test_not_by_a_paper_out_of_the_window(need: dict[str, Any], on: dt.date | None) -> None:
    assert verdict(need, good(dated_on=told(on, 2) if on else None)) != "met"


@pytest.mark.parametrize("need", NEEDS[:3], ids=NAMES[:3])
@pytest.mark.parametrize("side", ["right", None])
def test_not_by_the_other_side_nor_by_no_side(need: dict[str, Any], side: str | None) -> None:
    found = verdict(need, good(laterality=told(side, 2) if side else None))
    assert found == ("not_met" if side else "unclear")


def test_a_field_on_another_patients_page_does_not_count() -> None:
    need = {"field": {"path": "references.referral_number"}}
    other = part(PartType.REFERRAL, (2,), patient="other")
    finding = find(need, documents=(paper(other),), references={"referral_number": told("R1", 2)})
    assert (finding.verdict, finding.cause) == ("not_found", "other-patient")


STATES: st.SearchStrategy[Any] = st.sampled_from(["present", "failed", "historical"])
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 9, 11))


@st.composite
def spoilt(draw: st.DrawFn) -> AuthorizationRequest:
    """A request whose every order and note is another patient's, an unsigned order, or older than the window."""
    parts, facts = [], []
    for page in range(2, 2 + draw(st.integers(1, 4))):
        how = draw(st.sampled_from(["other", "unsigned", "old"]))
        kind = PartType.ORDER if how == "unsigned" else draw(st.sampled_from([PartType.ORDER, PartType.PROGRESS_NOTE]))
        on = OLD - dt.timedelta(days=draw(st.integers(0, 900))) if how == "old" else draw(DAYS)
        made = part(kind, (page,), on=on, signed="unsigned" if how == "unsigned" else "signed", author="Bo Sample, MD")
        patient = "other" if how == "other" else draw(st.sampled_from(["same", "unknown"]))
        parts.append(changed(made, patient=patient, laterality=told("left", page)))
        dated = on if draw(st.booleans()) else None
        facts += [
            fact(THERAPY, draw(STATES), on=dated, value=str(draw(st.integers(6, 30))), unit="wk", page=page),
            fact(SEVERITY, on=dated, value=str(draw(st.integers(3, 90))), unit="points", page=page),
        ]
    line = ServiceLine(text=told("A brace"), laterality=told("left"))
    return request(documents=(paper(*parts, pages=6),), clinical=tuple(facts), service_lines=(line,))


@given(spoilt())
def test_nothing_that_has_a_window_is_met_by_spoilt_papers(made: AuthorizationRequest) -> None:
    for need in NEEDS[:5]:
        assert verdict(need, made) != "met", need


@given(spoilt(), st.sampled_from(["any_of", "all_of"]))
def test_nor_by_any_joining_of_them(made: AuthorizationRequest, key: str) -> None:
    assert verdict({key: list(NEEDS[:5])}, made) != "met"


def _papers(items: tuple[Item, ...], wanted: str) -> set[str]:
    """The items whose every predicate looks at papers or facts, and asks for a window or a side."""

    def fits(need: Need) -> bool:
        told = need.document or need.order or need.entity
        window = getattr(told or need.duration or need.measurement, "within", None)
        if wanted == "within":
            return window is not None and window.before == "received"
        if wanted == "laterality":
            return told is not None and told.laterality == "same"
        if wanted == "order":
            return need.order is not None
        return bool(told or need.duration or need.measurement)

    return {item.id for item in items if all(fits(need) for need in flat(item.need))}


SPOILINGS: dict[str, Any] = {
    "paper": lambda _: {"patient": "other"},
    "order": lambda part: {"signed": told("unsigned", part.pages[0])} if part.type is PartType.ORDER else {},
    "within": lambda part: {"dated_on": told(dt.date(2019, 1, 1), part.pages[0])},
    "laterality": lambda part: {
        "laterality": told("left" if part.laterality and part.laterality.value == "right" else "right", part.pages[0])
    },
}


@pytest.mark.parametrize("path", TWINS, ids=[path.stem for path in TWINS])
@pytest.mark.parametrize("wanted", SPOILINGS)
def test_no_checklist_is_met_by_spoilt_papers(policies: Policies, path: Path, wanted: str) -> None:
    twin = read_twin(path, policies.checklists)
    policy = next(one for one in policies.checklists if one.id == twin.checklist)
    whole = build(twin.whole)
    spoil = SPOILINGS[wanted]
    form, *parts = whole.documents[0].parts
    document = whole.documents[0].model_copy(update={"parts": (form, *(changed(one, **spoil(one)) for one in parts))})
    facts = tuple(one.model_copy(update={"laterality": None}) for one in whole.clinical)
    found = assess(whole.model_copy(update={"documents": (document,), "clinical": facts}), (policy,)).findings
    judged = _papers(policy.items, wanted)
    assert [one.item for one in found if one.item in judged and one.verdict == "met"] == []

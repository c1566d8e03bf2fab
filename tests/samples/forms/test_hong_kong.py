from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from models.truth import PageTruth
from samples import people_hk
from samples.case import Admission, Case, Diagnosis, Line
from samples.forms import hong_kong
from samples.page import A4, LETTER, Book, Hand
from tests.samples.forms.looks import faults, stated, struck_out, ticked

ON = dt.date(2026, 9, 14)
HANDS = (Hand(), Hand("Courier", 9.5), Hand("Klee", 11, "handwritten"), Hand("Breip", 12, "handwritten"))


def _rich(seed: int = 1) -> Case:
    rng = random.Random(seed)
    who = people_hk.patient(rng)
    symptoms = (
        "Left knee pain and swelling for four months after a fall, with locking, giving way on stairs and night pain"
    )
    policy = people_hk.policy(
        rng, who, symptoms=symptoms, onset_on=dt.date(2026, 5, 2), consulted_on=dt.date(2026, 5, 20)
    )
    estimates = (*policy.estimates, ("Physiotherapy", 3200))
    return Case(
        payer=people_hk.INSURERS[0],
        patient=who,
        requester=people_hk.doctor(rng, "Orthopaedics & Traumatology"),
        on=ON,
        level_of_service="urgent",
        diagnoses=(
            Diagnosis("M23.21", "Derangement of anterior horn of medial meniscus due to old tear, left knee"),
            Diagnosis("", "Osteoarthritis of the left knee"),
        ),
        lines=(Line("", "Arthroscopic partial medial meniscectomy", 1, side="left"), Line("", "Chondroplasty", 1)),
        kind="admission",
        market="hk",
        urgency_reason="Locked knee, unable to bear weight since 10 September",
        facility=people_hk.hospital(rng),
        admission=Admission("urgent", ON + dt.timedelta(days=4), 3, "acute"),
        policy=replace(
            policy,
            estimates=estimates,
            ward_class="Semi-private room",
            surgical_category="Major",
            same_condition_before="2021, physiotherapy",
            other_insurer=people_hk.INSURERS[1],
        ),
    )


def _sparse() -> Case:
    case = _rich(2)
    assert case.policy is not None
    policy = replace(
        case.policy,
        estimates=(),
        ward_class="",
        surgical_category="",
        same_condition_before="",
        other_insurer="",
        guarantee=False,
    )
    return replace(
        case,
        patient=replace(case.patient, name_zh="", hkid="", phone=""),
        diagnoses=(Diagnosis("", "Left knee pain"),),
        lines=(Line("", "MRI left knee", 1),),
        level_of_service="standard",
        urgency_reason="",
        kind="service",
        facility=None,
        admission=None,
        starts=ON,
        signed=False,
        policy=policy,
    )


def _drawn(
    folder: Path, case: Case, *, seed: int = 0, hand: Hand | None = None, size: tuple[float, float] = A4
) -> tuple[PageTruth, ...]:
    book = Book(folder / "form.pdf", "Form", hand=hand, size=size)
    hong_kong.draw(book, case, rng=random.Random(seed))
    assert book.papers[0].signed == ("signed" if case.signed else "unsigned")
    return book.save()


@pytest.mark.parametrize(("seed", "hand"), tuple(enumerate(HANDS)), ids=["typed", "courier", "klee", "breip"])
def test_all_stands_in_its_place(tmp_path: Path, seed: int, hand: Hand) -> None:
    case, size = _sparse() if seed == 1 else _rich(seed), LETTER if seed % 2 else A4
    pages = _drawn(tmp_path, case, seed=seed, hand=hand, size=size)
    assert len(pages) == 2
    assert [fault for page in pages for fault in faults(page)] == []
    assert list(struck_out(tmp_path / "form.pdf")) == []


@pytest.mark.parametrize("seed", range(6))
def test_dates_are_day_first_and_stated_as_iso(tmp_path: Path, seed: int) -> None:
    pages = _drawn(tmp_path, _rich(), seed=seed)
    dates = [one for page in pages for one in page.values if one.path.endswith(("_on", "birth_date"))]
    assert len(dates) >= 8
    for one in dates:
        numbers = [int(number) for number in re.findall(r"\d+", one.quote)]
        year, month, day = numbers if "年" in one.quote else reversed(numbers)
        assert dt.date(year, month, day).isoformat() == one.value


def test_the_identity_card_number_is_shown_whole_and_stated_masked(tmp_path: Path) -> None:
    case = _rich()
    (value,) = [one for one in _drawn(tmp_path, case)[0].values if one.path == "/patient/identifiers/0/value"]
    assert value.quote == case.patient.hkid
    assert value.value == f"{case.patient.hkid[:4]}***(*)"


def test_both_scripts_are_words_of_their_own_and_chinese_names_are_values(tmp_path: Path) -> None:
    case = _rich()
    pages = _drawn(tmp_path, case)
    assert stated(pages)["/patient/name_zh"] == case.patient.name_zh
    words = {word.text for word in pages[0].words if word.kind == "printed"}
    assert {"Policy", "保單號碼", "性別"} <= words


def test_fees_stay_and_consents_are_the_case_s(tmp_path: Path) -> None:
    case = _rich()
    assert case.policy is not None
    values = stated(_drawn(tmp_path, case))
    for place, (kind, amount) in enumerate(case.policy.estimates):
        assert values[f"/hong_kong/estimates/{place}/kind"] == kind
        assert values[f"/hong_kong/estimates/{place}/amount"] == str(amount)
    assert (values["/admission/admitted_on"], values["/admission/days"]) == ("2026-09-18", "3")
    assert values["/hong_kong/symptom_onset_on"] == "2026-05-02"
    assert values["/hong_kong/first_consulted_on"] == "2026-05-20"
    assert values["/hong_kong/policyholder/relationship"] == case.policy.relationship
    assert [values[f"/hong_kong/consents/{n}/by"] for n in range(2)] == ["insured", "policyholder"]
    assert [values[f"/hong_kong/consents/{n}/signed"] for n in range(2)] == ["true", "true"]
    assert values["/signature/state"] == "signed"


def test_ticks_mean_what_the_case_says(tmp_path: Path) -> None:
    rich, poor = ticked(_drawn(tmp_path, _rich())), ticked(_drawn(tmp_path, _sparse()))
    assert rich["/hong_kong/ward_class"] == ["Semi-private room"]
    assert rich["/hong_kong/surgical_category"] == ["Major"]
    assert rich["/hong_kong/previous_same_condition"] == ["Yes"]
    assert rich["/admission/type"] == rich["/level_of_service"] == ["urgent"]
    assert rich["/service_lines/0/laterality"] == ["left"]
    assert poor["/hong_kong/guarantee_requested"] == ["false"]
    assert poor["/hong_kong/ward_class"] == poor["/admission/type"] == []


def test_a_poor_case_leaves_blanks_and_no_signature(tmp_path: Path) -> None:
    pages = _drawn(tmp_path, _sparse())
    values = stated(pages)
    assert [one.ink for page in pages for one in page.signatures] == ["none"] * 3
    assert values["/signature/state"] == "unsigned"
    assert values["/hong_kong/consents/0/signed"] == "false"
    assert values["/service_lines/0/start_on"] == "2026-09-14"
    assert not [path for path in values if "estimates" in path or "identifiers" in path or path.startswith("/facility")]


def test_the_form_needs_a_policy(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="policy of Hong Kong"):
        hong_kong.draw(Book(tmp_path / "form.pdf", "Form"), replace(_rich(), policy=None), rng=random.Random(0))

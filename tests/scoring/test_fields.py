from __future__ import annotations

from typing import Any

import pytest

from models.geometry import Box
from models.request import Name, Patient, Provider, Signature
from scoring.fields import Judged, judge, pattern
from scoring.found import leaves
from scoring.stated import Spot, Stated
from tests.scoring.made import AWAY, BOX, FILE, FORM, all_stated, part, request, said

SPOT = Spot(FILE, 1, BOX)
PATHS = {"d1": FILE}
ID = "/requesting_provider/npi"


def judged(leaf: Any, *values: str, **told: Any) -> Judged:
    """The verdict about the requester's NPI."""
    read = request(part(FORM, 1), requesting_provider=Provider(npi=leaf))
    return judge(leaves(read), all_stated(Stated(ID, values, (SPOT,), **told)), paths=PATHS)[0]


@pytest.mark.parametrize(
    ("leaf", "verdict"),
    [
        (said("2000000006"), "right"),
        (said("2000000007"), "wrong"),
        (None, "missed"),
        (said(None, unclear="invalid"), "unclear"),
        (said("2000000006", unclear="illegible"), "unclear"),
    ],
)
def test_a_leaf_has_one_of_these_verdicts(leaf: Any, verdict: str) -> None:
    assert judged(leaf, "2000000006").verdict == verdict


def test_a_value_that_nobody_stated_is_too_much() -> None:
    read = request(part(FORM, 1), requesting_provider=Provider(fax=said("2165550100")))
    assert [(one.path, one.verdict) for one in judge(leaves(read), {}, paths=PATHS)] == [
        ("/requesting_provider/fax", "extra")
    ]


def test_a_doubt_about_what_is_not_there_is_no_value_too_much() -> None:
    read = request(part(FORM, 1), requesting_provider=Provider(fax=said(None, unclear="illegible")))
    assert judge(leaves(read), {}, paths=PATHS) == ()


def test_a_value_off_words_the_truth_is_silent_about_counts_neither_way() -> None:
    read = request(part(FORM, 1), requesting_provider=Provider(fax=said("2165550100")))
    silent = {(FILE, 1): (Box(102, 102, 140, 108),)}
    assert judge(leaves(read), {}, paths=PATHS, silent=silent)[0].verdict == "untold"
    assert judge(leaves(read), {}, paths=PATHS, silent={(FILE, 2): silent[FILE, 1]})[0].verdict == "extra"


def test_what_follows_from_the_rest_is_none_too_much() -> None:
    read = request(part(FORM, 1), patient=Patient(name=Name(full=said("Mary Reed"), family=said("Reed"))))
    truth = all_stated(Stated("/patient/name/family", ("Reed",), (SPOT,)))
    assert [(one.path, one.verdict) for one in judge(leaves(read), truth, paths=PATHS)] == [
        ("/patient/name/family", "right")
    ]


@pytest.mark.parametrize(("signer", "verdicts"), [("Leopold Castellane", []), ("Beatrix Thornquist", ["extra"])])
def test_who_signed_may_be_the_requester_and_nobody_else(signer: str, verdicts: list[str]) -> None:
    read = request(part(FORM, 1), signature=Signature(name=said(signer)))
    truth = all_stated(Stated("/requesting_provider/name", ("Leopold Castellane, MD",), ()))
    assert [one.verdict for one in judge(leaves(read), truth, paths=PATHS)][1:] == verdicts


@pytest.mark.parametrize("leaf", [said("2000000006"), said("2000000014"), said(None, unclear="conflict")])
def test_of_two_stated_values_each_is_right_and_so_is_doubt(leaf: Any) -> None:
    assert judged(leaf, "2000000006", "2000000014").verdict == "right"


def test_a_third_value_is_wrong_all_the_same() -> None:
    assert judged(said("2000000022"), "2000000006", "2000000014").verdict == "wrong"


def test_doubt_about_a_planted_value_is_right() -> None:
    one = judged(said(None, unclear="invalid"), "2000000007", planted=frozenset({"mistyped-npi"}))
    assert (one.verdict, one.asserted) == ("right", False)
    assert one.planted == {"mistyped-npi"}


def test_evidence_elsewhere_is_out_of_place() -> None:
    assert judged(said("2000000006"), "2000000006").placed is True
    assert judged(said("2000000006", box=AWAY), "2000000006").placed is False
    assert judged(said("2000000006", page=2), "2000000006").placed is False
    assert judged(said("2000000007"), "2000000006").placed is None


def test_a_wrong_value_may_be_nearly_right() -> None:
    assert judged(said("Priscilla Ravenscar"), "Priscilla Ravenscar, MD").near
    assert judged(said("Priscilla Ravensear, MD"), "Priscilla Ravenscar, MD").near
    assert not judged(said("Leopold Castellane, MD"), "Priscilla Ravenscar, MD").near


def test_patterns_have_stars_for_rows() -> None:
    assert pattern("/service_lines/0/modifiers/12") == "/service_lines/*/modifiers/*"

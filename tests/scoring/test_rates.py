from __future__ import annotations

import pytest

from scoring.confidence import bins, expected_error, sure
from scoring.fields import Judged, Verdict
from scoring.rates import Rates, lower_bound, rates


def leaf(
    verdict: Verdict, confidence: float | None = 0.95, *, value: str | None = "a", unclear: str | None = None
) -> Judged:
    return Judged("/patient/phone", verdict, "machine", ("a",), value, confidence, unclear)


def test_precision_recall_and_f1_of_ten_leaves() -> None:
    # Five right, one wrong, two missed, one unclear, one too much; the untold one counts nowhere.
    every = [leaf("right")] * 5 + [leaf("wrong"), leaf("missed"), leaf("missed"), leaf("unclear"), leaf("extra")]
    counted = rates([*every, leaf("untold")])
    assert counted == Rates(right=5, wrong=1, missed=2, unclear=1, extra=1, untold=1)
    assert counted.stated == 9
    assert counted.precision == pytest.approx(5 / 7)
    assert counted.recall == pytest.approx(5 / 9)
    assert counted.f1 == pytest.approx(2 * 5 / (7 + 9))


def test_doubt_with_a_reason_is_found_but_not_claimed() -> None:
    counted = rates([leaf("right"), leaf("right", value=None, unclear="invalid"), leaf("wrong")])
    assert [counted.precision, counted.recall] == pytest.approx([1 / 2, 2 / 3])


def test_of_nothing_there_is_no_share() -> None:
    assert (rates([]).precision, rates([]).recall, rates([]).f1, lower_bound(0, 0)) == (None, None, None, None)
    assert rates([leaf("missed")]).f1 == 0.0


def test_the_bound_is_wilsons() -> None:
    # By hand for 9 of 10: (.9 + 3.8415/20 - 1.96 sqrt(.09/10 + 3.8415/400)) / (1 + 3.8415/10) = .59585
    assert lower_bound(9, 10) == pytest.approx(0.59585, abs=1e-4)
    assert lower_bound(10, 10) == pytest.approx(10 / (10 + 3.841459), abs=1e-6)
    assert lower_bound(0, 10) == pytest.approx(0.0, abs=1e-12)


def test_values_are_put_into_bins_by_what_they_claim() -> None:
    given = [leaf("right", 0.91), leaf("wrong", 0.92), leaf("extra", 0.99), leaf("right", 1.0), leaf("missed", None)]
    doubted = [leaf("unclear", 0.91, unclear="illegible"), leaf("untold", 0.91)]
    curve = bins([*given, *doubted])
    assert [(one.low, one.high, one.count, one.right) for one in curve] == [(0.9, 0.93, 2, 1), (0.98, 1.0, 2, 1)]
    assert [one.claimed for one in curve] == pytest.approx([0.915, 0.995])
    # Two bins of two values: (|.915 * 2 - 1| + |.995 * 2 - 1|) / 4
    assert expected_error(curve) == pytest.approx((0.83 + 0.99) / 4)


def test_sure_values_are_counted_against_all_that_is_stated() -> None:
    told = sure(
        [leaf("right", 0.9), leaf("right", 0.95), leaf("wrong", 0.97), leaf("right", 0.89), leaf("missed", None)]
    )
    assert (told.count, told.right, told.stated) == (3, 2, 5)
    assert told.precision == pytest.approx(2 / 3)
    assert told.covered == pytest.approx(2 / 5)
    assert told.bound == lower_bound(2, 3)

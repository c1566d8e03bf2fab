from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checklists.outcome import ORDER, Outcome, highest, lowest
from models.checklist import Verdict

OUTCOMES = st.lists(st.builds(Outcome, st.sampled_from(ORDER), st.text(max_size=3)), min_size=1, max_size=5).map(tuple)


@given(outcomes=OUTCOMES)
def test_all_of_is_the_minimum_and_any_of_the_maximum(outcomes: tuple[Outcome, ...]) -> None:
    ranks = [outcome.rank for outcome in outcomes]
    assert lowest(outcomes).rank == min(ranks)
    assert highest(outcomes).rank == max(ranks)


@given(outcomes=OUTCOMES, place=st.integers(0, 4), better=st.sampled_from(ORDER))
def test_better_parts_never_make_a_worse_whole(outcomes: tuple[Outcome, ...], place: int, better: Verdict) -> None:
    index = place % len(outcomes)
    raised = Outcome(max(outcomes[index].verdict, better, key=ORDER.index), "raised")
    changed = (*outcomes[:index], raised, *outcomes[index + 1 :])
    assert lowest(changed).rank >= lowest(outcomes).rank
    assert highest(changed).rank >= highest(outcomes).rank


def test_what_was_not_found_is_told_in_one_sentence() -> None:
    outcomes = tuple(Outcome("not_found", f"No {what} was found on the pages.", what=what) for what in ("a", "b", "c"))
    assert highest(outcomes).reason == "No a, b or c was found on the pages."
    assert highest(outcomes[:1]).reason == "No a was found on the pages."


def test_the_reasons_of_the_parts_that_hold_a_verdict_down_are_told() -> None:
    parts = (Outcome("met", "Signed."), Outcome("not_met", "Too old.", "expired", notice="It is too old."))
    whole = lowest(parts)
    assert (whole.verdict, whole.reason, whole.cause, whole.notice) == (
        "not_met",
        "Too old.",
        "expired",
        "It is too old.",
    )
    assert whole.parts == parts

from __future__ import annotations

from extractors.layout.frames import frames
from models.document import Page, Rule
from models.geometry import Box


def framed(x0: float, top: float, x1: float, bottom: float) -> tuple[Rule, ...]:
    return (
        Rule(Box(x0, top, x1, top + 0.4), horizontal=True),
        Rule(Box(x0, bottom, x1, bottom + 0.4), horizontal=True),
        Rule(Box(x0, top, x0 + 0.4, bottom), horizontal=False),
        Rule(Box(x1, top, x1 + 0.4, bottom), horizontal=False),
    )


def page(*rules: Rule) -> Page:
    return Page(1, 612, 792, "text_layer", rules=rules)


def test_four_lines_that_meet_are_a_frame() -> None:
    (found,) = frames(page(*framed(72, 100, 200, 116)))
    assert (round(found.x0), round(found.top), round(found.x1), round(found.bottom)) == (72, 100, 200, 116)


def test_a_side_that_was_not_seen_counts_only_where_one_is_enough() -> None:
    open_right = page(*framed(72, 100, 200, 116)[:3])
    assert frames(open_right) == ()
    assert len(frames(open_right, sides=1)) == 1


def test_lines_of_other_lengths_are_no_frame() -> None:
    top, bottom, left, right = framed(72, 100, 200, 116)
    longer = Rule(Box(72, 116, 300, 116.4), horizontal=True)
    assert frames(page(top, longer, left, right)) == ()
    assert len(frames(page(top, bottom, left, right))) == 1

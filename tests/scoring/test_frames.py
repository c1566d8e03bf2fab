from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from models.geometry import Box
from models.truth import Paper
from scoring.answer import Answer
from scoring.frames import framed
from tests.scoring.made import FORM, blank, packet, page, result, stated


@pytest.mark.parametrize(("known", "box"), [("assumed", Box(50, 50, 75, 55)), ("stated", Box(100, 100, 150, 110))])
def test_only_a_page_of_assumed_size_is_brought_into_its_frame(known: Literal["stated", "assumed"], box: Box) -> None:
    truth = packet((Paper(FORM, request=True),), (page(FORM, 0, stated("/submitted_on", "2026-09-14")),))
    read = replace(blank(1), width=306, height=396, dpi=(144.0, 144.0, known))
    moved = framed(truth, Answer(results=(result((FORM, (1,)), pages=(read,)),))).files[0].pages[0]
    assert moved.values[0].boxes == (box,)
    assert moved.width == (306 if known == "assumed" else 612)


def test_a_page_that_was_not_read_stays() -> None:
    truth = packet((Paper(FORM, request=True),), (page(FORM, 0),))
    assert framed(truth, Answer()) == truth

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from benchmarks.quality_page import Run, chart, replaced, section
from models.truth import Paper
from scoring.answer import Answer
from scoring.figures import figures
from scoring.packet import score
from scoring.spent import Spent
from tests.scoring.made import FORM, packet, page, stated

RUN = Run(seed=4711, on=dt.date(2026, 11, 22), commit="abc1234", jobs=2)


@pytest.fixture
def told() -> dict[str, Any]:
    values = tuple(stated(f"/diagnoses/{i}/code", f"M{i:02d}") for i in range(20))
    truths = (
        packet((Paper(FORM, request=True),), (page(FORM, 0, *values),), "unsigned-form"),
        packet((Paper(FORM, request=True),), (page(FORM, 0, *values),), design="state", measuring=True),
    )
    return figures([score(truth, Answer()) for truth in truths], Spent(2, 4.0, {"read": 3.0}, 100.0, 200.0))


def test_the_section_says_where_its_figures_come_from(told: dict[str, Any]) -> None:
    text = section(told, RUN)
    assert "22 November 2026, commit abc1234" in text
    assert "--packets 2 --seed 4711" in text
    assert "| state (only for measuring) | 1 | 20 | – | .000 | .000 |" in text
    assert "| `/diagnoses/*/code` | missed | 40 |" in text
    assert "| unsigned-form | 1 | 0 |" in text
    assert "0.50 pages/s with 2 jobs; seconds of computing a page: read 1.50" in text


def test_only_what_is_between_the_marks_is_replaced() -> None:
    page = "before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter\n"
    once = replaced(page, "new\n")
    assert once == "before\n<!-- figures -->\nnew\n<!-- end of figures -->\nafter\n"
    assert replaced(once, "new\n") == once
    with pytest.raises(ValueError, match="no place"):
        replaced("nothing", "new")


def test_the_chart_is_a_drawing_of_its_own(told: dict[str, Any]) -> None:
    root = ET.fromstring(chart(told))  # noqa: S314 - drawn by us
    assert root.tag.endswith("svg")
    assert "state" in "".join(root.itertext())

"""One packet with one error of each kind, counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.request import Coverage, Name, Patient, Provider
from models.truth import Paper, PlacedWord
from scoring.answer import Answer
from scoring.figures import figures
from scoring.packet import PacketScore, score
from scoring.spent import Spent
from scoring.worst import worst
from tests.scoring.made import AWAY, BOX, FORM, NOTE, blank, packet, page, part, request, result, said, stated

TRUTH = packet(
    (Paper(FORM, request=True), Paper(NOTE)),
    (
        page(
            FORM,
            0,
            stated("/patient/name/full", "Mary Reed"),
            stated("/patient/birth_date", "1950-02-03"),
            stated("/coverage/member_id", "ZX1"),
            stated("/coverage/group_number", "G-1"),
            stated("/requesting_provider/npi", "2000000006"),
            stated("/requesting_provider/name", "Leopold Castellane, MD"),
            words=tuple(PlacedWord(word, BOX, "printed") for word in ("Name:", "Mary", "Reed", "ZX1")),
        ),
        page(NOTE, 1),
    ),
    "second-form",
    absent=("/patient/phone",),
)
READ = request(
    part(FORM, 1),
    part(NOTE, 2),
    patient=Patient(
        name=Name(full=said("Mary Reed", 0.97)),
        birth_date=said(dt.date(1950, 2, 8), 0.96),  # wrong
        phone=said("2165550100", 0.91),  # stated nowhere
    ),
    coverage=Coverage(member_id=said(None, 0.3, unclear="illegible"), group_number=said("G-1", 0.95, box=AWAY)),
    requesting_provider=Provider(npi=said("2000000006", 0.8)),  # its name is missed
)


@pytest.fixture
def scored() -> PacketScore:
    pages = (blank(1, "Name: Mary Reed 2X1"), blank(2))
    return score(TRUTH, Answer((READ,), results=(result((FORM, (1,)), ("other", (2,)), pages=pages),)))


def test_the_figures_of_the_packet(scored: PacketScore) -> None:
    told: Any = figures([scored], Spent(2, 4.0, {"read": 3.0}, 100.0, 200.0))
    everything = told["all"]
    counts = {name: everything["fields"][name] for name in ("right", "wrong", "missed", "unclear", "extra", "stated")}
    assert counts == {"right": 3, "wrong": 1, "missed": 1, "unclear": 1, "extra": 1, "stated": 6}
    assert everything["fields"]["precision"] == pytest.approx(3 / 5)
    assert everything["fields"]["recall"] == pytest.approx(3 / 6)
    assert everything["critical"]["f1"] == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))
    assert everything["placed"] == pytest.approx(2 / 3)
    assert everything["unclear_legible"] == pytest.approx(1 / 6)
    assert (everything["sure"]["count"], everything["sure"]["right"]) == (4, 2)
    assert everything["sure"]["covered"] == pytest.approx(2 / 6)
    assert everything["page_types"] == 0.5
    assert everything["split"] == 1.0
    assert everything["word_recall"] == 0.75
    assert everything["requests_right"] == 1.0
    assert told["measuring"]["fields"]["f1"] is None
    assert told["defects"] == {"second-form": {"planted": 1, "judged": 1, "seen": 1}}
    assert told["paths"]["/patient/birth_date"]["near"] == 1
    assert told["groups"]["coverage"]["recall"] == 0.5
    assert told["speed"] == {"pages_per_s": 0.5, "cpu_s_per_page": {"read": 1.5}, "main_mb": 100.0, "reader_mb": 200.0}
    assert {(one["path"], one["verdict"]) for one in told["errors"]} == {
        ("/patient/birth_date", "wrong"),
        ("/coverage/member_id", "unclear"),
        ("/requesting_provider/name", "missed"),
        ("/patient/phone", "extra"),
    }
    assert scored.invented == ("/patient/phone",)


def test_a_design_is_judged_by_its_own_papers() -> None:
    pages = (page(FORM, 0, *TRUTH.files[0].pages[0].values), page(NOTE, 1, stated("/patient/language", "Spanish")))
    truth = packet(TRUTH.papers, pages)
    told: Any = figures([score(truth, Answer())], Spent())
    assert told["all"]["fields"]["missed"] == 7
    assert told["designs"]["boxed"]["fields"]["missed"] == 6


def test_the_worst_error_is_the_surest_wrong_value(scored: PacketScore) -> None:
    assert [error.judged.path for error in worst([scored], 20)] == ["/patient/birth_date", "/patient/phone"]
    assert len(worst([scored], 1)) == 1


def test_of_no_answer_everything_is_missed() -> None:
    told: Any = figures([score(TRUTH, Answer())], Spent())
    assert told["all"]["fields"]["missed"] == 6
    assert told["all"]["fields"]["f1"] == 0.0
    assert told["worst_design"] is None

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.form.prior_grid import read_prior_grids
from extractors.form.vocabulary import vocabulary
from extractors.layout.cells import grid
from extractors.layout.runs import runs
from tests.extractors.documents import document_from_lines
from tests.extractors.forms import in_cells, table

X, Y = (36.0, 190.0, 320.0, 450.0, 576.0), (200.0, 216.0, 232.0, 248.0)
ASKED = ("Drug name", "Start date", "Reason for discontinuation")
NAME, FROM, OUTCOME = (f"service_lines.drug.prior_treatments.{leaf}" for leaf in ("name", "from", "outcome"))


def read(rows: Sequence[Sequence[str]], *, ruled: bool = True) -> tuple[list[dict[str, str]], set[str]]:
    page = document_from_lines(in_cells([[text or " " for text in row] for row in rows], X, Y)).page(1)
    page = replace(page, rules=table(X, Y) if ruled else ())
    found, used = read_prior_grids(runs(page), grid(page), vocabulary())
    told = [{column.path: " ".join(run.text for run in inside) for column, inside in row.cells} for row in found]
    return told, {run.text for run in used}


def test_each_column_is_a_treatment() -> None:
    told, used = read([(ASKED[0], "Methotrexate", "Sulfasalazine"), (ASKED[1], "1/2025", ""), (ASKED[2], "", "rash")])
    assert told == [{NAME: "Methotrexate", FROM: "1/2025"}, {NAME: "Sulfasalazine", OUTCOME: "rash"}]
    assert used == {*ASKED, "Methotrexate", "1/2025", "Sulfasalazine", "rash"}


def test_a_column_without_a_name_is_left_to_others() -> None:
    told, used = read([(ASKED[0], "Methotrexate"), (ASKED[1], "1/2025", "3/2025"), (ASKED[2], "failed", "rash")])
    assert told == [{NAME: "Methotrexate", FROM: "1/2025", OUTCOME: "failed"}]
    assert not used & {"3/2025", "rash"}


def test_an_empty_grid_is_left_to_others() -> None:
    assert read([(ASKED[0],), (ASKED[1],), (ASKED[2],)]) == ([], set())


def test_fewer_questions_are_blanks_one_below_the_other() -> None:
    assert read([(ASKED[0], "Methotrexate"), (ASKED[1], "1/2025")]) == ([], set())


def test_questions_about_something_else_are_no_treatments() -> None:
    rows = [("Name", "Bo Example MD"), ("NPI", "1234567893"), ("Phone", "512-555-0142")]
    assert read(rows) == ([], set())


def test_without_rules_there_is_no_grid() -> None:
    assert read([(asked, "Methotrexate") for asked in ASKED], ruled=False) == ([], set())

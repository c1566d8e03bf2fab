from __future__ import annotations

from dataclasses import replace

from extractors.form.tables import Row, read_tables
from extractors.form.vocabulary import vocabulary
from extractors.layout.cells import grid
from extractors.layout.runs import runs
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import table

X, Y = (72.0, 200.0, 320.0, 540.0), (200.0, 216.0, 232.0, 248.0)


def read(rows: list[tuple[str, ...]], *around: At) -> tuple[tuple[Row, ...], set[str]]:
    pieces = [
        At(text, left + 4, top + 3)
        for top, row in zip(Y, rows, strict=False)
        for left, text in zip(X, row, strict=False)
    ]
    page = replace(document_from_lines([*pieces, *around]).page(1), rules=table(X, Y))
    found, used = read_tables(runs(page), grid(page), vocabulary())
    return found, {run.text for run in used}


def told(found: tuple[Row, ...]) -> list[dict[str, str]]:
    return [{column.path: " ".join(run.text for run in cell) for column, cell in row.cells} for row in found]


def test_rows_of_services() -> None:
    found, used = read(
        [("CPT Code", "Units", "Description"), ("72148", "1", "MRI"), ("97110", "", "Therapy")], At("outside", 72, 300)
    )
    assert told(found) == [
        {"service_lines.code": "72148", "service_lines.quantity.value": "1", "service_lines.text": "MRI"},
        {"service_lines.code": "97110", "service_lines.text": "Therapy"},
    ]
    assert "outside" not in used
    assert "CPT Code" in used


def test_the_same_header_means_what_the_other_headers_say() -> None:
    prior, _ = read([("Drug Name", "Start Date", "Reason for discontinuation"), ("Methotrexate", "1/2025", "failed")])
    assert told(prior) == [
        {
            "service_lines.drug.prior_treatments.name": "Methotrexate",
            "service_lines.drug.prior_treatments.from": "1/2025",
            "service_lines.drug.prior_treatments.outcome": "failed",
        }
    ]


def test_cells_without_known_headers_are_no_table() -> None:
    assert read([("Apples", "Pears", "Plums"), ("1", "2", "3")]) == ((), set())


def test_empty_rows_say_nothing() -> None:
    assert read([("CPT Code", "Units", "Description")])[0] == ()

from __future__ import annotations

from extractors.form.items import without_items
from extractors.layout.runs import runs
from tests.extractors.documents import At, document_from_lines


def read(*texts: str) -> list[str]:
    lines = [At(text, 72, 60 + 20 * number) for number, text in enumerate(texts)]
    return [run.text for run in without_items(runs(document_from_lines(lines).page(1)))]


def test_the_marks_of_a_form_that_counts_its_items_are_no_part_of_them() -> None:
    assert read("1. Patient name", "2. Date of birth", "3. Member ID", "4. Group number") == [
        "Patient name", "Date of birth", "Member ID", "Group number",
    ]  # fmt: skip
    assert read("A1 Name", "A2 Sex", "A3 Phone", "B1 Code", "B2 Units")[0] == "Name"


def test_a_few_numbers_or_numbers_out_of_order_are_values() -> None:
    few = ["1. Patient name", "2. Date of birth"]
    assert read(*few) == few
    doses = ["10 mg daily", "40 mg daily", "75 mg daily", "90 mg daily", "20 mg daily", "60 mg daily"]
    assert read(*doses) == doses

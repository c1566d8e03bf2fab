from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.form.readings import read_blank
from extractors.form.targets import Kind, Target, kind_of
from extractors.form.written import written
from extractors.layout.runs import run_of
from models.code import Code
from models.document import Word
from models.geometry import Box, Span


def read(path: str, *lines: str, kind: Kind | None = None) -> dict[tuple[str, int], Any]:
    """The values by leaf and row; reasons of doubt in angle brackets."""
    runs = []
    for n, line in enumerate(lines):
        words, x = [], 10.0
        for text in line.split():
            words.append(Word(text, Box(x, 20.0 * n, x + 5 * len(text), 20.0 * n + 10), Span(0, 0)))
            x += 5 * len(text) + 5
        runs.append(run_of(words))
    target = Target(path, kind or kind_of(path))
    return {(r.path, r.row): f"<{r.unclear}>" if r.unclear else r.value for r in read_blank(target, runs, written)}


@pytest.mark.parametrize(
    "text", ["N/A", "n/a", "None", "-", "___", "See attached", "same", "Please complete this section", "check one"]
)
def test_nothing_is_nothing(text: str) -> None:
    assert read("patient.name", text, kind="name") == {}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("service_lines.start_on", "3/2/2026", {("service_lines.start_on", 0): dt.date(2026, 3, 2)}),
        (
            "service_lines.start_on",
            "3/2/2026 - 6/2/2026",
            {("service_lines.start_on", 0): dt.date(2026, 3, 2), ("service_lines.end_on", 0): dt.date(2026, 6, 2)},
        ),
        ("request.submitted_on", "2/30/2026", {("request.submitted_on", 0): "<illegible>"}),
        ("request.submitted_on", "1/2/2026 or 1/3/2026", {("request.submitted_on", 0): "<conflict>"}),
        ("request.submitted_on", "soon", {}),
        ("service_lines.visits", "12 visits", {("service_lines.visits", 0): "12"}),
        ("service_lines.visits", "12.", {("service_lines.visits", 0): "12"}),
        ("service_lines.visits", "1.2.3", {("service_lines.visits", 0): "<illegible>"}),
        (
            "service_lines.quantity.value",
            "1,200 units",
            {("service_lines.quantity.value", 0): "1200", ("service_lines.quantity.unit", 0): "units"},
        ),
        (
            "service_lines.code",
            "72148, J0135",
            {
                ("service_lines.code", 0): Code(system="CPT", code="72148"),
                ("service_lines.code", 1): Code(system="HCPCS", code="J0135"),
            },
        ),
        ("service_lines.code", "7214", {("service_lines.code", 0): "<illegible>"}),
        (
            "service_lines.modifiers",
            "RT 50",
            {("service_lines.modifiers", 0): "RT", ("service_lines.modifiers", 1): "50"},
        ),
        ("service_lines.laterality", "LT", {("service_lines.laterality", 0): "left"}),
        ("service_lines.drug.ndc", "0074-4339", {("service_lines.drug.ndc", 0): "<invalid>"}),
        ("coverage.member_id", "XYZ 12345", {("coverage.member_id", 0): "XYZ 12345"}),
        ("coverage.member_id", "unreadable words only here now", {}),
        ("diagnoses.code", "M54.16", {("diagnoses.code", 0): Code(system="ICD-10-CM", code="M54.16")}),
        ("diagnoses.code", "54.16", {("diagnoses.code", 0): "<illegible>"}),
        ("diagnoses.code", "M54. 16", {("diagnoses.code", 0): "<illegible>"}),
        ("diagnoses.code", "M54,16", {("diagnoses.code", 0): "<illegible>"}),
        ("diagnoses.code", "M54 16", {("diagnoses.code", 0): "<illegible>"}),
        (
            "diagnoses.text",
            "Crohn's disease (K50.90)",
            {("diagnoses.code", 0): Code(system="ICD-10-CM", code="K50.90"), ("diagnoses.text", 0): "Crohn's disease"},
        ),
        (
            "service_lines.charge",
            "$1,200.50",
            {("service_lines.charge.amount", 0): "1200.50", ("service_lines.charge.currency", 0): "USD"},
        ),
        ("service_lines.frequency", "as needed", {("service_lines.frequency.count", 0): "<illegible>"}),
    ],
)
def test_blanks(path: str, text: str, expected: dict[tuple[str, int], Any]) -> None:
    assert read(path, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("sex", "F", "female"),
        ("sex", "Male", "male"),
        ("state", "Texas", "TX"),
        ("state", "Q7", "<illegible>"),
        ("postal_code", "78701", "78701"),
        ("postal_code", "787", "<illegible>"),
        ("phone", "(512) 555-0142", "5125550142"),
        ("phone", "2345 6789", "23456789"),
        ("phone", "555-0142", "<illegible>"),
        ("npi", "1234567893", "1234567893"),
        ("npi", "1237865", "<invalid>"),
        ("npi", "NPI pending", None),
        ("hkid", "A123456(3)", "A123***(*)"),
        ("hkid", "A123456(4)", "<invalid>"),
        ("ssn", "123-45-6789", "*****6789"),
    ],
)
def test_kinds(kind: Kind, text: str, expected: str | None) -> None:
    assert read("x", text, kind=kind) == ({("x", 0): expected} if expected is not None else {})


def test_an_address_fills_its_pieces() -> None:
    found = read("patient.address", "12 Oak St", "Austin, TX 78701", kind="line")
    assert {path.rsplit(".", 1)[1]: value for (path, _), value in found.items()} == {
        "line": "12 Oak St", "city": "Austin", "state": "TX", "postal_code": "78701",
    }  # fmt: skip


def test_a_drug_line_and_its_directions() -> None:
    found = {path.rsplit(".", 1)[1]: value for (path, _), value in
             read("service_lines.drug.both", "Adalimumab 40 mg pen", "inject every 2 weeks").items()}  # fmt: skip
    assert (found["name"], found["strength"], found["form"]) == ("Adalimumab", "40 mg", "pen")
    assert found["dose"] == "inject every 2 weeks"


KINDS = [kind for kind in Kind.__args__ if kind != "ignore"]  # type: ignore[attr-defined]


@given(
    st.sampled_from(KINDS),
    st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=0x3000), max_size=30), min_size=1, max_size=2),
)
def test_any_text_in_any_blank_gives_values_with_words_or_nothing(kind: Kind, lines: list[str]) -> None:
    lines = [line for line in lines if line.split()]
    if not lines:
        return
    for value in read("patient.name" if kind == "name" else "x", *lines, kind=kind).values():
        assert value is not None
        assert value != ""

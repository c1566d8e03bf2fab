from __future__ import annotations

import datetime as dt

import pytest

from codes.icd10cm import _files, icd10cm


def test_the_release_says_when_it_counts() -> None:
    table = icd10cm()
    assert table.effective_on >= dt.date(2026, 4, 1)
    assert table.release.endswith(str(table.effective_on.year))
    assert icd10cm() is table


@pytest.mark.parametrize(
    ("code", "title", "billable"),
    [
        ("M54.16", "Radiculopathy, lumbar region", True),
        ("M54.1", "Radiculopathy", False),
        ("I10", "Essential (primary) hypertension", True),
        ("S83.511A", "Sprain of anterior cruciate ligament of right knee, initial encounter", True),
        ("S83.511", "Sprain of anterior cruciate ligament of right knee", False),
        ("W19.XXXA", "Unspecified fall, initial encounter", True),
    ],
)
def test_codes_and_headings(code: str, title: str, billable: bool) -> None:
    entry = icd10cm().find(code)
    assert entry is not None
    assert (entry.code, entry.title, entry.billable) == (code, title, billable)


@pytest.mark.parametrize("code", ["M54.99", "S83.511Z", "S83.51A", "W19.A", "S06.1X7D", "M5416", "", "I10.X"])
def test_what_is_no_code(code: str) -> None:
    assert icd10cm().find(code) is None


def test_it_holds_exactly_the_codes_of_the_published_list() -> None:
    table = icd10cm()
    published = {code for code in _files()[1].read_text("utf-8").split() if "-" not in code and not code.isdigit()}
    under = {code for root in table.nodes if len(root) == 3 for code in table.billable_under(root)}
    assert {code.replace(".", "") for code in under | set(table.nodes)} == published


def test_terms_come_with_the_code() -> None:
    entry = icd10cm().find("G47.33")
    assert entry is not None
    assert "Obstructive sleep apnea hypopnea" in entry.terms

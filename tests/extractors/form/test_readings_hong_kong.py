from __future__ import annotations

import datetime as dt

import pytest

from extractors.form.readings import read_blank
from extractors.form.targets import Kind, Target
from extractors.form.written import written
from tests.extractors.form.test_reader import run


def read(path: str, kind: Kind, text: str) -> list[tuple[str, object, str | None]]:
    return [(r.path, r.value, r.unclear) for r in read_blank(Target(path, kind), [run(text)], written)]


@pytest.mark.parametrize("text", ["03/02/2026", "3-2-2026", "2026年2月3日", "3 February 2026", "2026-02-03"])
def test_days_come_first(text: str) -> None:
    path = "hong_kong.first_consulted_on"
    assert read(path, "day_first", text) == [(path, dt.date(2026, 2, 3), None)]


def test_two_days_are_a_contradiction_and_scrawl_is_illegible() -> None:
    assert read("x", "day_first", "03/02/2026 04/02/2026") == [("x", None, "conflict")]
    assert read("x", "day_first", "3/2/") == [("x", None, "illegible")]
    assert read("x", "day_first", "soon") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CHAN Tai Man", {"full": "CHAN Tai Man", "family": "CHAN", "given": "Tai Man"}),
        ("AU YEUNG Ka Wai", {"full": "AU YEUNG Ka Wai", "family": "AU YEUNG", "given": "Ka Wai"}),
        ("CHAN TAI MAN", {"full": "CHAN TAI MAN"}),
        ("Ms. Peter Chan", {"full": "Peter Chan"}),
    ],
)
def test_a_family_name_is_told_by_its_capitals_alone(text: str, found: dict[str, str]) -> None:
    assert {path.rpartition(".")[2]: value for path, value, _ in read("patient.name", "family_first", text)} == found


def test_chinese_beside_a_name_is_the_chinese_name() -> None:
    assert ("patient.name_zh", "陳大文", None) in read("patient.name", "family_first", "CHAN Tai Man 陳大文")
    assert read("patient.name", "family_first", "陳大文 先生") == [("patient.name_zh", "陳大文", None)]


def test_titles_are_no_part_of_a_doctor_s_name() -> None:
    assert read("requesting_provider.name", "titled", "Dr. WONG Siu Lun 黃小麟醫生") == [
        ("requesting_provider.name", "WONG Siu Lun", None)
    ]
    assert read("requesting_provider.name", "titled", "see above: 1234") == [
        ("requesting_provider.name", None, "illegible")
    ]


def test_telephones_have_eight_digits() -> None:
    assert read("patient.phone", "phone_hk", "+852 5550 1234") == [("patient.phone", "55501234", None)]
    assert read("patient.phone", "phone_hk", "55501") == [("patient.phone", None, "illegible")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A123456(3)", ("patient.identifiers.hkid", "A123***(*)", None)),
        ("A 123456 (3)", ("patient.identifiers.hkid", "A123***(*)", None)),
        ("A123456(4)", ("patient.identifiers.hkid", None, "invalid")),
        ("K01234567", ("patient.identifiers.passport", "K01234567", None)),
    ],
)
def test_identity_cards_are_checked_and_masked(text: str, found: tuple[str, object, str | None]) -> None:
    assert read("patient.identifiers.hkid_passport", "hkid_passport", text) == [found]

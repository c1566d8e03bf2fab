from __future__ import annotations

import time

import pytest

from models.identifiers import mask_sensitive
from models.social_security import labelled_ssns, written_ssns

LABELS = [
    "SSN", "SSN:", "SSN #", "SSN#:", "SSN No.", "SSN Number:", "ssn", "SSAN:", "SS#", "SS #:", "SS No.", "SS No:",
    "SS Number", "SS Num.", "SS:", "S.S.", "S.S. #", "S.S.N.", "S.S.N:", "S. S. No.", "Soc Sec", "Soc. Sec. No.",
    "Soc. Sec. #", "Soc Sec Nbr", "SocSec#", "Soc. Security No.", "Social Sec #", "Social Sec. No.", "Social Security",
    "Social Security #", "Social Security No.", "Social Security Number:", "Social Security Number (SSN):",
    "Social Security Acct. No.", "Social Security Account Number", "SOCIAL SECURITY NUMBER (last name first) :",
    "Social\nSecurity\nNo.", "Patient SSN", "Insured's SS#", "Subscriber/Soc. Sec. No.", "SSN (9 digits):", "SSN =",
]  # fmt: skip
NUMBERS = [
    "536904399", "536-90-4399", "536 90 4399", "536.90.4399", "536 - 90 - 4399", "536–90–4399", "536-904399",
    "53690-4399", "536 904 399", "536/90/4399", "5 3 6 9 0 4 3 9 9", "5|3|6|9|0|4|3|9|9", "536-90-\n4399",
    "900-12-3456", "000123456", "\uff15\uff13\uff16\uff19\uff10\uff14\uff13\uff19\uff19",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_behind_its_label_is_masked(label: str, number: str) -> None:
    for between in (" ", "  ", "\n", " ___ ", "" if label[-1] in "#:=" else " - "):
        told = mask_sensitive(f"Jane Sample {label}{between}{number}, born 05/12/1960")
        digits = [character for character in told.removesuffix("05/12/1960") if character.isdigit()]
        assert len(digits) == 4 + label.count("9"), (label, between, told)
        assert told.startswith(f"Jane Sample {label}{between}")
        assert told.endswith(", born 05/12/1960")


@pytest.mark.parametrize(
    "text",
    [
        "Tax ID 123456789", "EIN: 123456789", "TIN 12-3456789", "Member ID: 123456789", "Policy No. 123456789",
        "Group # 123456789", "MRN 123456789", "ACCESS# 123456789", "Class No. 123456789", "USS No. 123456789",
        "sliding scale SS 123456789", "SSN: ________ Member ID: 123456789", "SSN Tax ID\n123456789",
        "SSN: (see card) Group 123456789", "SSN:\n05/12/1960 9 refills", "SSN: 1234567890", "SSN: 12345678",
        "SSN last four: 4399", "SSN: 123456789012", "Social Security office, ZIP 12345-6789", "SSNX 123456789",
        "society 123456789", "social sector 123456789", "SSN\f123456789", "SSN 123456789A1", "SS 05/12/1960",
        "Accession no. 123456789", "Routing 123456789", "auth 123456789", "SSRI no. 123456789", "(415) 555-0142",
    ],
)  # fmt: skip
def test_other_numbers_of_nine_digits_stay(text: str) -> None:
    assert mask_sensitive(text) == text


def test_the_places_are_those_of_the_numbers() -> None:
    text = "SS# 536904399 and 536-90-4399"
    assert [text[span.start : span.end] for span in labelled_ssns(text)] == ["536904399"]
    assert [text[span.start : span.end] for span in written_ssns(text)] == ["536-90-4399"]


@pytest.mark.parametrize("piece", ["SSN ", "SS# ", "Soc. Sec. No. ", "SSN (", "SSN: 1 2 3 ", "S.S. ", "SSN - _ "])
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    mask_sensitive(piece * 20_000 + "1")
    assert time.process_time() - began < 2.0

"""Check digits, forms, repairs and masks of models/identifiers.py."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models import identifiers
from models.identifiers import Kind

# What a scan makes of a digit, and the digit it was.
MISREAD = {"0": "OoDQ", "1": "Il|", "2": "Zz", "5": "Ss", "6": "Gb", "8": "B", "9": "gq"}


def npis() -> st.SearchStrategy[str]:
    def complete(first: str, rest: str) -> str:
        return next(first + rest + last for last in "0123456789" if identifiers.npi_ok(first + rest + last))

    return st.builds(complete, st.sampled_from("12"), st.text("0123456789", min_size=8, max_size=8))


def hkids() -> st.SearchStrategy[str]:
    def complete(letters: str, digits: str) -> str:
        bodies = (f"{letters}{digits}({check})" for check in "0123456789A")
        return next(text for text in bodies if identifiers.hkid_ok(text))

    letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=2)
    return st.builds(complete, letters, st.text("0123456789", min_size=6, max_size=6))


def deas() -> st.SearchStrategy[str]:
    def complete(letters: str, digits: str) -> str:
        return next(letters + digits + last for last in "0123456789" if identifiers.dea_ok(letters + digits + last))

    letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
    return st.builds(complete, letters, st.text("0123456789", min_size=6, max_size=6))


@pytest.mark.parametrize(
    ("kind", "text", "ok"),
    [
        ("npi", "1234567893", True),
        ("npi", "1558598797", True),
        ("npi", "1234567890", False),
        ("npi", "3234567893", False),
        ("npi", "1237865", False),
        ("npi", "١٢٣٤٥٦٧٨٩٣", False),
        ("mbi", "1EG4TE5MK73", True),
        ("mbi", "1EG4-TE5-MK73", True),
        ("mbi", "1SG4TE5MK73", False),
        ("medi-cal-cin", "91234567A", True),
        ("medi-cal-cin", "91234567A29180", True),
        ("medi-cal-cin", "91234567B", False),
        ("hkid", "A123456(3)", True),
        ("hkid", "AB987654(3)", True),
        ("hkid", "E364912(5)", True),
        ("hkid", "D288754(2)", True),
        ("hkid", "A123456(4)", False),
        ("hkid", "A1234563", True),
        ("dea", "AB1234563", True),
        ("dea", "A91234563", True),
        ("dea", "AB4523763", False),
        ("dea", "12345678", False),
        ("tin", "12-3456789", True),
        ("tin", "12345678", False),
        ("tin", "000000000", False),
        ("ssn", "123-45-6789", True),
        ("ssn", "666-45-6789", False),
        ("ssn", "123-00-6789", False),
        ("phone", "(555) 991-2750", True),
        ("phone", "+1 555 991 2750 ext. 12", True),
        ("phone", "2345 6789", True),
        ("fax", "555-99", False),
    ],
)
def test_known_identifiers_are_told_from_wrong_ones(kind: Kind, text: str, ok: bool) -> None:
    assert identifiers.fits(kind, text) is ok


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("npi", "NPI #: 123 456 7893", "1234567893"),
        ("tin", "TIN 12-3456789", "123456789"),
        ("mbi", "1eg4-te5-mk73", "1EG4TE5MK73"),
        ("medi-cal-cin", "91234567A29180", "91234567A"),
        ("hkid", "a123456 (3)", "A123456(3)"),
        ("hkid", "not one", "NOTONE"),
        ("phone", "+1 (555) 991-2750 ext. 12", "5559912750"),
        ("fax", "555.786.5643", "5557865643"),
    ],
)
def test_identifiers_are_written_as_the_contract_does(kind: Kind, text: str, written: str) -> None:
    assert identifiers.normalize(kind, text) == written


@given(kind=st.sampled_from(sorted(identifiers.CHECKS)), text=st.text(max_size=20))
def test_normalization_is_idempotent_and_nothing_crashes(kind: Kind, text: str) -> None:
    once = identifiers.normalize(kind, text)
    # An extension may hide behind an extension; what is stripped once stays stripped for well-formed numbers.
    if identifiers.CHECKS[kind](once):
        assert identifiers.normalize(kind, once) == once
    identifiers.repair(kind, text)
    identifiers.propose(kind, text)
    assert identifiers.explain(kind, text)


@given(npi=npis(), place=st.integers(1, 9), digit=st.sampled_from("0123456789"))
def test_every_wrong_digit_of_an_npi_is_found(npi: str, place: int, digit: str) -> None:
    assume(npi[place] != digit)
    assert not identifiers.npi_ok(npi[:place] + digit + npi[place + 1 :])


@given(npi=npis(), place=st.integers(1, 8))
def test_every_swap_of_neighbours_but_09_is_found(npi: str, place: int) -> None:
    pair = npi[place : place + 2]
    assume(pair[0] != pair[1] and set(pair) != {"0", "9"})
    assert not identifiers.npi_ok(npi[:place] + pair[::-1] + npi[place + 2 :])


@given(hkid=hkids(), place=st.integers(1, 6), digit=st.sampled_from("0123456789"))
def test_every_wrong_digit_of_an_hkid_is_found(hkid: str, place: int, digit: str) -> None:
    place += hkid.index("(") - 7
    assume(hkid[place].isdigit() and hkid[place] != digit)
    assert not identifiers.hkid_ok(hkid[:place] + digit + hkid[place + 1 :])


@given(data=st.data(), number=st.one_of(npis().map(lambda n: ("npi", n)), deas().map(lambda n: ("dea", n))))
def test_a_misread_digit_is_repaired_to_what_was_printed(data: st.DataObject, number: tuple[Kind, str]) -> None:
    kind, text = number
    places = [place for place, found in enumerate(text) if found in MISREAD]
    assume(places)
    place = data.draw(st.sampled_from(places))
    assume(not (kind == "dea" and place < 2))
    damaged = text[:place] + data.draw(st.sampled_from(MISREAD[text[place]])) + text[place + 1 :]
    assert identifiers.repair(kind, damaged) == text


@given(hkid=hkids())
def test_a_misread_letter_of_an_hkid_is_repaired_only_where_the_check_confirms(hkid: str) -> None:
    damaged = hkid.replace("0", "O").replace("1", "l")
    repaired = identifiers.repair("hkid", damaged)
    assert repaired in {hkid, None}


@given(kind=st.sampled_from(["npi", "dea", "hkid"]), text=st.text("0123456789OISBZGlAX()-", max_size=12))
def test_a_repair_always_passes_its_check(kind: Kind, text: str) -> None:
    repaired = identifiers.repair(kind, text)
    assert repaired is None or identifiers.fits(kind, repaired)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("npi", "1237865"),  # a digit too few is not a misreading
        ("npi", "1234567890"),  # a digit in a digit's place demands nothing
        ("npi", "1234567893"),  # nothing to repair
        ("npi", "IZ34S6789E"),
        ("dea", "8B1234563"),  # the check digit does not cover the letters
        ("tin", "I2345678O"),  # no check digit
        ("mbi", "1EG4TE5MK7S"),
    ],
)
def test_what_no_check_confirms_is_not_repaired(kind: Kind, text: str) -> None:
    assert identifiers.repair(kind, text) is None


def test_the_form_alone_only_proposes() -> None:
    assert identifiers.propose("mbi", "1EG4-TE5-MK7S") == "1EG4TE5MK75"
    assert identifiers.propose("mbi", "1EG4TESMK73") == "1EG4TE5MK73"
    # 0 in a letter's place may have been D or Q.
    assert identifiers.propose("mbi", "10G4TE5MK73") is None
    assert identifiers.propose("medi-cal-cin", "9I234567A") == "91234567A"
    assert identifiers.propose("npi", "I234567893") is None


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("npi", "1237865", "has 7 digits; an NPI has 10 digits"),
        ("npi", "1234567890", "does not pass the check digit of an NPI"),
        ("npi", "3234567893", "does not begin with 1 or 2, as an NPI does"),
        ("dea", "12345678", "has 8 characters; a DEA number has 9 characters"),
        ("dea", "123456789", "does not have the form of a DEA number"),
        ("tin", "1", "has 1 digit; a TIN has 9 digits"),
        ("mbi", "1SG4TE5MK73", "does not have the form of an MBI"),
    ],
)
def test_the_reason_is_told_without_the_number(kind: Kind, text: str, told: str) -> None:
    assert identifiers.explain(kind, text) == told


@given(hkid=hkids())
def test_a_masked_hkid_keeps_its_length_and_hides_half(hkid: str) -> None:
    masked = identifiers.mask_hkid(hkid)
    assert len(masked) == len(hkid)
    assert masked.endswith("***(*)")
    assert masked[:-6] == hkid[:-6]


def test_masks() -> None:
    assert identifiers.mask_hkid("A123456(3)") == "A123***(*)"
    assert identifiers.mask_hkid("AB987654(3)") == "AB987***(*)"
    assert identifiers.mask_hkid("A123456") == "A12****"
    assert identifiers.mask_ssn("123-45-6789") == "***-**-6789"


def test_masks_are_laid_on_once() -> None:
    assert identifiers.mask_hkid("A123***(*)") == "A123***(*)"
    assert identifiers.mask_ssn("***-**-6789") == "***-**-6789"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("SSN: 123-45-6789.", "SSN: ***-**-6789."),
        ("123 45 6789", "*** ** 6789"),
        ("SSN123-45-6789 ___123-45-6789___", "SSN***-**-6789 ___***-**-6789___"),
        ("Social Security No. 123456789", "Social Security No. *****6789"),
        ("SSN (9 digits): 123456789", "SSN (9 digits): *****6789"),
        ("id 123-45-\n6789", "id ***-**-\n6789"),
        ("HKID A123456(3), (AB987654(3))", "HKID A123***(*), (AB987***(*))"),
        ("wrong A123456(4)", "wrong A123***(*)"),
        ("A 123456 (3) HKID: A1234563", "A 123*** (*) HKID: A123****"),
        ("\uff21\uff11\uff12\uff13\uff14\uff15\uff16\uff08\uff13\uff09", "\uff21\uff11\uff12\uff13***\uff08*\uff09"),
        ("Visa 4111 1111 1111 1111 12/29", "Visa **** **** **** 1111 12/29"),
    ],
)
def test_sensitive_numbers_are_masked_in_place(text: str, masked: str) -> None:
    assert identifiers.mask_sensitive(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "NPI 1234567893", "TIN 12-3456789", "DEA AB1234563", "member 123456789", "member XYZ12345", "(415) 555-0142",
        "415-555-0142", "2345 6789", "MBI 1EG4-TE5-MK73", "CIN 91234567A", "ZIP 12345-6789", "NDC 00074-4339-02",
        "000-12-3456", "666-45-6789", "912-45-6789", "1-123-45-6789", "123-45-6789-1", "see to 123456 (2)", "A1234564",
        "05/12/1960", "CPT 99213 27447 J0135",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert identifiers.mask_sensitive(text) == text


@given(text=st.text("0123456789A()- \n", max_size=60) | st.text(max_size=40))
def test_masking_keeps_the_length_and_what_is_not_a_letter_or_digit(text: str) -> None:
    masked = identifiers.mask_sensitive(text)
    assert len(masked) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))


def test_what_is_masked_is_counted_as_it_was() -> None:
    assert identifiers.explain("npi", "***-**-6789") == "has 9 digits; an NPI has 10 digits"

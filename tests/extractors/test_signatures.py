from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from extractors.annotation import annotate
from extractors.signatures import find_signatures
from models.document import InkRegion, Rule
from models.geometry import Box
from models.mention import FieldMention
from models.parsed import Annotation
from tests.extractors.documents import At, document_from_lines

FORM = [At("Prior Authorization Request Form", 180, 40, 16), At("Member Name: Jane Doe", 72, 80)]
BESIDE = [*FORM, At("Prescriber Signature:", 72, 600), At("Date:", 400, 600)]
CAPTION = [*FORM, At("Physician Signature", 90, 612, 8), At("Date", 400, 612, 8)]
CAPTION_RULES = (Rule(Box(85, 606, 360, 607), horizontal=True), Rule(Box(395, 606, 520, 607), horizontal=True))


def read(lines: Sequence[str | At], **page: Any) -> dict[str, FieldMention]:
    document = document_from_lines(lines, marks={1: page})
    return {mention.path: mention for mention in find_signatures(document, annotate(document))}


def pen(*box: float) -> dict[str, Any]:
    return {"ink": (InkRegion(Box(*box), "pen"),)}


def test_ink_beside_the_label_signs_and_an_empty_line_does_not() -> None:
    assert read(BESIDE)["signature.state"].value == "unsigned"
    signed = read(BESIDE, **pen(200, 585, 330, 615))["signature.state"]
    assert signed.value == "signed"
    assert signed.evidence[0].handwritten
    assert signed.evidence[0].boxes == ((200, 585, 330, 615),)


def test_ink_above_the_rule_of_a_caption_signs() -> None:
    assert read(CAPTION, rules=CAPTION_RULES)["signature.state"].value == "unsigned"
    assert read(CAPTION, rules=CAPTION_RULES, **pen(120, 584, 260, 605))["signature.state"].value == "signed"


def test_ink_elsewhere_and_specks_do_not_sign() -> None:
    assert read(BESIDE, **pen(200, 300, 330, 330))["signature.state"].value == "unsigned"
    assert read(BESIDE, **pen(200, 600, 204, 604))["signature.state"].value == "unsigned"


def test_pen_strokes_and_stamps_laid_over_the_page() -> None:
    ink = {"annotations": (Annotation("ink", Box(200, 588, 320, 612)),)}
    stamp = {"annotations": (Annotation("stamp", Box(200, 588, 320, 612)),)}
    assert read(BESIDE, **ink)["signature.state"].value == "signed"
    assert read(BESIDE, **stamp)["signature.state"].value == "stamp"


def test_a_typed_date_is_read_and_a_written_one_is_unclear() -> None:
    typed = read([*BESIDE, At("03/04/2026", 432, 600)], **pen(200, 585, 330, 615))["signature.signed_on"]
    assert typed.value == dt.date(2026, 3, 4)
    inks = {"ink": (InkRegion(Box(200, 585, 330, 615), "pen"), InkRegion(Box(435, 594, 500, 612), "pen"))}
    written = read(BESIDE, **inks)["signature.signed_on"]
    assert (written.value, written.unclear) == (None, "handwritten")


def test_a_typed_name_on_the_line_is_unclear_but_an_electronic_signature_signs() -> None:
    assert read([*BESIDE, At("Ann Lee, MD", 190, 600)])["signature.state"].value == "unclear"
    signed = read([*BESIDE, At("/s/ Ann Lee, MD", 190, 600)])
    assert signed["signature.state"].value == "signed"


@pytest.mark.parametrize(
    "line",
    [
        "Electronically signed by Ann Lee, MD on 03/04/2026",
        "Electronically signed by: Ann Lee, MD 03/04/2026 10:22 AM",
        "Digitally signed by Ann Lee, MD Date: 2026-03-04",
        "Electronically authenticated by Ann Lee MD on March 4, 2026",
    ],
)
def test_electronic_signatures_in_words(line: str) -> None:
    found = read([*FORM, line])
    assert found["signature.state"].value == "signed"
    assert found["signature.name"].value == "Ann Lee, MD"
    assert found["signature.credential"].value == "MD"
    assert found["signature.signed_on"].value == dt.date(2026, 3, 4)


def test_the_patients_signature_and_prose_about_signatures_are_not_the_requesters() -> None:
    assert read([*FORM, At("Patient Signature:", 72, 600)]) == {}
    assert read([*FORM, "My signature below certifies that the information is accurate."]) == {}


def test_a_letter_is_signed_by_ink_between_close_and_name() -> None:
    letter = [
        At("To whom it may concern:", 72, 100),
        At("I am writing on behalf of my patient to request authorization for Humira.", 72, 130),
        At("Sincerely,", 72, 300),
        At("Ann Lee, MD", 72, 360),
    ]
    assert read(letter)["signature.state"].value == "unsigned"
    signed = read(letter, **pen(80, 318, 200, 352))
    assert (signed["signature.state"].value, signed["signature.name"].value) == ("signed", "Ann Lee, MD")


def test_a_form_without_a_place_to_sign_says_nothing() -> None:
    assert read(FORM) == {}

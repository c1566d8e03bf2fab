from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractors.annotation import annotate
from models.annotations import PartType
from models.document import InkRegion, Rule
from models.geometry import Box
from tests.extractors.cases import read_text_layer
from tests.extractors.documents import At, document_from_lines

FORM: list[str | At] = [
    "ACME HEALTH PLAN",
    At("Outpatient Prior Authorization Request Form", 150, 80, 16),
    At("Member Name:", 72, 120),
    At("Jane Doe", 160, 120),
    At("Date of Birth:", 300, 120),
    At("01/02/1980", 380, 120),
    At("Requesting Provider:", 72, 140),
    At("Fax completed form to: 555-123-4567", 72, 160),
]
NOTE = [
    "Lakeside Clinic",
    "PROGRESS NOTE",
    "Patient: Jane Doe   DOB: 01/02/1980",
    "Subjective: doing well.",
    "Objective: stable.",
]
COVER = [
    "FAX",
    "To: Prior Authorization Department",
    "From: Lakeside Clinic",
    "Pages: 3",
    "Re: Jane Doe",
    "Confidentiality notice",
]


def types(*pages: Sequence[str | At], **options: Any) -> list[tuple[str, tuple[int, ...]]]:
    document = document_from_lines(pages[0], pages=pages[1:], **options)
    return [(part.type.value, part.pages) for part in annotate(document).parts]


def test_a_packet_of_cover_form_and_note_is_split_by_its_titles() -> None:
    assert types(COVER, FORM, NOTE) == [
        ("fax-cover", (1,)),
        ("prior-authorization-form", (2,)),
        ("progress-note", (3,)),
    ]


def test_every_page_is_in_exactly_one_part() -> None:
    document = document_from_lines(
        COVER, pages=[FORM, [], NOTE, ["more of the note"], ["MRI BRAIN", "Findings: none", "Impression: normal"]]
    )
    pages = [page for part in annotate(document).parts for page in part.pages]
    assert sorted(pages) == [1, 2, 3, 4, 5, 6]


def test_form_page_two_of_two_stays_with_the_form() -> None:
    first = ["Prior Authorization Request Form (Page 1 of 2)", "Member Information (required)"]
    second = ["Prior Authorization Request Form (Page 2 of 2)", "Quantity limit requests:"]
    assert types(first, second) == [("prior-authorization-form", (1, 2))]


def test_page_one_of_n_begins_a_new_part_even_of_the_same_kind() -> None:
    first = ["Prior Authorization Request Form (Page 1 of 2)", "Member Name: Jane Doe"]
    second = ["Prior Authorization Request Form (Page 2 of 2)", "Comments"]
    assert [pages for _, pages in types(first, second, first, second)] == [(1, 2), (3, 4)]


def test_another_birth_date_begins_a_new_part() -> None:
    other = ["PROGRESS NOTE", "Patient: John Roe   DOB: 05/06/1971", "Subjective: cough."]
    assert [pages for _, pages in types(NOTE, other)] == [(1,), (2,)]


def test_an_untitled_page_goes_on_with_the_note_across_a_blank_back_side() -> None:
    assert types(NOTE, [], ["He tolerates the medication."]) == [("progress-note", (1, 3)), ("blank", (2,))]


def test_titles_survive_misread_letters() -> None:
    assert types(["Prlor Authorizatlon Request Form", "Mernber Name:"], confidence=0.8) == [
        ("prior-authorization-form", (1,))
    ]


def test_a_title_over_two_lines_is_one_title() -> None:
    document = document_from_lines(
        [At("Medication Prior", 200, 60, 18), At("Authorization Form", 200, 82, 18), At("Urgency:", 72, 140)]
    )
    part = annotate(document).parts[0]
    assert part.type is PartType.PRIOR_AUTHORIZATION_FORM
    assert part.title == "Medication Prior Authorization Form"


def test_nothing_telling_is_other_with_little_confidence() -> None:
    part = annotate(document_from_lines(["lorem ipsum dolor sit amet", "consectetur"])).parts[0]
    assert part.type is PartType.OTHER
    assert part.confidence < 0.5


def test_a_mail_body_is_correspondence_unless_it_asks() -> None:
    body = ["Hello,", "please find attached the records.", "Regards,", "Ann"]
    assert types(body, plain=True, path="mail.eml/body") == [("correspondence", (1,))]
    letter = [
        "To whom it may concern,",
        "I am writing on behalf of my patient to request prior authorization for Humira.",
        "Sincerely,",
        "Ann Lee, MD",
    ]
    assert types(letter, plain=True, path="mail.eml/body") == [("letter-of-medical-necessity", (1,))]


def test_a_damaged_page_and_a_picture_are_parts_of_their_own() -> None:
    picture = {"ink": (InkRegion(Box(50, 50, 560, 700), "picture"),)}
    kinds = types(NOTE, [], ["IMG 1"], marks={2: {"damaged": True, "blank": False}, 3: picture})
    assert [kind for kind, _ in kinds] == ["progress-note", "other", "photo"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["OPERATIVE REPORT", "Preoperative diagnosis: hernia", "Surgeon: A", "The patient was prepped and draped."],
            "operative-note",
        ),
        (["LAB RESULTS", "Hemoglobin 9.0 g/dL", "Reference range"], "laboratory-report"),
        (
            ["MRI LUMBAR SPINE WITHOUT CONTRAST", "Technique: sagittal T2", "Findings: none", "Impression: normal"],
            "imaging-report",
        ),
        (["DISCHARGE SUMMARY", "Date of admission: 1/2/2026", "Hospital course: fine"], "discharge-summary"),
        (["SURGICAL PATHOLOGY REPORT", "Gross description: received in formalin"], "pathology-report"),
        (["POLYSOMNOGRAPHY REPORT", "Apnea hypopnea index 22", "Sleep efficiency 80%"], "sleep-study"),
        (["PHYSICAL THERAPY EVALUATION", "Short-term goals: walk", "Home exercise program"], "therapy-note"),
        (["REFERRAL FORM", "Referred to: Cardiology", "Reason for referral: chest pain"], "referral"),
        (["Acme Health", "RxBIN: 004336", "RxPCN: ADV", "RxGRP: RX1", "Member services 800-555-0100"], "id-card"),
        (
            [
                "CLINICAL POLICY",
                "Policy number: 123",
                "is considered medically necessary when all of the following criteria",
            ],
            "policy",
        ),
        (["HARTFORD, CT 06103", "PROGRESS NOTE", "Subjective: well."], "progress-note"),
        (["PRE-AUTHORISATION REQUEST", "Name of insured:", "Ward class:"], "prior-authorization-form"),
        (["DETAILED WRITTEN ORDER", "Order date: 1/2/2026", "Length of need: 99 months"], "order"),
    ],
)
def test_types_by_title_and_cues(lines: list[str], expected: str) -> None:
    assert types(lines) == [(expected, (1,))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Kingfisher Physical Therapy", "12 Mill Road, Tidemill, VA 23099", "Office Visit", "HPI: cough"],
            "progress-note",
        ),
        (["Bay Sleep Laboratory", "8 Elm St, Troy, OH 44099", "Sleep Study - Diagnostic", "AHI 24"], "sleep-study"),
        (["PROGRESS NOTE", "12 Mill Road, Tidemill, VA 23099", "Findings: none", "Technique: none"], "progress-note"),
        (
            ["Active Medication Summary", "Medication Dose Directions Indication", "metformin 500 mg BID"],
            "medication-list",
        ),
        (["Therapy Discharge Summary", "Subjective: better", "Plan: home program"], "therapy-note"),
        (["PT Evaluation", "Short-term goals: walk", "Long-term goals: run", "2x/week for 6 weeks"], "plan-of-care"),
        (["Referral Order", "Service: cardiology visit", "Order date: 1/2/2026"], "order"),
    ],
)
def test_letterheads_lists_and_therapists_papers(lines: list[str], expected: str) -> None:
    assert types(lines) == [(expected, (1,))]


def ruled(*labels: str) -> list[str | At]:
    return [At(label, 72 + 250 * (n % 2), 150 + 20 * (n // 2)) for n, label in enumerate(labels)]


RULES = {1: {"rules": tuple(Rule(Box(70, y, 540, y + 1), horizontal=True) for y in range(140, 300, 20))}}
HEAD = ruled("Patient Name:", "Date of Birth:", "Sex:", "MRN:", "Phone:", "Address:", "Visit Date:", "Provider:")
BLANKS = ruled(
    "Member ID:", "Date of Birth:", "Requesting Provider NPI:", "Requesting Provider Fax:", "Servicing Provider:",
    "Facility NPI:", "CPT Code:", "Diagnosis Code:", "Start Date:", "End Date:", "Number of Visits:", "Urgency:",
)  # fmt: skip


def test_the_ruled_head_of_a_note_is_no_form() -> None:
    note = ["Lakeside Clinic", "Clinic Visit", *HEAD, At("Plan: return in 3 months", 72, 400)]
    assert types(note, marks=RULES) == [("progress-note", (1,))]


def test_a_form_that_asks_for_a_referral_is_a_request_form() -> None:
    assert types(["SPECIALTY REFERRAL REQUEST", *BLANKS], marks=RULES) == [("prior-authorization-form", (1,))]


def test_a_word_for_an_order_in_the_name_of_a_form_makes_no_order_of_it() -> None:
    title = At("RX SPECIALTY MEDICATION CLINICAL REVIEW", 150, 60, 14)
    assert types([title, *BLANKS], marks=RULES) == [("prior-authorization-form", (1,))]
    assert types([At("PRESCRIPTION", 150, 60, 14), *BLANKS], marks=RULES) == [("order", (1,))]


def test_a_form_goes_on_with_nothing() -> None:
    assert types(NOTE, ["State form 7", *BLANKS], marks={2: RULES[1]})[1] == ("prior-authorization-form", (2,))


def test_patient_of_a_part_is_what_its_own_pages_say() -> None:
    parts = annotate(document_from_lines(NOTE, pages=[["MRI BRAIN", "Findings: none", "Impression: normal"]])).parts
    assert (parts[0].patient.name, parts[0].patient.birth_date) == ("Jane Doe", "1980-01-02")
    assert (parts[1].patient.name, parts[1].patient.birth_date) == (None, None)


CASE_TYPES = {
    "pa_form": "prior-authorization-form",
    "doctor_notes": "progress-note",
    "labs": "laboratory-report",
    "imaging": "imaging-report",
}


def test_types_of_the_cases(data_dir: Path) -> None:
    for path in sorted((data_dir / "cases").glob("*/*/*.pdf")):
        kinds = [part.type.value for part in annotate(read_text_layer(path)).parts]
        assert [kind for kind in kinds if kind != "blank"] == [CASE_TYPES[path.parent.name]], path.name

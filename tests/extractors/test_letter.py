from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from extractors.annotation import annotate
from extractors.letter import find_letter_fields
from models.code import Code
from models.mention import FieldMention
from tests.extractors.documents import At, Piece, document_from_lines

DRUG_LETTER = [
    "LAKESIDE DERMATOLOGY ASSOCIATES",
    "200 Lake Street, Chicago, IL 60601",
    "Phone: (312) 555-0142   Fax: (312) 555-0143",
    "",
    "March 3, 2026",
    "",
    "Cigna Health Plan",
    "Attn: Prior Authorization Department",
    "Fax: (855) 840-1678",
    "",
    "RE: Jane A. Doe",
    "DOB: 04/12/1985    Member ID: U1234567801",
    "Diagnosis: Severe atopic dermatitis (L20.9)",
    "",
    "To Whom It May Concern:",
    "",
    "I am writing on behalf of my patient, Jane Doe, to request prior authorization for Dupixent",
    "(dupilumab) 300 mg subcutaneously every other week for 12 months. Ms. Doe has failed triamcinolone",
    "0.1% ointment over 6 months. I am requesting an expedited review because a delay could seriously",
    "jeopardize her ability to regain maximum function.",
    "",
    "Sincerely,",
    "",
    "Maria Lopez, MD, FAAD",
    "Dermatology",
    "NPI: 1234567893",
]
SERVICE_LETTER = [
    "Dear Medical Director,",
    "I am requesting authorization for an MRI of the left knee without contrast (CPT 73721) for my patient, John "
    "Q. Public",
    "(DOB 1/2/1970, Member ID W998877665). He has a meniscal tear (S83.2) despite 8 weeks of therapy.",
    "Respectfully,",
    "Alan Smith, DO",
    "Tel 312-555-0100 Fax 312-555-0101",
]


def fields(
    lines: Sequence[Piece], *, plain: bool = False, path: str | None = None
) -> dict[tuple[str, tuple[int, ...]], FieldMention]:
    document = document_from_lines(lines, plain=plain, path=path)
    found: dict[tuple[str, tuple[int, ...]], FieldMention] = {}
    for mention in find_letter_fields(document, annotate(document)):
        found.setdefault((mention.path, mention.rows), mention)
    return found


def test_a_letter_for_a_drug() -> None:
    values = {path: mention.value for path, mention in fields(DRUG_LETTER).items()}
    assert {
        ("patient.name.full", ()): "Jane A. Doe",
        ("patient.birth_date", ()): dt.date(1985, 4, 12),
        ("coverage.member_id", ()): "U1234567801",
        ("diagnoses.code", (0,)): Code(system="ICD-10-CM", code="L20.9"),
        ("diagnoses.text", (0,)): "Severe atopic dermatitis",
        ("service_lines.drug.name", (0,)): "Dupixent",
        ("service_lines.drug.strength", (0,)): "300 mg",
        ("service_lines.drug.frequency", (0,)): "every other week",
        ("service_lines.drug.duration", (0,)): "12 months",
        ("requesting_provider.name", ()): "Maria Lopez, MD, FAAD",
        ("requesting_provider.npi", ()): "1234567893",
        ("requesting_provider.fax", ()): "3125550143",
        ("level_of_service", ()): "urgent",
        ("request_type", ()): "drug",
        ("submitted_on", ()): dt.date(2026, 3, 3),
    }.items() <= values.items()


def test_the_payers_own_fax_number_is_not_the_providers() -> None:
    document = document_from_lines(DRUG_LETTER)
    said = [m.value for m in find_letter_fields(document, annotate(document)) if m.path == "requesting_provider.fax"]
    assert said == ["3125550143"]


def test_a_letter_for_a_service_in_prose() -> None:
    found = fields(SERVICE_LETTER, plain=True, path="mail.eml/body")
    assert {
        ("patient.name.full", ()): "John Q. Public",
        ("patient.birth_date", ()): dt.date(1970, 1, 2),
        ("coverage.member_id", ()): "W998877665",
        ("service_lines.code", (0,)): Code(system="CPT", code="73721"),
        ("service_lines.laterality", (0,)): "left",
        ("diagnoses.code", (0,)): Code(system="ICD-10-CM", code="S83.2"),
        ("requesting_provider.phone", ()): "3125550100",
    }.items() <= {path: mention.value for path, mention in found.items()}.items()
    assert ("level_of_service", ()) not in found


def test_every_value_has_its_place() -> None:
    document = document_from_lines(DRUG_LETTER)
    for mention in find_letter_fields(document, annotate(document)):
        assert mention.evidence[0].quote
        assert mention.evidence[0].boxes
        assert 0 < mention.confidence <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "This is not an urgent request.",
        "He needs surgery soon because of the pain.",
        "For urgent requests please call 800-555-0100.",
        "She had urgent care visits twice.",
        "This is a non-urgent review.",
    ],
)
def test_a_hint_of_urgency_sets_nothing(sentence: str) -> None:
    lines = [line if "expedited" not in line and "jeopardize" not in line else sentence for line in DRUG_LETTER]
    assert ("level_of_service", ()) not in fields(lines)


def test_a_malformed_npi_is_invalid_and_kept_as_written() -> None:
    mention = fields([*DRUG_LETTER[:-1], "NPI: 1234567890"])["requesting_provider.npi", ()]
    assert (mention.value, mention.unclear, mention.as_written) == (None, "invalid", "1234567890")


def test_a_drug_that_failed_is_not_the_one_asked_for() -> None:
    lines = [
        "To whom it may concern:",
        "I am writing on behalf of my patient Jane Doe. After she failed Enbrel, I "
        "request approval of Cosentyx 150 mg monthly.",
        "Sincerely,",
        "Ann Lee, MD",
    ]
    assert fields(lines)["service_lines.drug.name", (0,)].value == "Cosentyx"


def test_letters_that_ask_for_nothing_and_notes_yield_nothing() -> None:
    assert (
        fields(
            ["Dear Dr. Smith,", "I had the pleasure of seeing Jane Doe (DOB 1/2/1970).", "Sincerely,", "Ann Lee, MD"]
        )
        == {}
    )
    assert fields(["PROGRESS NOTE", "Subjective: requesting a refill of Humira 40 mg.", "Plan: refill"]) == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Diagnosis: M17.11 Unilateral primary osteoarthritis, right knee",
            {
                ("diagnoses.code", (0,)): "M17.11",
                ("diagnoses.text", (0,)): "Unilateral primary osteoarthritis, right knee",
            },
        ),
        (
            "Dx: Plaque psoriasis (L40.0), psoriatic arthritis (L40.50)",
            {("diagnoses.code", (1,)): "L40.50", ("diagnoses.text", (1,)): "psoriatic arthritis"},
        ),
        (
            "Procedure: Right total knee arthroplasty, CPT 27447",
            {("service_lines.code", (0,)): "27447", ("service_lines.laterality", (0,)): "right"},
        ),
        (
            "Medication: Cosentyx 150 mg/mL",
            {("service_lines.drug.name", (0,)): "Cosentyx", ("service_lines.drug.strength", (0,)): "150 mg/mL"},
        ),
    ],
)
def test_labelled_lines(line: str, expected: dict[tuple[str, tuple[int, ...]], str]) -> None:
    lines = [
        "RE: Jane Doe",
        line,
        "To whom it may concern:",
        "I am writing on behalf of my patient to request prior authorization.",
        "Sincerely,",
    ]
    said = {key: m.value.code if isinstance(m.value, Code) else m.value for key, m in fields(lines).items()}
    assert expected.items() <= said.items()


def test_birth_date_member_number_and_appeal_in_later_sentences() -> None:
    found = fields(
        [
            "To whom it may concern,",
            "Please accept this letter as a request for coverage of Ozempic 0.5 mg once weekly for my patient "
            "Linda Ray.",
            "Her date of birth is 3/9/1972 and her member ID is ABC123456789. Linda has type 2 diabetes mellitus "
            "(E11.9).",
            "This is an appeal of your denial dated 12/01/2025.",
            "Sincerely,",
            "Susan Park, NP",
        ]
    )
    assert {
        ("patient.birth_date", ()): dt.date(1972, 3, 9),
        ("coverage.member_id", ()): "ABC123456789",
        ("certification_type", ()): "appeal",
        ("diagnoses.text", (0,)): "type 2 diabetes mellitus",
    }.items() <= {path: mention.value for path, mention in found.items()}.items()


SIDE_LETTER = [
    At("Holloway", 28, 60),
    At("Spine Center", 28, 74),
    At("77 Harbor Drive,", 28, 100, 8),
    At("Suite 100", 28, 111, 8),
    At("Galt Bay, OR 97099", 28, 122, 8),
    At("TELEPHONE", 28, 140, 7),
    At("503 555 0110", 28, 150, 8),
    At("FAX", 28, 166, 7),
    At("503 555 0162", 28, 176, 8),
    At("AUTHORIZATIONS", 28, 192, 7),
    At("Malik Cholmond", 28, 202, 8),
    At("13-Aug-2026", 176, 60),
    At("Copperline Employers Health Trust", 176, 80),
    At("Medical Director", 176, 94),
    At("Patient", 180, 120),
    At("Iglesias, Cornelius", 274, 120),
    At("Date of birth / sex", 180, 136),
    At("23-Jul-1998 / male", 290, 136),
    At("Diagnoses", 180, 152),
    At("Low back pain (M54.50)", 274, 152),
    At("Facility", 180, 168),
    At("Mill Pond Hospital, NPI 2123456786", 274, 168),
    At("Dear Medical Director,", 176, 190),
    At("I care for this patient and write to ask for prior authorization of the following:", 176, 206),
    At("Lumbar injection (CPT 62323-50), quantity 1, from 22-Aug-2026 to", 190, 222),
    At("21-Aug-2027", 190, 236),
    At("Imaging guidance (CPT 77003), quantity 1", 190, 250),
    At("Why it is needed", 176, 270),
    At("Please approve lumbar injection (62323) soon, for the pain that has lasted for months.", 176, 286),
    At("Sincerely,", 176, 310),
    At("Harpreet Quarshie, MD", 176, 350),
]


def test_a_practice_at_the_side_facts_in_a_table_and_requests_in_a_list() -> None:
    values = {key: mention.value for key, mention in fields(SIDE_LETTER).items()}
    assert {
        ("requesting_provider.organization", ()): "Holloway Spine Center",
        ("requesting_provider.address.line", ()): "77 Harbor Drive, Suite 100",
        ("requesting_provider.address.city", ()): "Galt Bay",
        ("requesting_provider.phone", ()): "5035550110",
        ("requesting_provider.fax", ()): "5035550162",
        ("requesting_provider.contact_name", ()): "Malik Cholmond",
        ("submitted_on", ()): dt.date(2026, 8, 13),
        ("patient.name.full", ()): "Iglesias, Cornelius",
        ("patient.birth_date", ()): dt.date(1998, 7, 23),
        ("patient.sex", ()): "male",
        ("diagnoses.text", (0,)): "Low back pain",
        ("facility.organization", ()): "Mill Pond Hospital",
        ("service_lines.text", (0,)): "Lumbar injection",
        ("service_lines.modifiers", (0, 0)): "50",
        ("service_lines.end_on", (0,)): dt.date(2027, 8, 21),
        ("service_lines.code", (1,)): Code(system="CPT", code="77003"),
    }.items() <= values.items()
    assert ("requesting_provider.npi", ()) not in values
    assert ("service_lines.code", (2,)) not in values

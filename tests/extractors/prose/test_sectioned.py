"""Orders and referrals as charts print them: headings with their lines below."""

from __future__ import annotations

from extractors.annotation import annotate
from extractors.letter import find_letter_fields
from models.annotations import PartType
from models.code import Code
from tests.extractors.documents import At, Piece, document_from_lines

MEMO: list[Piece] = [
    "Elm Hollow Clinic",
    "12 Mill Road, Troy, NY 12199",
    "Ph 518-555-0100 | Fx 518-555-0101",
    At("To: Harvest Mutual Health, Intake", 330, 60),
    At("From: Ann Lee, MD", 330, 74),
    At("Date: 09/14/2026", 330, 88),
    At("Subject: Prior authorization requested", 330, 102),
    At("Maria Hale", 72, 130),
    At("DOB 02/03/1960   Female   Member HMH778120   Grp 4400", 72, 142),
    At("7 River Street, Troy, NY 12198   Cell 518-555-0133", 72, 154),
    At("Service requested", 72, 180),
    At("E1390-RR Oxygen concentrator, x 1, rental, 12 months", 86, 193),
    At("Dates", 72, 213),
    At("09/20/2026 through 09/19/2027", 86, 226),
    At("Priority", 72, 246),
    At("Routine", 86, 259),
    At("Diagnosis", 72, 279),
    At("J44.9 Chronic obstructive lung disease", 86, 292),
    At("R09.02 Hypoxemia", 86, 304),
    At("Performing provider", 72, 324),
    At("Old Quarry Oxygen, NPI 2200000133, Ph 518-555-0150, Fx 518-555-0151", 86, 337),
    At("Supporting information", 72, 357),
    At("Saturation was 84% at rest. She does not smoke and has had rehabilitation for a year without relief.", 86, 370),
    At("Requested by", 72, 392),
    At("Ann Lee, MD, Family Medicine", 86, 405),
    At("NPI 2200000265, TIN 00-1234567, office contact Ilse Marr", 86, 417),
]


def said(lines: list[Piece]) -> dict[tuple[str, tuple[int, ...]], object]:
    document = document_from_lines(lines)
    found: dict[tuple[str, tuple[int, ...]], object] = {}
    for mention in find_letter_fields(document, annotate(document)):
        found.setdefault((mention.path, mention.rows), mention.value)
    return found


def test_a_memo_with_headings_is_a_request_letter() -> None:
    assert annotate(document_from_lines(MEMO)).parts[0].type is PartType.LETTER_OF_MEDICAL_NECESSITY


def test_what_stands_under_each_heading_is_what_it_names() -> None:
    found = said(MEMO)
    assert found["service_lines.code", (0,)] == Code(system="HCPCS", code="E1390")
    assert found["service_lines.modifiers", (0, 0)] == "RR"
    assert found["service_lines.quantity.value", (0,)] == "1"
    assert found["service_lines.equipment.months", (0,)] == "12"
    assert str(found["service_lines.end_on", (0,)]) == "2027-09-19"
    assert found["level_of_service", ()] == "standard"
    assert [found["diagnoses.text", (row,)] for row in (0, 1)] == ["Chronic obstructive lung disease", "Hypoxemia"]
    assert found["servicing_provider.organization", ()] == "Old Quarry Oxygen"
    assert found["servicing_provider.fax", ()] == "5185550151"
    assert found["requesting_provider.name", ()] == "Ann Lee, MD"
    assert found["requesting_provider.specialty", ()] == "Family Medicine"
    assert found["requesting_provider.npi", ()] == "2200000265"
    assert found["requesting_provider.contact_name", ()] == "Ilse Marr"


def test_the_head_beside_a_ladder_and_the_banner_are_read() -> None:
    found = said(MEMO)
    assert found["requesting_provider.organization", ()] == "Elm Hollow Clinic"
    assert found["requesting_provider.address.city", ()] == "Troy"
    assert found["coverage.payer_name", ()] == "Harvest Mutual Health"
    assert found["patient.name.full", ()] == "Maria Hale"
    assert found["patient.sex", ()] == "female"
    assert found["coverage.member_id", ()] == "HMH778120"
    assert found["coverage.group_number", ()] == "4400"
    assert found["patient.address.line", ()] == "7 River Street"
    assert found["patient.address.postal_code", ()] == "12198"


def test_headings_side_by_side_part_the_lines_below_them() -> None:
    lines: list[Piece] = [
        At("External Referral", 72, 60, 14),
        At("Referring Provider", 72, 90), At("Referred-To Provider", 320, 90),
        At("Ann Lee, DO", 72, 104), At("Ivo Kranz, MD", 320, 104),
        At("NPI: 2200000133", 72, 116), At("NPI: 2200000265", 320, 116),
        At("Patient", 72, 140), At("Coverage", 320, 140),
        At("Maria Hale", 72, 154), At("Sawtooth Health PPO", 320, 154),
        At("DOB: 01/30/1959", 72, 166), At("Member ID: STH120034", 320, 166),
        At("Diagnoses", 72, 190),
        At("R00.2 Palpitations", 72, 204),
        At("Procedures", 72, 228),
        At("99204 New patient office visit", 72, 242),
        At("93000 Electrocardiogram", 72, 254),
        At("Electronically signed by Ann Lee, DO 10/02/2026", 72, 270),
    ]  # fmt: skip
    found = said(lines)
    assert found["requesting_provider.name", ()] == "Ann Lee, DO"
    assert found["servicing_provider.name", ()] == "Ivo Kranz, MD"
    assert found["requesting_provider.npi", ()] == "2200000133"
    assert found["servicing_provider.npi", ()] == "2200000265"
    assert found["patient.name.full", ()] == "Maria Hale"
    assert found["coverage.payer_name", ()] == "Sawtooth Health PPO"
    assert found["service_lines.text", (1,)] == "Electrocardiogram"
    assert ("service_lines.text", (2,)) not in found


def test_one_heading_in_a_letter_is_no_order() -> None:
    found = said([
        "Dear Reviewer:",
        "I am writing to request authorization of an MRI of the lumbar spine (CPT 72148) for my patient, Maria Hale.",
        "HISTORY", "She has had back pain for eight weeks.", "Sincerely,", "Ann Lee, MD",
    ])  # fmt: skip
    assert found["service_lines.code", (0,)] == Code(system="CPT", code="72148")

from __future__ import annotations

import datetime as dt

from extractors.annotation import annotate
from extractors.chart import find_chart_fields
from models.document import Document
from models.mention import Scalar
from tests.extractors.documents import At, document_from_lines


def said(document: Document) -> dict[str, Scalar | None]:
    return {mention.path: mention.value for mention in find_chart_fields(document, annotate(document))}


def test_the_head_of_a_note_in_one_line_and_the_vital_signs() -> None:
    found = said(
        document_from_lines(
            [
                "LAKESIDE CLINIC",
                "PROGRESS NOTE",
                "Patient: Jane A. Doe   DOB: 04/12/1985   Sex: F   MRN: 00770668",
                "Date of Visit: 03/02/2026   Provider: Ann Lee, MD",
                "Vitals: BP 120/80, Ht 5'5\", Wt 183 lb, BMI 30.5. Weight loss of 12 lb since May. Goal weight 150 lb.",
                "Assessment: lumbar radiculopathy.",
            ]
        )
    )
    assert found["patient.name.full"] == "Jane A. Doe"
    assert found["patient.birth_date"] == dt.date(1985, 4, 12)
    assert found["patient.sex"] == "female"
    assert found["patient.identifiers.mrn"] == "00770668"
    assert (found["patient.height"], found["patient.weight"]) == ("65 in", "183 lb")
    assert "ordering_provider.name" not in found


def test_labels_with_their_values_below_them() -> None:
    found = said(
        document_from_lines(
            [
                At("PROGRESS NOTE", 60, 60, 14),
                *(
                    At(text, x, 100, 6.5)
                    for x, text in ((60, "Patient"), (220, "DOB"), (320, "Gender"), (400, "Chart #"))
                ),
                *(
                    At(text, x + 2, 109)
                    for x, text in ((60, "DOE, JANE"), (220, "4/12/1985"), (320, "Female"), (400, "7716"))
                ),
                At("Subjective: low back pain for ten weeks.", 60, 150),
            ]
        )
    )
    assert found["patient.name.full"] == "DOE, JANE"
    assert found["patient.birth_date"] == dt.date(1985, 4, 12)
    assert found["patient.sex"] == "female"
    assert found["patient.identifiers.mrn"] == "7716"


def test_an_order_tells_who_orders_and_whose_telephone_it_is() -> None:
    found = said(
        document_from_lines(
            [
                "PHYSICIAN ORDER",
                "Patient: Jane Doe   DOB: 04/12/1985   Phone: (312) 555-0101",
                "Please schedule MRI of the lumbar spine without contrast.",
                "Diagnosis: M54.16 Radiculopathy, lumbar region",
                "Ordering provider: Maria Lopez, MD   NPI: 1234567893   Phone: (312) 555-0142",
            ]
        )
    )
    assert found["ordering_provider.name"] == "Maria Lopez, MD"
    assert found["ordering_provider.npi"] == "1234567893"
    assert (found["patient.phone"], found["ordering_provider.phone"]) == ("3125550101", "3125550142")


def test_another_label_that_ends_alike_is_not_the_patients() -> None:
    found = said(
        document_from_lines(
            [
                "PROGRESS NOTE",
                "Patient: Jane Doe",
                "Emergency contact phone: (312) 555-0109",
                "Pharmacy name: Green Cross Drugs",
            ]
        )
    )
    assert found == {"patient.name.full": "Jane Doe"}


def test_a_row_of_labels_that_is_a_little_askew_is_one_row() -> None:
    found = said(
        document_from_lines(
            [
                At("STANDARD WRITTEN ORDER", 60, 60, 14),
                At("Phone", 420, 199, 6.5),
                At("NPI", 280, 200, 6.5),
                At("Ordering practitioner", 60, 201, 6.5),
                At("Ann Lee, MD", 62, 211),
                At("1234567893", 282, 210),
                At("512-555-0142", 422, 209),
            ]
        )
    )
    assert found["ordering_provider.phone"] == "5125550142"
    assert found["ordering_provider.name"] == "Ann Lee, MD"

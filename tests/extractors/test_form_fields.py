from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.form_fields import extract_form_fields
from models.annotations import PartType
from models.code import Code
from models.geometry import Affine, Box
from models.mention import FieldMention, MarkMention
from tests.extractors.documents import HEIGHT, WIDTH
from tests.extractors.forms import (
    At,
    annotated,
    cell,
    fields,
    form,
    in_cells,
    mentions,
    pen,
    shaken,
    table,
    tick_box,
    typed,
    underline,
    values,
)

LETTERS = st.characters(min_codepoint=33, max_codepoint=0x2FF)
LABELS = [
    "Patient Name:", "DOB:", "Member ID:", "Height:", "ICD-10:", "Medication:", "Address:", "Quantity:", "CPT code:",
    "Prescriber NPI:", "Date of service:", "PATIENT INFORMATION", "Weight:", "Phone:", "Sex:", "Diagnosis:",
    "Modifiers:",
]  # fmt: skip


def test_a_label_with_its_value_on_the_line() -> None:
    said = values(form(["Patient Name: Jane Sample", "Date of Birth: 05/12/1960", "Member ID: XYZ12345"]))
    assert said == {
        "patient.name.full": "Jane Sample",
        "patient.name.family": "Sample",
        "patient.name.given": "Jane",
        "patient.birth_date": dt.date(1960, 5, 12),
        "coverage.member_id": "XYZ12345",
    }


def test_a_label_above_its_value_in_a_cell() -> None:
    said = values(
        form(
            [
                At("Patient Name:", 72, 102, 7),
                At("Jane Sample", 72, 114),
                At("NPI:", 302, 102, 7),
                At("1234567893", 302, 114),
            ],
            rules=(*cell(70, 100, 300, 130), *cell(300, 100, 540, 130)),
        )
    )
    assert said["patient.name.full"] == "Jane Sample"
    assert said["requesting_provider.npi"] == "1234567893"


def test_a_value_typed_on_an_underlined_blank() -> None:
    document = form([At("Patient Name:", 72, 100), At("Jane Sample", 160, 99)], rules=(underline(150, 111, 350),))
    assert values(document)["patient.name.full"] == "Jane Sample"


def test_the_section_says_whose_number_it_is() -> None:
    said = values(
        form(
            [
                "PATIENT INFORMATION", "Name: Jane Sample", "Phone: 512-555-0142", "",
                "PRESCRIBER INFORMATION", "Name: Bo Example MD", "Phone: 512-555-0199",
            ]
        )
    )  # fmt: skip
    assert said["patient.phone"] == "5125550142"
    assert said["requesting_provider.phone"] == "5125550199"
    assert said["patient.name.full"] == "Jane Sample"
    assert said["requesting_provider.name"] == "Bo Example MD"


def test_empty_blanks_and_the_words_of_the_form_say_nothing() -> None:
    empty = form(
        ["Patient Name:", "", "Diagnosis: N/A", "NPI: ____________", "Please print clearly", "Fax this form to:"]
    )
    assert values(empty) == {}


def test_an_identifier_that_fails_its_check_is_invalid_with_its_characters() -> None:
    found = fields(form(["Prescriber NPI: 1237865"]))["requesting_provider.npi", ()]
    assert (found.value, found.unclear, found.as_written) == (None, "invalid", "1237865")


def test_of_two_kinds_the_first_named_is_the_invalid_one() -> None:
    assert values(form(["DEA or TIN: 12345678"])) == {"requesting_provider.dea": "<invalid>"}
    assert values(form(["DEA or TIN: 123456789"])) == {"requesting_provider.tin": "123456789"}


def test_a_repair_needs_the_check_digit_and_is_marked() -> None:
    found = fields(form(["Prescriber NPI: 12345G7893"]))["requesting_provider.npi", ()]
    assert (found.value, found.as_written, found.provenance.repaired) == ("1234567893", "12345G7893", True)


def test_masks_hide_identity_numbers_everywhere() -> None:
    dumped = "".join(m.model_dump_json() for m in mentions(form(["SSN: 123-45-6789", "HKID: A123456(3)"])))
    assert "***-**-6789" in dumped
    assert "A123***(*)" in dumped
    assert "123-45" not in dumped
    assert "123456" not in dumped


def test_doubtful_words_become_alternatives_not_values() -> None:
    document = form(["Date of Birth: 05/12/1960"])
    doubtful = fields(shaken(document, 0.5))["patient.birth_date", ()]
    assert (doubtful.value, doubtful.unclear) == (None, "illegible")
    assert [other.value for other in doubtful.alternatives] == [dt.date(1960, 5, 12)]
    sure = fields(shaken(document, 0.97))["patient.birth_date", ()]
    assert sure.unclear is None
    assert doubtful.confidence < 0.55 < sure.confidence < fields(document)["patient.birth_date", ()].confidence


def test_pen_ink_in_a_blank_is_handwriting_and_is_not_guessed() -> None:
    document = form([At("Patient Name:", 72, 102, 7)], rules=cell(70, 100, 300, 130), ink=(pen(90, 112, 200, 126),))
    found = fields(document)["patient.name.full", ()]
    assert (found.value, found.unclear) == (None, "handwritten")
    assert found.evidence[0].handwritten
    assert found.evidence[0].boxes == ((90.0, 112.0, 200.0, 126.0),)


def test_a_tick_answers_its_question() -> None:
    document = form(
        [At("Review type:", 72, 100), At("Standard", 172, 100), At("Urgent", 252, 100)],
        checkboxes=(tick_box(160, 100), tick_box(240, 100, "checked")),
    )
    marks = [m for m in mentions(document) if isinstance(m, MarkMention)]
    assert [(m.question, m.option, m.state) for m in marks] == [
        ("Review type:", "Standard", "empty"),
        ("Review type:", "Urgent", "checked"),
    ]
    assert values(document) == {"level_of_service": "urgent"}
    assert marks[1].evidence[0].boxes == ((240.0, 100.0, 249.0, 109.0),)


def test_a_doubtful_urgent_mark_stays_urgent_and_any_other_has_no_value() -> None:
    urgent = form([At("Urgent", 84, 100)], checkboxes=(tick_box(72, 100, "unclear"),))
    found = fields(urgent)["level_of_service", ()]
    assert (found.value, found.unclear) == ("urgent", "illegible")
    standard = form([At("Standard", 84, 100)], checkboxes=(tick_box(72, 100, "unclear"),))
    found = fields(standard)["level_of_service", ()]
    assert (found.value, found.unclear) == (None, "illegible")


def test_a_table_of_services_is_a_line_a_row() -> None:
    x, y = (72, 150, 300, 370, 440, 540), (200, 216, 232, 248)
    heads = ("CPT Code", "Description", "Modifier", "Units", "Frequency")
    rows = [
        ("72148", "MRI lumbar spine", "LT", "1", "once daily"),
        ("97110", "Therapeutic exercise", "GP KX", "12", "2x/week"),
    ]
    document = form(in_cells([heads, *rows], x, y), rules=table(x, y))
    said = values(document)
    assert said["service_lines.code.0"] == Code(system="CPT", code="72148")
    assert said["service_lines.code.1"] == Code(system="CPT", code="97110")
    assert said["service_lines.text.0"] == "MRI lumbar spine"
    assert (said["service_lines.quantity.value.0"], said["service_lines.quantity.value.1"]) == ("1", "12")
    assert said["service_lines.modifiers.0.0"] == "LT"
    assert (said["service_lines.modifiers.1.0"], said["service_lines.modifiers.1.1"]) == ("GP", "KX")
    assert (said["service_lines.frequency.count.1"], said["service_lines.frequency.per.1"]) == ("2", "week")


def test_two_codes_in_a_cell_do_not_run_into_the_next_row() -> None:
    x, y = (72, 200, 420), (200, 216, 232, 248)
    pieces = [("CPT Code", "Description"), ("72148, 72149", "MRI spine"), ("97110", "Therapy")]
    document = form(in_cells(pieces, x, y), rules=table(x, y))
    said = values(document)
    assert [said[f"service_lines.code.{n}"].code for n in range(3)] == ["72148", "72149", "97110"]


def test_treatments_tried_before() -> None:
    x, y = (72, 200, 320, 540), (200, 216, 232)
    pieces = [("Medication Name", "Dates", "Response"), ("Methotrexate 15 mg", "1/2025 - 6/2025", "No response")]
    document = form(in_cells(pieces, x, y), rules=table(x, y))
    prior = {path: found.value for (path, rows), found in fields(document).items() if rows == (0, 0)}
    base = "service_lines.drug.prior_treatments"
    assert str(prior[f"{base}.name"]).startswith("Methotrexate")
    assert prior[f"{base}.outcome"] == "No response"
    assert (prior[f"{base}.from"], prior[f"{base}.to"]) == ("1/2025", "6/2025")


def test_fields_of_an_interactive_form_are_read_with_their_places() -> None:
    box = Box(170, 58, 360, 74)
    found = fields(form(["Patient Name:"], form_fields=(typed("n", "Jane\n  Sample", box),)))["patient.name.full", ()]
    assert found.value == "Jane Sample"
    assert found.evidence[0].quote == "Jane Sample"
    assert found.evidence[0].boxes == ((170.0, 58.0, 360.0, 74.0),)


def test_a_given_name_that_begins_the_family_name_is_shown_in_its_own_place() -> None:
    found = fields(form(["Patient Name: Johnson, John"]))
    assert found["patient.name.given", ()].evidence[0].quote == "John"
    assert found["patient.name.family", ()].evidence[0].quote == "Johnson,"


def test_height_and_weight() -> None:
    said = values(form(["Patient Height: 5'6\"", "Patient Weight: 180 lbs"]))
    assert said == {"patient.height": "66 in", "patient.weight": "180 lb"}


def test_the_second_diagnosis_is_the_second_row() -> None:
    said = values(
        form(["Diagnosis: Crohn's disease", "ICD-10: K50.90", "Secondary diagnosis: Anemia", "ICD-10 code: D64.9"])
    )
    assert [said["diagnoses.text.0"], said["diagnoses.text.1"]] == ["Crohn's disease", "Anemia"]
    assert [said["diagnoses.code.0"].code, said["diagnoses.code.1"].code] == ["K50.90", "D64.9"]


def test_an_empty_code_blank_does_not_lend_the_next_code() -> None:
    said = values(
        form(["Diagnosis: Crohn's disease", "ICD-10:", "", "", "Secondary diagnosis: Anemia", "ICD-10 code: D64.9"])
    )
    code = next(path for path in said if path.startswith("diagnoses.code"))
    anemia = next(path for path, value in said.items() if value == "Anemia")
    assert code.rsplit(".", 1)[1] == anemia.rsplit(".", 1)[1]


@pytest.mark.parametrize("kind", [PartType.PROGRESS_NOTE, PartType.LABORATORY_REPORT, PartType.FAX_COVER])
def test_other_papers_are_not_read_as_forms(kind: PartType) -> None:
    document = form(["Patient Name: Jane Sample"])
    assert list(extract_form_fields(document, annotated(document, kind))) == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_are_told_on_the_received_page(turn: int) -> None:
    """The page lay on its side when it came; the box of a value turns back with it."""
    moves = {
        0: Affine(),
        90: Affine.turning(-90).then(Affine.moving(0, WIDTH)),
        180: Affine.turning(180).then(Affine.moving(WIDTH, HEIGHT)),
        270: Affine.turning(90).then(Affine.moving(HEIGHT, 0)),
    }
    width, height = (HEIGHT, WIDTH) if turn in {90, 270} else (WIDTH, HEIGHT)
    document = form(["Member ID: XYZ12345"], rotation=turn, to_received=moves[turn], width=width, height=height)
    found = fields(document)["coverage.member_id", ()]
    (box,) = found.evidence[0].boxes
    upright = moves[turn].inverse().box(Box(*box))
    assert (upright.x0, upright.top) == pytest.approx((72 + 11 * 5, 60), abs=0.1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(LABELS).flatmap(
            lambda label: st.text(LETTERS, max_size=24).map(lambda text: f"{label} {text}")
        ),
        max_size=8,
    ),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_whatever_is_typed_every_value_has_its_place_on_the_page(lines: list[str], confidence: float | None) -> None:
    document = form(lines, confidence=confidence)
    for mention in mentions(document):
        assert 0 <= mention.confidence <= 1
        for place in mention.evidence:
            assert place.boxes
            assert all(0 <= x0 <= x1 <= WIDTH and 0 <= top <= bottom <= HEIGHT for x0, top, x1, bottom in place.boxes)
        if isinstance(mention, FieldMention):
            assert mention.value is not None or mention.unclear is not None
            assert mention.value != ""


def test_a_field_that_holds_several_things_is_taken_apart() -> None:
    box, other = Box(140, 58, 360, 72), Box(140, 74, 400, 86)
    said = values(
        form(
            ["Diagnosis:", "Medication:"],
            form_fields=(
                typed("d", "Crohn's disease (K50.90)", box),
                typed("m", "Humira 40 mg pen, inject weekly", other),
            ),
        )
    )
    assert said["diagnoses.text.0"] == "Crohn's disease"
    assert said["diagnoses.code.0"].code == "K50.90"
    assert said["service_lines.drug.name.0"] == "Humira"
    assert said["service_lines.drug.dose.0"] == "inject weekly"

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from extractors.annotation import annotate
from extractors.entities import find_entities
from models.mention import EntityMention
from tests.extractors.cases import read_text_layer
from tests.extractors.documents import document_from_lines


def entities(*lines: str, confidence: float | None = None) -> list[EntityMention]:
    document = document_from_lines(["PROGRESS NOTE", *lines], confidence=confidence)
    return list(find_entities(document, annotate(document)))


def test_every_quote_stands_in_the_text_and_every_box_on_its_page() -> None:
    document = document_from_lines(["PROGRESS NOTE", "HPI: She failed methotrexate for 3 months."])
    (mention,) = find_entities(document, annotate(document))
    assert mention.evidence[0].quote in document.text
    assert mention.evidence[0].quote == "failed methotrexate"
    assert mention.text == "methotrexate"
    assert all(0 <= x0 < x1 <= 612 and 0 <= top < bottom <= 792 for x0, top, x1, bottom in mention.evidence[0].boxes)


def test_how_long_a_treatment_lasted_is_its_value_but_not_how_often_it_is_taken() -> None:
    (mention,) = entities("Symptoms persist despite 5 weeks of topical therapy.")
    assert (mention.status, mention.value, mention.unit) == ("failed", "5", "wk")
    (mention,) = entities("She takes adalimumab every 2 weeks.")
    assert (mention.value, mention.unit) == (None, None)


def test_a_time_after_one_treatment_is_not_that_of_the_next() -> None:
    mentions = entities("She failed physical therapy for 12 weeks, naproxen, and corticosteroid injections.")
    assert [(m.text, m.value) for m in mentions] == [
        ("physical therapy", "12"),
        ("naproxen", None),
        ("corticosteroid injections", None),
    ]


def test_scores_have_values() -> None:
    found = {
        m.text: (m.value, m.unit)
        for m in entities("Severity: (SCORAD): 35 (moderate to severe) with >10% BSA affected. EASI score of 24.5.")
    }
    assert found == {"SCORAD": ("35", None), "BSA": ("10", "%"), "EASI": ("24.5", None)}


def test_a_negative_outcome_is_a_test_that_was_done_and_a_pending_one_was_not() -> None:
    mentions = entities("QuantiFERON negative on 03/02/2026.", "HBsAg pending.", "No TB testing on file.")
    assert [(m.concept, m.status, m.value) for m in mentions] == [
        ("tuberculosis_test", "present", "negative"),
        ("hepatitis_b_test", "hypothetical", "pending"),
        ("tuberculosis_test", "absent", None),
    ]
    assert mentions[0].on == dt.date(2026, 3, 2)


def test_forms_policies_allergies_and_bare_headings_state_nothing() -> None:
    form = document_from_lines(
        ["Prior Authorization Request Form", "Has the patient failed methotrexate?", "Fax completed form to: 1"]
    )
    assert list(find_entities(form, annotate(form))) == []
    assert entities("Allergies: methotrexate") == []
    note = document_from_lines(["ADALIMUMAB PA EXAMPLE", "PROGRESS NOTE", "Subjective: well."])
    assert list(find_entities(note, annotate(note))) == []


def test_words_bent_by_ocr_are_found_with_less_confidence() -> None:
    (mention,) = entities("She failed methotrexale.", confidence=0.9)
    assert mention.concept == "conventional_systemic_therapy"
    assert mention.confidence < 0.9
    assert mention.provenance.rule == "misread-word"


def test_what_the_cases_say_of_treatments(data_dir: Path) -> None:
    said: dict[str, set[tuple[str | None, str, str | None]]] = {}
    for path in sorted((data_dir / "cases").glob("*/doctor_notes/*.pdf")):
        document = read_text_layer(path)
        mentions = find_entities(document, annotate(document))
        said[path.parent.parent.name] = {
            (m.concept, m.status, m.value) for m in mentions if m.category in {"drug", "test"}
        }
    assert ("conventional_systemic_therapy", "failed", None) in said["001a"]
    assert not any(concept == "conventional_systemic_therapy" for concept, _, _ in said["001b"])
    assert ("topical_therapy", "failed", "5") in said["004a"]
    assert ("topical_therapy", "failed", "3") in said["004b"]
    assert ("disease_severity", "present", "35") in said["004a"]
    assert all(
        status == "hypothetical"
        for case in said.values()
        for concept, status, _ in case
        if concept == "biologic_therapy"
    )


def test_a_course_of_treatment_has_its_bounds_and_outcome() -> None:
    mentions = entities("HPI: Failed 6 weeks of PT from 01/05/2026 to 02/20/2026.")
    (mention,) = [m for m in mentions if m.concept == "conservative_therapy"]
    assert (mention.text, mention.expansion, mention.status) == ("PT", "physical therapy", "failed")
    assert (mention.value, mention.unit, mention.outcome) == ("6", "wk", "no-response")
    assert (mention.began_on, mention.ended_on) == (dt.date(2026, 1, 5), dt.date(2026, 2, 20))
    assert mention.on == dt.date(2026, 2, 20)


def test_measures_that_checklists_ask_for() -> None:
    mentions = entities(
        "HPI: AHI of 32.4 events/hr. BMI 41.2 kg/m2. The patient should target a BMI of 25. SpO2 86% on room air.",
        "HbA1c 8.9%. She has 18 headache days per month. Strength 40 mg tablets.",
    )
    found = {(m.concept, m.value) for m in mentions if m.status == "present" and m.value}
    assert found >= {
        ("apnea_hypopnea_index", "32.4"), ("body_mass_index", "41.2"), ("oxygen_saturation", "86"),
        ("hemoglobin_a1c", "8.9"), ("headache_days", "18"),
    }  # fmt: skip
    assert ("body_mass_index", "25") not in found
    assert not [m for m in mentions if m.concept == "muscle_strength"]


def test_the_heading_assessment_and_plan_does_not_make_its_diagnoses_plans() -> None:
    mentions = entities(
        "Assessment and Plan:", "1. Lumbar radiculopathy, worse.", "2. Start gabapentin 300 mg nightly."
    )
    assert [(m.concept, m.status) for m in mentions if m.concept] == [
        ("lumbar_radiculopathy", "present"),
        ("neuropathic_pain_therapy", "hypothetical"),
    ]


def test_sides() -> None:
    mentions = entities("HPI: Right knee pain and left hip pain.")
    assert [(m.concept, m.laterality) for m in mentions] == [("knee_pain", "right"), ("hip_pain", "left")]


def test_chinese_sentences() -> None:
    mentions = entities("病人有高血壓，否認胸痛。", "左膝痛，物理治療無效。")
    assert [(m.text, m.status, m.laterality) for m in mentions] == [
        ("高血壓", "present", None),
        ("胸痛", "absent", None),
        ("膝痛", "present", "left"),
        ("物理治療", "failed", None),
    ]


def test_names_of_people_are_no_drugs() -> None:
    assert not [m for m in entities("Patient: Jane Roe", "Electronically signed by Amara Rivera, MD") if m.text]


def test_white_space_in_plain_text_costs_no_time() -> None:
    text = ("HbA1c" + " " * 4000 + "x ") * 2
    document = document_from_lines([text], plain=True)
    started = time.monotonic()
    list(find_entities(document, annotate(document)))
    assert time.monotonic() - started < 5

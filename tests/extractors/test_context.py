from __future__ import annotations

import pytest

from extractors.context import Sentence
from models.geometry import Span
from models.mention import EntityCategory


def status(text: str, fact: str, category: EntityCategory = "problem", section: str | None = None) -> str:
    at = text.index(fact)
    return Sentence(text, section).judge(Span(at, at + len(fact)), category).status


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("The patient has asthma.", "asthma", "present"),
        ("General: Negative for fatigue, fever, pallor.", "pallor", "absent"),
        ("Negative for fever. Positive for fatigue, pallor", "fever", "absent"),
        ("Negative for nausea but positive for fatigue", "fatigue", "present"),
        ("No wheezing or crackles", "wheezing", "absent"),
        ("She denies chest pain, palpitations and cough.", "cough", "absent"),
        ("10yo F with no PMH presents with abdominal pain", "abdominal pain", "present"),
        ("We cannot rule out tuberculosis", "tuberculosis", "possible"),
        ("new IBD diagnosis, likely Crohn's disease", "Crohn's disease", "possible"),
        ("Pneumonia was ruled out.", "Pneumonia", "absent"),
        ("History of hepatitis B in 1998", "hepatitis B", "historical"),
        ("Her mother has psoriasis", "psoriasis", "family"),
        ("Family history of ulcerative colitis", "ulcerative colitis", "family"),
        ("Per mother, she has eczema", "eczema", "present"),
        ("Return if fever develops", "fever", "hypothetical"),
        ("no improvement in her eczema", "eczema", "present"),
    ],
)
def test_problems(text: str, fact: str, expected: str) -> None:
    assert status(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        (
            "persistent symptoms despite 5 weeks of topical therapy with triamcinolone cream, pimecrolimus and "
            "aquaphor",
            "pimecrolimus",
            "failed",
        ),
        ("using topical triamcinolone and emollients, without significant relief", "triamcinolone", "failed"),
        ("She failed methotrexate, sulfasalazine and prednisone.", "prednisone", "failed"),
        ("no improvement with prednisone", "prednisone", "failed"),
        ("inadequate response to azathioprine", "azathioprine", "failed"),
        ("Methotrexate was discontinued due to nausea", "Methotrexate", "failed"),
        ("poor response to topical medication", "topical medication", "failed"),
        ("Continue Methylprednisone 40mg daily", "Methylprednisone", "present"),
        ("Patient will likely need to initiate biologic therapy", "biologic therapy", "hypothetical"),
        ("The provider recommends dupilumab (Dupixent) injections", "Dupixent", "hypothetical"),
        ("I am requesting approval of Humira", "Humira", "hypothetical"),
        ("She has never taken methotrexate", "methotrexate", "absent"),
        ("previously treated with infliximab", "infliximab", "historical"),
        ("She was on prednisone in the past", "prednisone", "historical"),
    ],
)
def test_treatments(text: str, fact: str, expected: str) -> None:
    assert status(text, fact, "drug") == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("She failed 6 weeks of PT.", "PT", "failed"),
        ("6 weeks of PT without improvement", "PT", "failed"),
        ("No relief after 6 weeks of PT, NSAIDs, and an ESI.", "ESI", "failed"),
        ("Completed 8 weeks of PT with minimal relief.", "PT", "failed"),
        ("PT for 6 weeks provided only temporary relief", "PT", "failed"),
        ("failed conservative therapy including PT x 6 weeks, NSAIDs, and ESI", "NSAIDs", "failed"),
        ("Conservative therapy including PT and NSAIDs has been unsuccessful", "PT", "failed"),
        ("Exhausted conservative measures", "conservative measures", "failed"),
        ("No improvement with gabapentin.", "gabapentin", "failed"),
        ("pain is not relieved by ibuprofen", "ibuprofen", "failed"),
        ("topiramate - ineffective", "topiramate", "failed"),
        ("CPAP was tried and failed", "CPAP", "failed"),
        ("CPAP intolerance", "CPAP", "failed"),
        ("NSAIDs contraindicated due to CKD", "NSAIDs", "absent"),
        ("PT has not been tried", "PT", "absent"),
        ("Refer to PT.", "PT", "hypothetical"),
        ("If conservative therapy fails, consider surgery", "conservative therapy", "hypothetical"),
        ("No longer takes methotrexate", "methotrexate", "historical"),
        ("Botox has provided 60% reduction in headache days", "Botox", "present"),
    ],
)
def test_treatments_of_checklists(text: str, fact: str, expected: str) -> None:
    assert status(text, fact, "procedure") == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("Cauda equina syndrome cannot be ruled out.", "Cauda equina syndrome", "possible"),
        ("Could not rule out stroke", "stroke", "possible"),
        ("Denies incontinence, saddle anesthesia or progressive weakness.", "progressive weakness", "absent"),
        ("Fever: no", "Fever", "absent"),
        ("chills - denies", "chills", "absent"),
        ("No definite fracture", "fracture", "absent"),
        ("no improvement in weakness", "weakness", "present"),
        ("persistent weakness despite therapy", "weakness", "present"),
        ("gram negative sepsis", "sepsis", "present"),
        ("history of seizures, none recently", "seizures", "historical"),
        ("FH: negative for cancer", "cancer", "absent"),
        ("Assessment and Plan: 1. Lumbar radiculopathy", "Lumbar radiculopathy", "present"),
    ],
)
def test_traps(text: str, fact: str, expected: str) -> None:
    assert status(text, fact) == expected


def test_sections_weigh_in() -> None:
    assert status("Asthma, eczema.", "eczema", section="family_history") == "family"
    assert status("Start prednisone 20 mg", "prednisone", "drug", section="plan") == "hypothetical"
    assert status("Start prednisone 20 mg", "prednisone", "drug") == "present"
    assert status("Naproxen, PT", "PT", "procedure", section="prior_treatment") == "historical"
    assert status("1. Asthma", "Asthma", section="assessment_plan") == "present"


def test_the_cue_is_told() -> None:
    text = "She failed methotrexate"
    judgement = Sentence(text).judge(Span(11, 23), "drug")
    assert judgement.cue is not None
    assert text[judgement.cue.start : judgement.cue.end] == "failed"

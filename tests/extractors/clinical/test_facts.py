from __future__ import annotations

from itertools import pairwise

from extractors.clinical.facts import Fact, find_facts


def found(text: str, own: dict[str, str] | None = None) -> list[tuple[str, str, str | None]]:
    def told(fact: Fact) -> tuple[str, str, str | None]:
        return text[fact.span.start : fact.span.end], fact.rule, fact.concept.concept if fact.concept else None

    return [told(fact) for fact in find_facts(text, own or {})]


def test_the_words_that_models_of_abstracts_miss() -> None:
    assert found("Lumbar radiculopathy, OSA; was on Humira.") == [
        ("Lumbar radiculopathy", "vocabulary", "lumbar_radiculopathy"),
        ("OSA", "vocabulary", "obstructive_sleep_apnea"),
        ("Humira", "vocabulary", "biologic_therapy"),
    ]


def test_an_abbreviation_has_the_concept_of_what_it_stands_for() -> None:
    assert ("PT", "abbreviation", "conservative_therapy") in found("Failed 6 weeks of PT.")
    assert ("LTBI", "vocabulary", "tuberculosis") in found("Treated for LTBI.")
    assert ("ZZQ", "abbreviation", "asthma") in found("ZZQ is stable.", {"ZZQ": "asthma"})


def test_what_no_concept_needs_is_still_recognised() -> None:
    assert ("hematoma", "vocabulary", None) in found("A hematoma was seen.")


def test_drugs_by_the_ends_of_their_names() -> None:
    assert [name for name, rule, _ in found("Continue dasatinib and bosentan in April.") if rule == "stem"] == [
        "dasatinib",
        "bosentan",
    ]


def test_no_two_facts_overlap() -> None:
    text = "Chronic obstructive pulmonary disease (COPD) with FEV1 of 40 %, on home oxygen and inhaled corticosteroids."
    facts = find_facts(text, {})
    assert all(one.span.end <= other.span.start for one, other in pairwise(facts))
    assert len(facts) >= 4

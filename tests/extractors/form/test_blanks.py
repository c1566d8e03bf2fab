from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.form.blanks import Answer, answers
from extractors.form.labels import read_labels
from extractors.form.vocabulary import vocabulary
from extractors.layout.cells import grid
from extractors.layout.runs import runs
from models.document import Rule
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import cell, form, underline, values


def answered(*lines: str | At, rules: tuple[Rule, ...] = ()) -> tuple[Answer, ...]:
    page = replace(document_from_lines(lines).page(1), rules=rules)
    labels, fragments = read_labels(runs(page), vocabulary())
    return answers(labels, fragments, grid(page))


def told(*lines: str | At, rules: tuple[Rule, ...] = ()) -> dict[str, tuple[str, str]]:
    found = answered(*lines, rules=rules)
    return {answer.label.text: (" ".join(run.text for run in answer.runs), answer.rule) for answer in found}


def test_each_layout_has_its_rule() -> None:
    said = told(
        "DOB: 5/12/1960", At("Sex:", 72, 90), At("Female", 160, 90), At("City:", 72, 120, 7), At("Austin", 72, 131)
    )
    assert said == {"DOB:": ("5/12/1960", "inline"), "Sex:": ("Female", "right"), "City:": ("Austin", "below")}


def test_a_value_too_far_away_answers_nobody() -> None:
    assert told(At("Sex:", 72, 90), At("Female", 480, 90)) == {"Sex:": ("", "empty")}
    assert told(At("Sex:", 72, 90), At("Female", 72, 190)) == {"Sex:": ("", "empty")}


def test_rules_keep_the_neighbour_s_value_out() -> None:
    rules = (*cell(70, 100, 300, 130), *cell(300, 100, 540, 130))
    said = told(At("City:", 72, 102, 7), At("State:", 302, 102, 7), At("TX", 302, 114), rules=rules)
    assert said == {"City:": ("", "empty"), "State:": ("TX", "below")}


def test_two_lines_of_a_cell_are_one_answer() -> None:
    found = answered(At("Diagnosis:", 72, 102, 7), At("Crohn's disease of", 72, 112), At("small intestine", 72, 124),
                     rules=cell(70, 100, 300, 140))  # fmt: skip
    assert [run.text for run in found[0].runs] == ["Crohn's disease of", "small intestine"]
    assert found[0].cell is not None


LABELS = st.sampled_from(["DOB:", "City:", "Sex:", "Phone:", "Member ID:"])
PLACES = st.tuples(st.integers(40, 500), st.integers(40, 700))


@given(st.lists(st.tuples(st.one_of(LABELS, st.just("abc"), st.just("12 34")), PLACES), max_size=14))
def test_no_words_answer_two_labels(made: list[tuple[str, tuple[int, int]]]) -> None:
    found = answered(*(At(text, x, y) for text, (x, y) in made))
    spans = [word.span for answer in found for run in answer.runs for word in run.words]
    assert len(spans) == len(set(spans))


def test_of_two_labels_in_a_cell_each_has_what_stands_below_it() -> None:
    pieces = [
        At("PATIENT", 60, 80), At("Street", 76, 102, 6), At("City, state, ZIP", 356, 102, 6),
        At("27 SEXTON ALLEY", 78, 113), At("MESA QUEMADA, AZ 85099", 359, 113),
    ]  # fmt: skip
    said = values(form(pieces, rules=cell(70, 98, 560, 126)))
    assert said["patient.address.line"] == "27 SEXTON ALLEY"
    assert (said["patient.address.city"], said["patient.address.postal_code"]) == ("MESA QUEMADA", "85099")


def test_an_office_where_a_service_is_given_is_no_section() -> None:
    pieces = [At("SERVICE REQUESTED", 60, 80), At("Place of service", 76, 102, 6), At("OFFICE", 78, 113)]
    assert values(form(pieces, rules=cell(70, 98, 300, 126)))["service_lines.place_of_service.0"] == "OFFICE"


def test_a_bracket_that_coarse_print_has_lost_costs_no_value() -> None:
    pieces = [At("Procedure code (CPT/HCPCS'", 76, 102, 6), At("97110", 78, 113)]
    assert values(form(pieces, rules=cell(70, 98, 300, 126)))["service_lines.code.0"].code == "97110"


def test_a_word_for_number_before_a_blank_is_no_value() -> None:
    pieces = [At("REQUESTING PROVIDER", 60, 80), At("N.P I", 60, 100), At("NO", 110, 100), At("1234567893", 140, 99)]
    assert values(form(pieces, rules=(underline(135, 112, 300),)))["requesting_provider.npi"] == "1234567893"


def test_a_label_that_begins_with_another_one_is_not_taken_apart() -> None:
    pieces = [At("MEMBER", 60, 80), At("Plan ID on card", 76, 101, 6), At("4892566360", 78, 111)]
    said = values(form(pieces, rules=cell(70, 98, 300, 123)))
    assert said["coverage.member_id"] == "4892566360"
    assert "coverage.payer_name" not in said

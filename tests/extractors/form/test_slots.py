from __future__ import annotations

from dataclasses import replace

from extractors.form.labels import Fragment, Label, read_labels
from extractors.form.reader import FormPage, read_form_page
from extractors.form.slots import read_captions, read_slots
from extractors.form.vocabulary import Meaning, vocabulary
from extractors.layout.runs import runs
from models.document import Page
from models.geometry import Box
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import underline
from tests.extractors.layout.test_frames import framed


def page(*pieces: At, **changes: object) -> Page:
    return replace(document_from_lines(pieces).page(1), **changes)  # type: ignore[arg-type]


def said(form: FormPage) -> dict[str, str]:
    return {reading.path: str(reading.value) for blank in form.blanks for reading in blank.readings}


def test_a_label_left_of_a_line_is_answered_on_it() -> None:
    found = page(At("PHYSICIAN'S NAME Shirin Peralta", 72, 100), At("NPI", 72, 130), rules=(underline(168, 112, 500),))
    assert said(read_form_page(found, vocabulary()))["requesting_provider.name"] == "Shirin Peralta"


def test_labels_above_lines_and_labels_below_them() -> None:
    lines = tuple(underline(72, y, 250) for y in (128, 158))
    above = page(At("Patient name", 72, 100), At("Jane Sample", 74, 116), At("Group number", 72, 132),
                 At("77-410", 74, 146), rules=lines)  # fmt: skip
    below = page(At("Jane Sample", 74, 116), At("Patient name", 72, 132), At("77-410", 74, 146),
                 At("Group number", 72, 162), rules=lines)  # fmt: skip
    for one in (above, below):
        values = said(read_form_page(one, vocabulary()))
        assert (values["patient.name.full"], values["coverage.group_number"]) == ("Jane Sample", "77-410")


def test_a_label_over_a_column_of_frames_is_answered_row_by_row() -> None:
    rules = tuple(
        rule for row in range(3) for x in (72, 150) for rule in framed(x, 112 + 16 * row, x + 60, 126 + 16 * row)
    )
    found = page(At("CPT", 72, 100), At("Mod", 150, 100), At("72148", 76, 114), At("97110", 76, 130),
                 At("GP", 154, 130), rules=rules)  # fmt: skip
    rows = {
        (blank.row, reading.path): reading.value
        for blank in read_form_page(found, vocabulary()).blanks
        for reading in blank.readings
    }
    assert rows[(1, "service_lines.modifiers")] == "GP"
    assert {row for row, path in rows if path == "service_lines.code"} == {0, 1}


def test_words_over_a_frame_that_nobody_knows_are_its_caption_and_no_value() -> None:
    found = page(At("Wombat index", 72, 100), At("17", 76, 114), rules=framed(72, 112, 200, 126))
    labels, fragments = read_labels(runs(found), vocabulary())
    captions, rest = read_captions(found, fragments, labels)
    assert [caption.text for caption in captions] == ["Wombat index"]
    assert [fragment.run.text for fragment in rest] == ["17"]


def test_a_frame_around_a_heading_is_no_place_to_write() -> None:
    found = page(At("PATIENT", 76, 102), At("Full name", 72, 118), rules=framed(72, 100, 200, 114))
    label = Label(Meaning(role="patient", attribute="name"), "Full name", Box(72, 118, 110, 126), 1.0)
    assert read_slots(found, (label,))[0].rule == "above"
    assert read_slots(found, (label,), (Box(76, 102, 110, 110),)) == ()
    assert isinstance(Fragment(runs(found)[0]), Fragment)


def test_what_stands_in_the_box_of_the_plan_is_no_value() -> None:
    rules = (*framed(60, 300, 520, 340), underline(200, 331, 320))
    found = page(At("PLAN USE ONLY", 72, 305), At("Auth. no.", 150, 322), At("A123456", 204, 320), rules=rules)
    assert said(read_form_page(found, vocabulary())) == {}


def test_who_orders_is_who_requests_unless_both_are_asked_for() -> None:
    ordering = (At("ORDERING PHYSICIAN", 72, 140), At("Name: Ana Sample", 72, 160))
    alone = said(read_form_page(page(*ordering), vocabulary()))
    assert alone["requesting_provider.name"] == "Ana Sample"
    both = page(At("REQUESTING PROVIDER", 72, 100), At("Name: Bo Sample", 72, 120), *ordering)
    values = said(read_form_page(both, vocabulary()))
    assert (values["requesting_provider.name"], values["ordering_provider.name"]) == ("Bo Sample", "Ana Sample")


def test_brackets_typed_apart_are_boxes() -> None:
    found = page(At("[ X ] ROUTINE", 72, 100), At("[", 200, 100), At("] URGENT", 216, 100))
    assert [(o.box.state, o.words[0].text) for o in read_form_page(found, vocabulary()).options] == [
        ("checked", "ROUTINE"),
        ("empty", "URGENT"),
    ]


def test_a_rule_under_a_word_for_emphasis_is_no_blank() -> None:
    found = page(At("received the generic alternative", 72, 100), rules=())
    word = next(word for word in found.words if word.text == "generic")
    assert word.box is not None
    ruled = replace(found, rules=(underline(word.box.x0, word.box.bottom + 1, word.box.x1),))
    assert [run.text for run in runs(ruled)] == ["received the generic alternative"]

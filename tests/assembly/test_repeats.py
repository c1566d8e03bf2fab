"""Pages that came twice are known; pages that differ in one digit are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from assembly.repeats import Repeat, _misread, find_repeats, without_repeats
from models.annotations import Annotations, Part, PartType
from models.document import CheckBox, Document, InkRegion, Word
from models.geometry import Box, Span
from models.received import Receipt
from models.result import DocumentResult, Submission
from tests.assembly.results import RECEIVED, entity, says
from tests.extractors.documents import document_from_lines

PROSE = (
    "The patient was seen on 03/14/2026 for joint pain and morning stiffness",
    "lasting about two hours daily. Methotrexate 20 mg weekly was tried for",
    "five months without enough relief, then stopped by the physician.",
    "Date of birth 04/05/1971, member 12345678, code M06.9",
)


def faxed(lines: Sequence[str] = PROSE, *, name: str = "d1", **changes: Any) -> Document:
    document = document_from_lines(lines, confidence=0.9, document_id=name)
    return replace(document, pages=(replace(document.page(1), **changes),))


def moved(document: Document, by: float) -> Document:
    page = document.page(1)
    words = tuple(
        replace(w, box=Box(w.box.x0 + by, w.box.top + by, w.box.x1 + by, w.box.bottom + by))
        for w in page.words
        if w.box
    )
    return replace(document, id="d2", pages=(replace(page, words=words),))


def test_a_page_sent_again_is_known_though_it_lies_elsewhere() -> None:
    again = moved(faxed(), 5)
    assert find_repeats((faxed(), again)) == (Repeat("d2", 1, "d1", 1),)


def test_a_letter_that_may_be_misread_does_not_matter() -> None:
    lines = (*PROSE[:2], PROSE[2].replace("relief,", "reliet,"), PROSE[3])
    sure = faxed(lines, name="d2")
    unsure = tuple(replace(w, confidence=0.7) if w.text == "reliet," else w for w in sure.page(1).words)
    assert find_repeats((faxed(), sure)) == ()
    assert len(find_repeats((faxed(), replace(sure, pages=(replace(sure.page(1), words=unsure),))))) == 1


def test_another_name_makes_another_page() -> None:
    pages = [faxed((*PROSE, f"Patient {name}"), name=name) for name in ("Jane Roe", "Paul Doe", "Jane Doe", "")]
    assert find_repeats(pages) == ()


@pytest.mark.parametrize(
    "change", [("1971", "1977"), ("M06.9", "M06.8"), ("20 mg", "25 mg"), ("03/14/2026", "03/15/2026")]
)
def test_one_digit_makes_another_page(change: tuple[str, str]) -> None:
    lines = tuple(line.replace(*change) for line in PROSE)
    assert find_repeats((faxed(), faxed(lines, name="d2"))) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ink": (InkRegion(Box(80, 200, 200, 220), "pen"),)}, {}),
        (
            {"checkboxes": (CheckBox(Box(10, 10, 20, 20), "checked", 0.5, 0.1),)},
            {"checkboxes": (CheckBox(Box(10, 10, 20, 20), "empty", 0.0, 0.0),)},
        ),
    ],
    ids=["pen", "mark"],
)
def test_pens_and_marks_make_another_page(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert find_repeats((faxed(**one), faxed(name="d2", **other))) == ()


def test_a_doubtful_box_with_as_much_ink_and_a_letter_taken_for_a_box_make_no_other_page() -> None:
    box = CheckBox(Box(10, 10, 20, 20), "empty", 0.05, 0.0)
    doubtful, inked = replace(box, state="unclear", ink=0.09), replace(box, state="unclear", ink=0.2)
    letter = faxed().page(1).words[0].box
    assert letter is not None
    assert len(find_repeats((faxed(checkboxes=(box,)), faxed(name="d2", checkboxes=(doubtful,))))) == 1
    assert find_repeats((faxed(checkboxes=(box,)), faxed(name="d2", checkboxes=(inked,)))) == ()
    assert len(find_repeats((faxed(), faxed(name="d2", checkboxes=(replace(box, box=letter),))))) == 1
    assert find_repeats((faxed(), faxed(name="d2", checkboxes=(box,)))) == ()


def test_the_same_pixels_are_the_same_page_whatever_is_on_it() -> None:
    pen: dict[str, Any] = {"ink": (InkRegion(Box(80, 200, 200, 220), "pen"),), "fingerprint": "f" * 32}
    assert len(find_repeats((faxed(**pen), faxed(name="d2", **pen)))) == 1
    assert find_repeats((faxed(**pen), faxed(("Other words above the fold",), name="d2", **pen))) == ()


@pytest.mark.parametrize("changes", [{"blank": True}, {"damaged": True}])
def test_empty_and_unread_pages_are_no_repeats(changes: dict[str, Any]) -> None:
    assert find_repeats((faxed((), **changes), faxed((), name="d2", **changes))) == ()


def test_few_words_prove_nothing() -> None:
    assert find_repeats((faxed(("Thank you",)), faxed(("Thank you",), name="d2"))) == ()


def test_nothing_is_read_out_of_a_repeat_and_its_place_is_kept() -> None:
    part = Part(type=PartType.PROGRESS_NOTE, pages=(1,), title=None, confidence=0.9)
    results = tuple(
        DocumentResult(
            document,
            Annotations(parts=(part,)),
            (
                says("patient.name.full", "Jane", document=document.id),
                says("part.author", "Dr. A", document=document.id),
                entity("methotrexate", 1, document.id),
            ),
        )
        for document in (faxed(), moved(faxed(), 3))
    )
    first, second = without_repeats(Submission(Receipt("s", "cli", RECEIVED, "now"), results)).results
    assert len(first.mentions) == 3
    assert [getattr(mention, "path", None) for mention in second.mentions] == ["part.author"]
    assert second.annotations.parts == (part,)
    (problem,) = second.problems
    assert (problem.code, problem.severity, problem.document, problem.page) == ("duplicate-page", "info", "d2", 1)
    assert problem.message.startswith("Page 1 of d2 is the same as page 1 of d1")


def test_without_repeats_nothing_changes() -> None:
    single = Submission(Receipt("s", "cli", RECEIVED, "now"), (DocumentResult(faxed(), Annotations(parts=()), ()),))
    assert without_repeats(single) is single


@pytest.mark.parametrize(
    ("one", "other", "sure", "misread"),
    [
        ("abduction", "adduction", 0.95, False),
        ("male", "female", 0.5, False),
        ("adequate", "inadequate", 0.5, False),
        ("hypertension", "hypotension", 0.5, False),
        ("atypical", "typical", 0.95, False),
        ("Jan", "Ian", 0.95, False),
        ("no", "", 0.5, False),
        ("methotrexate", "methotrcxate", 0.5, True),
        ("Eval", "Evai", 0.95, True),
        ("DOB", "boB", 0.5, True),
        ("Orthopaedics", "rthopaedics", 0.95, True),
        ("aw", "", 0.5, True),
        ("aw", "", 0.95, False),
    ],
)
def test_another_word_is_no_misreading(one: str, other: str, sure: float, misread: bool) -> None:
    words = [[Word(text, None, Span(0, 0), sure)] if text else [] for text in (one, other)]
    assert _misread(words[0], words[1]) is misread

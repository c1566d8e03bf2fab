from __future__ import annotations

import numpy as np
import pytest

from benchmarks.icd_phrases import DEVELOPMENT
from codes.icd10cm import icd10cm
from codes.linking import icd_index, suggest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lumbar radiculopathy", "M54.16"),
        ("OSA", "G47.33"),
        ("right knee OA", "M17.11"),
        ("L knee ACL tear", "S83.512A"),
        ("HTN", "I10"),
        ("lumbar radiculopothy", "M54.16"),
    ],
)
def test_the_first_suggestion(text: str, code: str) -> None:
    assert suggest(text)[0].code == code


def test_every_suggestion_is_a_billable_code_with_its_title() -> None:
    found = suggest("diabetes with foot ulcer", limit=10)
    assert len(found) == len({one.code for one in found}) == 10
    for one in found:
        entry = icd10cm().find(one.code)
        assert entry is not None
        assert (entry.billable, entry.title) == (True, one.title)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("text", ["", " ", "of the", "???"])
def test_without_words_there_is_none(text: str) -> None:
    assert suggest(text) == ()


def test_the_development_list_stays_as_good_as_it_was() -> None:
    hits = sum(any(one.code.startswith(codes) for one in suggest(text)) for text, codes in DEVELOPMENT)
    assert hits >= 58


def test_a_term_is_like_itself_and_external_causes_are_left_out() -> None:
    index = icd_index()
    row = index.terms.index("radiculopathy lumbar region")
    likeness = index.likenesses("radiculopathy lumbar region")
    assert likeness[row] == pytest.approx(1, abs=1e-5)
    assert int(np.argmax(likeness)) == row
    assert not {code[0] for code in index.codes} & set("VWXY")

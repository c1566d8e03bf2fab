from __future__ import annotations

import pytest

from codes.icd10cm import icd10cm
from codes.look_alikes import bare_code, changes, code_words, dotted, look_alikes


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("MS4.16", ("M54.16",)),
        ("M54.I6", ("M54.16",)),
        ("ROO.2", ("R00.2",)),
        ("G47.3B", ("G47.33", "G47.38")[:1]),
        ("MS54.16", ("M54.16",)),
        ("296.41", ("Z96.41",)),
        ("$52.501A", ()),
        ("XXXX", ()),
    ],
)
def test_letters_for_figures(written: str, found: tuple[str, ...]) -> None:
    assert look_alikes(icd10cm(), written) == found


def test_figures_for_figures_only_when_asked() -> None:
    assert look_alikes(icd10cm(), "G30.3") == ()
    assert "G30.8" in look_alikes(icd10cm(), "G30.3", kin=True)


def test_several_are_all_told() -> None:
    assert look_alikes(icd10cm(), "121.9") == ("I21.9", "J21.9", "L21.9")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("M54. 16", ["M54.16"]),
        ("M54,16", ["M54.16"]),
        ("C91 10", ["C91.10"]),
        ("M19 -171", ["M19.171"]),
        ("M54.16, G47.33", ["M54.16", "G47.33"]),
        ("I10 J45.40", ["I10", "J45.40"]),
        ("I10, J45", ["I10", "J45"]),
        ("$52.501A", ["S52.501A"]),
        ("", []),
        ("lumbar pain", []),
    ],
)
def test_words_that_may_be_codes(text: str, words: list[str]) -> None:
    assert [dotted(bare_code(word)) for word in code_words(text)] == words


def test_how_many_characters_differ() -> None:
    assert (changes("MS4.16", "M54.16"), changes("MS54.16", "M54.16"), changes("794A", "Z94.4")) == (1, 1, 2)

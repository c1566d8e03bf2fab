"""Which readings are believed, and where a word begins."""

from __future__ import annotations

import numpy as np

from intake.morphology import Bodies, Ink, find_bodies
from intake.segments import find_segments
from intake.words import SeenWord, read_segments, sift
from tests.fakes.ocr_script import ScriptedOcr


def bars(*heights: int) -> Bodies:
    ink: Ink = np.zeros((100, 400), dtype=np.uint8)
    for number, height in enumerate(heights):
        ink[60 - height : 60, 20 + 16 * number : 28 + 16 * number] = 1
    return find_bodies(ink)


def word(text: str, confidence: float, count: int) -> SeenWord:
    return SeenWord(text, (0, 0, 10, 10), confidence, tuple(range(1, count + 1)))


def kept(seen: SeenWord, glyphs: Bodies) -> list[str]:
    return [each.text for each in sift([(seen,)], glyphs, 204)]


def test_print_is_kept_however_unsure_the_engine_is() -> None:
    assert kept(word("ZX48684901", 0.06, 10), bars(*[20] * 10)) == ["ZX48684901"]


def test_uneven_or_grown_together_ink_is_no_print() -> None:
    assert kept(word("MnlW", 0.3, 4), bars(12, 40, 20, 31)) == []
    assert kept(word("Signature", 0.3, 2), bars(20, 20)) == []


def test_sure_readings_stay() -> None:
    assert kept(word("Signature", 0.9, 2), bars(12, 40)) == ["Signature"]


def test_remnants_of_rules_go_but_a_bar_in_a_sentence_is_a_capital() -> None:
    glyphs = bars(20, 20, 20)
    assert kept(word("|", 0.9, 1), glyphs) == []
    line = (word("ticking", 0.9, 1), word("|", 0.6, 1), word("certify", 0.9, 1))
    assert [each.text for each in sift([line], glyphs, 204)] == ["ticking", "I", "certify"]


def test_the_box_of_a_word_is_that_of_its_ink() -> None:
    glyphs = bars(20, 20, 20)
    segments = find_segments(glyphs, np.zeros((100, 400), dtype=np.uint8), 204)
    gray = np.where(glyphs.labels > 0, 0, 255).astype(np.uint8)
    engine = ScriptedOcr("IlI")
    ((seen,),) = read_segments(gray, glyphs, segments, engine=engine, dpi=204, blur=True)
    assert (seen.text, seen.box) == ("IlI", (20, 40, 60, 60))
    assert len(engine.lines_seen) == 1

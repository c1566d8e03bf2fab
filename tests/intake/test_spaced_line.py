from collections.abc import Sequence

import numpy as np

from intake.ocr import OcrWord
from intake.segments import Segment
from intake.spaced_line import read_spaced
from models.parsed import Pixels

STEP, MARGIN = 40, 10


class Reader:
    """Reads every line as it is told, and keeps the widths of the lines."""

    name = "reader"

    def __init__(self, *texts: str, confidence: float = 0.95) -> None:
        self.texts, self.confidence = list(texts), confidence
        self.widths: list[int] = []

    def read_page(self, pixels: Pixels, dpi: float) -> tuple[OcrWord, ...]:
        raise NotImplementedError

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        del dpi
        self.widths += [line.shape[1] for line in lines]
        return tuple((OcrWord(self.texts.pop(0), 0, 0, 9, 9, self.confidence),) for _ in lines)


def cells(count: int, step: int = STEP) -> list[Segment]:
    return [Segment((at,), (step * at, 100, step * at + 12, 120)) for at in range(count)]


def read(reader: Reader, segments: list[Segment]) -> dict[int, str]:
    pictures = [np.zeros((20 + 2 * MARGIN, 12 + 2 * MARGIN), np.uint8) for _ in segments]
    found = read_spaced(segments, pictures, engine=reader, dpi=204, margin=MARGIN, blur=0.8)
    return {at: line[0].text for at, line in found.items()}


def test_the_cells_of_a_comb_are_read_as_one_line_with_the_room_between_them_closed() -> None:
    reader = Reader("1955", "1955")
    assert read(reader, cells(4)) == {0: "1", 1: "9", 2: "5", 3: "5"}
    assert reader.widths[0] < 3 * STEP


def test_readings_that_differ_say_nothing() -> None:
    assert read(Reader("1955", "1965"), cells(4)) == {}


def test_a_reading_with_another_number_of_characters_says_nothing() -> None:
    assert read(Reader("195", "195"), cells(4)) == {}


def test_a_doubtful_reading_says_nothing() -> None:
    assert read(Reader("1955", "1955", confidence=0.5), cells(4)) == {}


def test_few_characters_and_those_far_apart_are_no_comb() -> None:
    assert read(Reader(), cells(3)) == {}
    assert read(Reader(), cells(6, step=200)) == {}

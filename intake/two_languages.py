"""English and Chinese on one page: what reads badly in English is tried in Chinese, where that is installed.

A page without Chinese costs nothing unless much of it reads badly; then a few of its lines are read once more.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from intake.engines import open_engine
from intake.ocr import OcrEngine, OcrWord
from models.parsed import Pixels

LANGUAGE = "chi_tra"
# Together they read Chinese better than chi_tra alone (design measurements of OCR).
_LANGUAGES = "chi_tra+eng"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NO_SPACE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Below this a word is hardly English; so many lines must hold one, and a share of all, before Chinese is thought of.
_HARDLY, _LINES, _SHARE = 0.6, 4, 0.12
# So many lines are tried, and must show so many characters at this confidence, for a page to hold Chinese.
_TRIED, _SHOWN, _WELL = 4, 5, 0.75
# A word space in Chinese type is wider than this share of the letters' height.
_JOINED = 0.7

Line = tuple[OcrWord, ...]


@dataclass(frozen=True, slots=True)
class TwoLanguages:
    """An engine for English that knows where to find one for Chinese; `tessdata` is the folder of both."""

    english: OcrEngine
    tessdata: Path

    @property
    def name(self) -> str:
        """The English engine's; Chinese is read on few pages."""
        return self.english.name

    def read_page(self, pixels: Pixels, dpi: float) -> Line:
        """The words of a whole page, in English."""
        return self.english.read_page(pixels, dpi)

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[Line, ...]:
        """The words of single lines, in English."""
        return self.english.read_lines(lines, dpi)

    def read_again(self, pictures: Sequence[Pixels], lines: Sequence[Line], dpi: float) -> list[Line]:
        """The lines of a page as read in English, those that are Chinese read as such, each run of it one word."""
        doubtful = [at for at, line in enumerate(lines) if any(word.confidence < _HARDLY for word in line)]
        result = list(lines)
        if len(doubtful) < max(_LINES, _SHARE * len(lines)):
            return result
        widest = sorted(doubtful, key=lambda at: -pictures[at].shape[1])
        tried = widest[:: max(1, len(widest) // _TRIED)][:_TRIED]
        read = dict(zip(tried, self._chinese([pictures[at] for at in tried], dpi), strict=True))
        if sum(map(_shown, read.values())) < _SHOWN:
            return result
        rest = [at for at in doubtful if at not in read]
        read |= dict(zip(rest, self._chinese([pictures[at] for at in rest], dpi), strict=True))
        for at, line in read.items():
            if any(_CHINESE.search(word.text) for word in line) and _mean(line) > _mean(lines[at]):
                result[at] = line
        return result

    def _chinese(self, pictures: Sequence[Pixels], dpi: float) -> tuple[Line, ...]:
        lines = _opened(self.tessdata).read_lines(pictures, dpi)
        return tuple(joined(line) for line in lines)


def installed(tessdata: Path) -> bool:
    """Whether the language data of Chinese is there."""
    return (tessdata / f"{LANGUAGE}.traineddata").is_file()


def is_chinese(line: Sequence[OcrWord]) -> bool:
    """Whether a line holds Chinese."""
    return any(_CHINESE.search(word.text) for word in line)


def joined(line: Line) -> Line:
    """Chinese characters that stand side by side as one word, as sure as the least sure of them."""
    result: list[OcrWord] = []
    for word in line:
        last = result[-1] if result else None
        high = word.bottom - word.top
        if (
            last is not None
            and _NO_SPACE.match(word.text[0])
            and _NO_SPACE.match(last.text[-1])
            and word.x0 - last.x1 < _JOINED * high
        ):
            result[-1] = replace(
                last,
                text=last.text + word.text,
                x1=max(last.x1, word.x1),
                top=min(last.top, word.top),
                bottom=max(last.bottom, word.bottom),
                confidence=min(last.confidence, word.confidence),
            )
        else:
            result.append(word)
    return tuple(result)


@functools.cache
def _opened(tessdata: Path) -> OcrEngine:
    return open_engine(tessdata, _LANGUAGES)


def _shown(line: Line) -> int:
    return sum(len(_CHINESE.findall(word.text)) for word in line if word.confidence >= _WELL)


def _mean(line: Line) -> float:
    weight = sum(len(word.text) for word in line)
    return sum(word.confidence * len(word.text) for word in line) / weight if weight else 0.0

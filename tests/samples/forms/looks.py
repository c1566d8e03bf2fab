"""What must hold for every form, whoever drew it: values where the truth says, and nothing over anything else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pdfplumber

from models.geometry import Box
from models.truth import PageTruth, PlacedValue


def faults(page: PageTruth) -> list[str]:
    """What stands off the page, values whose boxes do not hold their words, and words that overlap notably."""
    found = [f"{word.text} leaves the page" for word in page.words if not _on_paper(word.box, page)]
    for value in page.values:
        if not value.boxes or not all(_on_paper(box, page) for box in value.boxes):
            found.append(f"{value.path} leaves the page")
        if value.quote not in _words_in(page, value):
            found.append(f"{value.path}: {value.quote} is not in {_words_in(page, value)}")
    for one, other in itertools.combinations(sorted(page.words, key=lambda word: word.box.top), 2):
        if one.box.bottom <= other.box.top or one.box.x1 <= other.box.x0 or other.box.x1 <= one.box.x0:
            continue
        if one.box.common(other.box) > 0.12 * min(one.box.area, other.box.area):
            found.append(f"{one.text} over {other.text} at {one.box}")
    return found


def struck_out(pdf: Path) -> Iterator[str]:
    """The letters through which a straight rule of the form runs, as they do when a text leaves its cell."""
    with pdfplumber.open(pdf) as document:
        for number, page in enumerate(document.pages, 1):
            edges = tuple((edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in page.edges)
            upright = tuple(edge for edge in edges if edge[0] == edge[2])
            level = tuple(edge for edge in edges if edge[1] == edge[3])
            for glyph in (one for one in page.chars if one["text"].strip()):
                base, size = float(page.height) - glyph["matrix"][5], glyph["size"]
                left, right, top, bottom = glyph["x0"] + 0.8, glyph["x1"] - 0.8, base - 0.6 * size, base - 0.5
                if any(left < x < right and up < bottom and down > top for x, up, _, down in upright) or any(
                    top < y < bottom and x0 < right and x1 > left for x0, y, x1, _ in level
                ):
                    yield f"{glyph['text']} on page {number} at {left:.0f}, {base:.0f}"


def ticked(pages: tuple[PageTruth, ...]) -> dict[str, list[str]]:
    """What the ticks of a form mean, by path; a path of which nothing is ticked has an empty list."""
    said: dict[str, list[str]] = {}
    for mark in (mark for page in pages for mark in page.marks):
        if mark.path is not None:
            said.setdefault(mark.path, []).extend([mark.value] if mark.ticked and mark.value else [])
    return said


def stated(pages: tuple[PageTruth, ...]) -> dict[str, str]:
    """The values of a form by path."""
    return {value.path: value.value for page in pages for value in page.values}


def _on_paper(box: Box, page: PageTruth) -> bool:
    return box.x0 >= 18 and box.top >= 18 and box.x1 <= page.width - 18 and box.bottom <= page.height - 9


def _words_in(page: PageTruth, value: PlacedValue) -> str:
    inside = (word.text for word in page.words if any(box.covers(*word.box.middle) for box in value.boxes))
    return " ".join(inside)

"""Check boxes with the words beside them: the option each stands for and the question it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.runs import Run, place_of, run_of
from models.document import CheckBox, Page, Word

# An option's words start within this many points of their box.
_NEAR = 16.0
# A blank no longer than this holds a tick, not a value.
_SHORT_BLANK = 46.0


@dataclass(frozen=True, slots=True)
class Option:
    """A check box with its printed option (None: no words beside it) and its question ("" if none is printed)."""

    box: CheckBox
    words: tuple[Word, ...]
    question: str


def read_options(page: Page, runs: Sequence[Run]) -> tuple[Option, ...]:
    """The options of a page in reading order.

    Words to the right of a box belong to it, up to the next box or a wide gap; where a row of boxes ends with one that
    has no words to its right while the first has words to its left, the options stand to the left.
    """
    found = []
    for box in sorted(page.checkboxes, key=lambda box: (round(box.box.middle[1] / 6), box.box.x0)):
        words = _right(box, runs, page) or _left(box, runs, page)
        if words:
            found.append(Option(box, words, _question(box, runs, page)))
    return tuple(found)


def typed_ticks(page: Page, runs: Sequence[Run]) -> tuple[CheckBox, ...]:
    """Ticks typed where a box is only hinted at: "[X]", "(X)", or an X alone on a short drawn or dotted blank."""
    blanks = [rule.box for rule in page.rules if rule.horizontal and rule.box.width < _SHORT_BLANK]
    found = []
    for run in runs:
        for word in run.words:
            if word.box is None:
                continue
            on_blank = word.text in ("X", "x", "✓", "✔") and any(
                b.x0 - 2 <= word.box.middle[0] <= b.x1 + 2 and -3 < b.top - word.box.bottom < 5 for b in blanks
            )
            if on_blank or re.fullmatch(r"[\[(]\s?[xX✓]\s?[\])]|_+[xX]_+", word.text):
                found.append(CheckBox(word.box, "checked", 1.0, 0.0))
    return tuple(found)


def _right(box: CheckBox, runs: Sequence[Run], page: Page) -> tuple[Word, ...]:
    line = [run for run in runs if _level(box, run) and run.box.x1 > box.box.x1]
    words = sorted(
        (w for run in line for w in run.words if place_of(w).middle[0] > box.box.x1), key=lambda w: place_of(w).x0
    )
    stop = min(
        (
            o.box.x0
            for o in page.checkboxes
            if o is not box and o.box.x0 > box.box.x1 and abs(o.box.middle[1] - box.box.middle[1]) < 7
        ),
        default=1e6,
    )
    kept: list[Word] = []
    for word in words:
        place = place_of(word)
        start = place_of(kept[-1]).x1 if kept else box.box.x1
        reach = _NEAR if not kept else max(9.0, place.height * 1.2)
        if place.x0 > stop - 2 or place.x0 - start > reach:
            break
        kept.append(word)
    return tuple(kept)


def _left(box: CheckBox, runs: Sequence[Run], page: Page) -> tuple[Word, ...]:
    line = [run for run in runs if _level(box, run) and run.box.x0 < box.box.x0]
    words = sorted(
        (w for run in line for w in run.words if place_of(w).middle[0] < box.box.x0), key=lambda w: -place_of(w).x1
    )
    kept: list[Word] = []
    for word in words:
        place = place_of(word)
        end = place_of(kept[-1]).x0 if kept else box.box.x0
        between = any(o is not box and place.x1 < o.box.x1 < end for o in page.checkboxes)
        if between or end - place.x1 > (_NEAR if not kept else 9.0):
            break
        kept.append(word)
    return tuple(reversed(kept))


def _level(box: CheckBox, run: Run) -> bool:
    return abs(box.box.middle[1] - run.box.middle[1]) < 0.75 * max(box.box.height, run.box.height)


def _question(box: CheckBox, runs: Sequence[Run], page: Page) -> str:
    """A question between the boxes of the row, or the words left of its first box; else the nearest line above.

    The line above has to end with "?" or ":".
    """
    row = [o for o in page.checkboxes if abs(o.box.middle[1] - box.box.middle[1]) < 7]
    first = min(o.box.x0 for o in row)
    between = [
        run
        for run in runs
        if abs(run.box.middle[1] - box.box.middle[1]) < 8
        and first < run.box.x0
        and run.box.x1 <= box.box.x0 + 2
        and re.search(r"[?:]\s*$", run.text)
    ]
    if between:
        return max(between, key=lambda run: run.box.x1).text
    left = [run for run in runs if abs(run.box.middle[1] - box.box.middle[1]) < 8 and run.box.x0 < first - 4]
    before = [w for run in left for w in run.words if w.box is not None and w.box.x1 < first + 2]
    text = " ".join(w.text for w in before)
    if re.search(r"[?:]\s*$", text) or len(before) >= 3:
        return text
    above = [
        run
        for run in runs
        if 0 < box.box.middle[1] - run.box.middle[1] < 60
        and re.search(r"[?:](\s*\(.*)?\s*$", run.text)
        and run.box.x0 < box.box.x1 + 40
    ]
    return max(above, key=lambda run: run.box.middle[1]).text if above else text


def without_boxes(page: Page, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without the characters that a text layer or a reader has for the boxes themselves."""
    kept = []
    for run in runs:
        words = [w for w in run.words if not _is_box(w, page)]
        if words:
            kept.append(run if len(words) == len(run.words) else run_of(words))
    return tuple(kept)


def _is_box(word: Word, page: Page) -> bool:
    if word.box is None or len(word.text) > 2:
        return False
    glyph = word.text in {"❏", "☐", "□", "☑", "☒", "■", "▢", "\uf071", "\uf0a8", "\uf06f", "\uf0fe"}
    return glyph or any(o.box.grown(1).covers(*word.box.middle) for o in page.checkboxes)

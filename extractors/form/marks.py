"""Check boxes with the words beside them: the option each stands for and the question it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.cells import Grid
from extractors.layout.runs import Run, run_of
from extractors.layout.words import place_of
from models.document import CheckBox, Page, Word
from models.geometry import Box

# An option's words start within this many points of their box.
_NEAR = 16.0
# A blank no longer than this holds a tick, not a value.
_SHORT_BLANK = 46.0
_TICKS = ("X", "x", "✓", "✔")
# Points between typed brackets; and how far above the first box of a row or column its question stands at most.
_BRACKETS_APART, _QUESTION_ABOVE = 30.0, 18.0
# How many times as high as typed brackets a cross of a pen over them is, by hand (benchmarks/quality.py).
_LARGE = 1.7
# Rows of options that say where the service is given, whether or not the form asks.
_PLACE, _SEVERAL, _ONE_ROW = "Place of service", 3, 7.0
_PLACES = re.compile(
    r"(in-?patient|out-?patient|\w* ?office|observation|home|day surgery|hospital|ambulatory)", re.IGNORECASE
)
_KIND = re.compile(r"^\W*(where|setting|location)\b|^\W*$", re.IGNORECASE)
# Words of one question stand no farther apart (points).
_WORDS_APART = 9.0
_LABEL_CELL = 24.0
# Points: words farther from a box than this are none of its own; how much nearer one side has to be to count.
_FAR, _NEARER = 16.0, 1.5


@dataclass(frozen=True, slots=True)
class Option:
    """A check box with its printed option (None: no words beside it) and its question ("" if none is printed)."""

    box: CheckBox
    words: tuple[Word, ...]
    question: str


def read_options(page: Page, runs: Sequence[Run]) -> tuple[Option, ...]:
    """The options of a page in reading order.

    Words to the right of a box belong to it, up to the next box or a wide gap; where most boxes of a row stand nearer
    to the words before them, those to the left.
    """
    named: list[tuple[CheckBox, tuple[Word, ...], CheckBox]] = []
    for box in sorted(page.checkboxes, key=lambda box: (round(box.box.middle[1] / 6), box.box.x0)):
        follows = _follows(box, page, runs)
        sides = (_left, _right) if follows else (_right, _left)
        words = sides[0](box, runs, page) or sides[1](box, runs, page)
        begun = words[:1] if follows and words and place_of(words[0]).x1 < box.box.x0 + 2 else ()
        whole = replace(box, box=Box.around((box.box, *(place_of(word) for word in begun))))
        named.append((box, words, whole))
    # What is asked stands before both the boxes and their words.
    wholes = replace(page, checkboxes=tuple(whole for _, _, whole in named))
    found = [Option(box, words, _question(whole, runs, wholes)) for box, words, whole in named if words]
    taken = {word for option in found for word in option.words}
    asked = [replace(option, question=_asked_before(option, runs, page, taken)) for option in found]
    return tuple(replace(option, question=_PLACE) if _of_places(option, asked) else option for option in asked)


def _follows(box: CheckBox, page: Page, runs: Sequence[Run]) -> bool:
    """Whether boxes stand behind their words: most of the row's, or where a row leaves it open most of the page's."""
    row = [o for o in page.checkboxes if abs(o.box.middle[1] - box.box.middle[1]) < _ONE_ROW]
    votes = sum(_nearer_left(o, runs) for o in row) or sum(_nearer_left(o, runs) for o in page.checkboxes)
    return votes > 0


def _nearer_left(box: CheckBox, runs: Sequence[Run]) -> int:
    """1 where the nearest words on the line are left of a box, -1 where they are right of it, 0 where neither are."""
    level = [place_of(w) for run in runs if _level(box, run) for w in run.words]
    left = min((box.box.x0 - w.x1 for w in level if w.middle[0] < box.box.x0), default=_FAR)
    right = min((w.x0 - box.box.x1 for w in level if w.middle[0] > box.box.x1), default=_FAR)
    left, right = min(left, _FAR), min(right, _FAR)
    return 0 if abs(left - right) < _NEARER else 1 if left < right else -1


def _of_places(option: Option, options: Sequence[Option]) -> bool:
    """Whether an option without a question stands in a row of options that are places of service."""
    if option.question and not _KIND.search(option.question):
        return False
    row = [o for o in options if abs(o.box.box.middle[1] - option.box.box.middle[1]) < _ONE_ROW]
    return sum(bool(_PLACES.match(" ".join(word.text for word in o.words))) for o in row) >= _SEVERAL


def _asked_before(option: Option, runs: Sequence[Run], page: Page, taken: set[Word]) -> str:
    """The words between the options of a row, where several questions share it; else the question as found."""
    box = option.box.box
    level = [w for run in runs if _level(option.box, run) for w in run.words if place_of(w).x1 < box.x0 + 2]
    level = [w for w in level if not _parted(page, place_of(w).x1, box.x0, box.middle[1])]
    level.sort(key=lambda w: -place_of(w).x0)
    asked: list[Word] = []
    for word in level:
        if word in taken:
            if asked:
                break
        elif asked and place_of(asked[-1]).x0 - place_of(word).x1 > _WORDS_APART:
            break
        else:
            asked.append(word)
    before = " ".join(word.text for word in reversed(asked))
    others = any(word in taken for word in level)
    return before if others and sum(c.isalpha() for c in before) > 2 else option.question


def _parted(page: Page, left: float, right: float, y: float) -> bool:
    """Whether an upright line stands between two places of a row."""
    return any(
        not rule.horizontal and left - 2 < rule.box.middle[0] < right - 3 and rule.box.top <= y <= rule.box.bottom
        for rule in page.rules
    )


def asked_in_cells(options: Sequence[Option], runs: Sequence[Run], grid: Grid) -> tuple[Option, ...]:
    """The options with the question that is printed at the head of their ruled cell, above or left of its boxes."""
    taken = {word for option in options for word in option.words}
    return tuple(_asked_in_cell(option, runs, grid, taken) for option in options)


def _asked_in_cell(option: Option, runs: Sequence[Run], grid: Grid, taken: set[Word]) -> Option:
    cell, box = grid.cell(option.box.box), option.box.box
    if not grid.boxed(cell):
        return option
    inside = [run for run in runs if cell.covers(*run.box.middle) and not taken.intersection(run.words)]
    before = [r for r in inside if r.box.bottom < box.top + 2 or (_level(option.box, r) and r.box.x1 < box.x0)]
    return replace(option, question=" ".join(run.text for run in before)) if before else option


def typed_ticks(page: Page, runs: Sequence[Run]) -> tuple[CheckBox, ...]:
    """Ticks typed where a box is only hinted at: "[X]", "(X)", or an X alone on a short drawn or dotted blank.

    A cross of a pen over typed brackets is read as one large letter beside the other brackets of its row.
    """
    blanks = [rule.box for rule in page.rules if rule.horizontal and rule.box.width < _SHORT_BLANK]
    found = [*_bracketed(runs)]
    found += _crossed(runs, found)
    for run in runs:
        for word in run.words:
            if word.box is None:
                continue
            on_blank = word.text in _TICKS and any(
                b.x0 - 2 <= word.box.middle[0] <= b.x1 + 2 and -3 < b.top - word.box.bottom < 5 for b in blanks
            )
            if on_blank or re.fullmatch(r"[\[(]\s?[xX✓]\s?[\])]|_+[xX]_+", word.text):
                found.append(CheckBox(word.box, "checked", 1.0, 0.0))
    return tuple(found)


def _crossed(runs: Sequence[Run], typed: Sequence[CheckBox]) -> Iterator[CheckBox]:
    """Large letters alone where the first box of a row of typed brackets has to be."""
    words = [word for run in runs for word in run.words]
    for word in words:
        box = place_of(word)
        row = [one.box for one in typed if box.top <= one.box.middle[1] <= box.bottom and one.box.x0 > box.x1]
        if len(word.text) > 2 or not row or box.height < _LARGE * max(one.height for one in row):
            continue
        after = [place_of(one).x0 for one in words if place_of(one).rows_shared(row[0]) > 0.5 and one is not word]
        if any(0 <= x - box.x1 < _NEAR for x in after):
            yield CheckBox(box, "checked", 1.0, 0.0)


def _bracketed(runs: Sequence[Run]) -> Iterator[CheckBox]:
    """Brackets typed apart, "[   ]" and "[ X ]", with what stands between them."""
    words = sorted((w for run in runs for w in run.words), key=lambda w: place_of(w).x0)
    for opening in (w for w in words if w.text in ("[", "(", "{", "[_", "(_")):
        start = place_of(opening)
        after = [
            w
            for w in words
            if start.x0 < place_of(w).x0 < start.x1 + _BRACKETS_APART and place_of(w).rows_shared(start) > 0.4
        ]
        closing = next((at for at, w in enumerate(after) if w.text in ("]", ")", "}", "_]", "_)")), None)
        if closing is None or closing > 1:
            continue
        inner = after[0].text if closing else ""
        if inner.strip("_") in ("", *_TICKS):
            box = Box.around((start, place_of(after[closing])))
            yield CheckBox(box, "checked" if inner.strip("_") else "empty", 1.0 if inner else 0.0, 0.0)


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
        if (
            between
            or place.x1 > box.box.x1
            or (kept and word.text.endswith((":", "?")))
            or end - place.x1 > (_NEAR if not kept else 9.0)
        ):
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
    left = [
        run
        for run in runs
        if abs(run.box.middle[1] - box.box.middle[1]) < 8
        and run.box.x0 < first - 4
        and not _parted(page, run.box.x1, first, box.box.middle[1])
    ]
    before = [w for run in left for w in run.words if w.box is not None and w.box.x1 < first + 2]
    text = " ".join(w.text for w in before)
    if re.search(r"[?:]\s*$", text) or len(before) >= 3:
        return text
    head = _head(box, runs, page)
    if head and not text:
        return head
    above = [
        run
        for run in runs
        if 0 < box.box.middle[1] - run.box.middle[1] < 60
        and re.search(r"[?:](\s*\(.*)?\s*$", run.text)
        and run.box.x0 < box.box.x1 + 40
    ]
    return max(above, key=lambda run: run.box.middle[1]).text if above else text or _label_cell(box, first, runs)


def _label_cell(box: CheckBox, first: float, runs: Sequence[Run]) -> str:
    """The words in the cell left of a row of boxes."""
    near = [
        run for run in runs if abs(run.box.middle[1] - box.box.middle[1]) < 8 and 0 < first - run.box.x1 < _LABEL_CELL
    ]
    return max(near, key=lambda run: run.box.x1).text if near else ""


def _head(box: CheckBox, runs: Sequence[Run], page: Page) -> str:
    """The words right above the first box of the row or of the column in which a box stands, with its left edge."""
    for boxes in (
        [o.box for o in page.checkboxes if abs(o.box.middle[1] - box.box.middle[1]) < 7 and o.box.x0 <= box.box.x0],
        [o.box for o in page.checkboxes if abs(o.box.x0 - box.box.x0) < 4 and o.box.top <= box.box.top],
    ):
        for first in sorted(boxes, key=lambda b: (-b.x0, b.top)):
            above = [
                run
                for run in runs
                if -2 < first.top - run.box.bottom < _QUESTION_ABOVE and -10 < run.box.x0 - first.x0 < 8
            ]
            if above:
                return max(above, key=lambda run: run.box.bottom).text
    return ""


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

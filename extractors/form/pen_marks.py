"""Urgent marks without a ticked box: a pen's circle around the printed option, a tick beside it or over its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.form.choices import chosen
from extractors.form.marks import Option
from extractors.form.vocabulary import compact
from extractors.layout.runs import Run
from extractors.layout.words import place_of
from models.document import Page, Word
from models.geometry import Box

_LEVEL = "level_of_service"
_URGENT = ("urgent", "expedited", "emergency", "emergent", "stat", "exigent", "rush")
_STANDARD = ("standard", "routine", "nonurgent", "nonexpedited", "regular", "elective")
# What may follow in a printed option; any other word ("Emergency contact", "Urgent care center") makes it a label.
_MORE = ("request", "review", "priority", "or", "and", "level")
_EXPLAINS = ("(", "-", "_", "[")
# Letters that a reader may make of a ticked box.
_REMNANT = 2
# Points left of an option's words in which its box stands; an option's first words name it, the rest explains it.
_BOX_PLACE = 22.0
_NAMING = 3
# Shares 0..1: of the option's place that ink must cover, or of the ink that must lie in that place.
_PLACE_COVERED, _INK_WITHIN = 0.2, 0.5
# Points; what is higher is a signature or a picture.
_HIGHEST = 90.0


@dataclass(frozen=True, slots=True)
class PenMark:
    """Ink on a printed option of urgency: the option's words and where the ink is, reading frame."""

    words: tuple[Word, ...]
    box: Box


def urgent_pen_marks(page: Page, runs: Sequence[Run], options: Sequence[Option]) -> tuple[PenMark, ...]:
    """Pen ink on options of urgent or emergency level whose box is not ticked or was not found."""
    ink = [region.box for region in page.ink if region.kind == "pen" and region.box.height < _HIGHEST]
    ink += [note.box for note in page.annotations if note.kind == "ink" and note.box.height < _HIGHEST]
    if not ink:
        return ()
    rivals = [_place(option) for option in options if _value(option) == "standard"]
    rivals += [place for run in runs for _, place in _named(run, _STANDARD)]
    found = []
    for words, place in _places(runs, options):
        on = [stroke for stroke in ink if _touches(stroke, place) and not _elsewhere(stroke, place, rivals)]
        if on:
            found.append(PenMark(words, Box.around(on)))
    return tuple(found)


def _places(runs: Sequence[Run], options: Sequence[Option]) -> Iterator[tuple[tuple[Word, ...], Box]]:
    """The urgent options whose box is empty, and those that stand without a box, with their places."""
    taken = {word for option in options for word in option.words}
    for option in options:
        if option.box.state == "empty" and _value(option) in ("urgent", "emergency"):
            yield option.words[:_NAMING], _place(option)
    for run in runs:
        for words, place in _named(run, _URGENT):
            if not taken.intersection(words):
                yield words, place


def _value(option: Option) -> str | None:
    choice = chosen(option)
    return choice.value if choice is not None and choice.path == _LEVEL else None


def _named(run: Run, names: tuple[str, ...]) -> Iterator[tuple[tuple[Word, ...], Box]]:
    """The options of a run that begin with one of these names: those that open it or follow a question or another."""
    keys = [compact(word.text) for word in run.words]
    end = 0
    for start, key in enumerate(keys):
        if start < end or not key.startswith(names) or not _opens(run.words[:start]):
            continue
        end = start + 1
        while end < len(keys) and (not keys[end] or keys[end].startswith(names) or keys[end] in _MORE):
            end += 1
        if end == len(keys) or run.words[end].text.startswith(_EXPLAINS) or keys[end].startswith(_URGENT + _STANDARD):
            yield run.words[start:end], _open_place(run, start, end)


def _opens(before: Sequence[Word]) -> bool:
    """Whether an option may begin after these words: nothing, what a pen left of a box, a question, an option."""
    told = [word.text for word in before if compact(word.text) not in ("", *_MORE)]
    if not told or (len(told) == 1 and len(told[0]) <= _REMNANT and compact(told[0]) != "no"):
        return True
    return told[-1].endswith((":", "?", ")", "]")) or compact(told[-1]).startswith(_URGENT + _STANDARD)


def _place(option: Option) -> Box:
    return Box.around((option.box.box, *(place_of(word) for word in option.words[:_NAMING])))


def _open_place(run: Run, start: int, end: int) -> Box:
    """The words start..end of a run with the place of the box that they may have."""
    printed = run.part(start, end).box
    left = printed.x0 - _BOX_PLACE
    if start > 1 or (start and len(run.words[0].text) > _REMNANT):
        left = max(left, place_of(run.words[start - 1]).x1)
    return Box(left, printed.top, printed.x1, printed.bottom)


def _touches(ink: Box, place: Box) -> bool:
    common = ink.common(place)
    return common >= _PLACE_COVERED * place.area or common >= _INK_WITHIN * ink.area > 0


def _elsewhere(ink: Box, place: Box, rivals: Sequence[Box]) -> bool:
    """Whether the ink is more on an option that asks for the standard level."""
    share = ink.common(place) / place.area
    return any(ink.common(rival) / rival.area > share for rival in rivals)


def pen_mark_text(mark: PenMark) -> str:
    """The printed option."""
    return " ".join(word.text for word in mark.words)

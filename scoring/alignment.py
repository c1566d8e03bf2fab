"""Rows of lists brought together by what they say: the second line of a form may be the first of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.found import Found
from scoring.sameness import likeness
from scoring.stated import Stated

Step = tuple[str, ...]

# Rows that share less than this have nothing in common but their place (a fifth of one value's letters).
_SOMETHING = 0.2


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a list: its leaves by the rest of their path."""

    number: str
    leaves: Mapping[Step, Sequence[str] | Found]


def aligned(found: Sequence[Found], stated: Mapping[str, Stated]) -> tuple[Found, ...]:
    """The leaves with the row numbers of the truth.

    Each list goes row by row to the rows it is most like, the likest first; rows that are left over follow by their
    order, and those for which nothing is stated get the numbers after the last. Lists within rows are treated after.
    """
    wanted = {_steps(path): (*one.values, *one.names) for path, one in stated.items()}
    leaves = {_steps(one.path): one for one in found}
    return tuple(one.at("/" + "/".join(path)) for path, one in _within((), leaves, wanted).items())


def _within(before: Step, leaves: Mapping[Step, Found], wanted: Mapping[Step, Sequence[str]]) -> dict[Step, Found]:
    """Renumber the outermost lists of some leaves, then those inside of each row."""
    result: dict[Step, Found] = {}
    lists: dict[Step, None] = {}
    for path, leaf in leaves.items():
        cut = next((i for i, step in enumerate(path) if step.isdigit()), None)
        if cut is None:
            result[before + path] = leaf
        else:
            lists[path[:cut]] = None
    for name in lists:
        for row, number in _numbers(_rows(name, leaves), _rows(name, wanted)):
            inner = {path: leaf for path, leaf in row.leaves.items() if isinstance(leaf, Found)}
            below = {path[len(name) + 1 :]: v for path, v in wanted.items() if path[: len(name) + 1] == (*name, number)}
            result |= _within((*before, *name, number), inner, below)
    return result


def _rows(name: Step, leaves: Mapping[Step, Sequence[str] | Found]) -> list[_Row]:
    rows: dict[str, dict[Step, Sequence[str] | Found]] = {}
    for path, leaf in leaves.items():
        if path[: len(name)] == name and len(path) > len(name) and path[len(name)].isdigit():
            rows.setdefault(path[len(name)], {})[path[len(name) + 1 :]] = leaf
    return [_Row(number, rows[number]) for number in sorted(rows, key=int)]


def _numbers(read: Sequence[_Row], true: Sequence[_Row]) -> list[tuple[_Row, str]]:
    """Each row that was read with the number it gets."""
    scores = sorted(
        ((_shared(row, other), -abs(i - j), i, j) for i, row in enumerate(read) for j, other in enumerate(true)),
        reverse=True,
    )
    homes: dict[int, int] = {}
    for score, _, i, j in scores:
        if score >= _SOMETHING and i not in homes and j not in homes.values():
            homes[i] = j
    free = [j for j in range(len(true)) if j not in homes.values()]
    for i in range(len(read)):
        if i not in homes and free:
            homes[i] = free.pop(0)
    last = max((int(row.number) for row in true), default=-1)
    extra = iter(range(last + 1, last + 1 + len(read)))
    return [(row, true[homes[i]].number if i in homes else str(next(extra))) for i, row in enumerate(read)]


def _shared(row: _Row, other: _Row) -> float:
    """How much two rows have in common: the sum over their leaves, lists inside by their best."""
    total = 0.0
    for path, leaf in row.leaves.items():
        if isinstance(leaf, Found):
            values = [
                value
                for path_there, there in other.leaves.items()
                if not isinstance(there, Found) and _plain(path_there) == _plain(path)
                for value in there
            ]
            total += likeness(leaf, values) ** 3
    return total


def _plain(path: Step) -> Step:
    return tuple("*" if step.isdigit() else step for step in path)


def _steps(path: str) -> Step:
    return tuple(path.strip("/").split("/"))

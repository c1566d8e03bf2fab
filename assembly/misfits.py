"""A value that a request cannot hold is left out with a problem: one misfit must not cost a whole submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from models.problem import Problem
from models.request import AuthorizationRequest


def request_of(given: Mapping[str, Any], values: dict[str, Any]) -> AuthorizationRequest:
    """The request of what is `given` and of the `values` that were read; those that do not fit become problems.

    Raises:
        ValidationError: what is given does not fit.
    """
    misfits: list[Problem] = []
    while True:
        problems = (*given["problems"], *misfits)
        try:
            return AuthorizationRequest(**{**given, "problems": problems}, **values)
        except ValidationError as wrong:
            place = wrong.errors()[0]["loc"]
            if place[0] not in values:
                raise
            misfits.append(_problem(_taken_out(values, place)))


def _taken_out(values: dict[str, Any], place: Sequence[str | int]) -> str:
    """Remove what stands at a place, or the nearest thing around it that can be removed; its path."""
    around, last = values, 0
    node: Any = values
    for depth, step in enumerate(place):
        if isinstance(node, dict) and step in node:
            around, last = node, depth
            node = node[step]
        elif isinstance(node, tuple) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
    del around[place[last]]  # type: ignore[arg-type] # the keys on the way were found in it
    return ".".join(str(step) for step in place[: last + 1])


def _problem(path: str) -> Problem:
    return Problem(
        stage="assemble",
        code="misfit-value",
        severity="error",
        message=f"What was read for {path} does not fit there and was left out. Please look at the page.",
    )

"""Walking over the sourced leaves of a request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from models.evidence import Sourced


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Sourced[Any]]]:
    """Every leaf that is there with its path, list positions in the path: "service_lines.0.drug.name"."""
    if isinstance(value, Sourced):
        yield path, value
    elif isinstance(value, tuple):
        for at, child in enumerate(value):
            yield from leaves(child, f"{path}.{at}")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), f"{path}.{name}" if path else name)

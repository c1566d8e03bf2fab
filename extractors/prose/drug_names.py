"""The names of drugs that letters ask for (data/drugs.yaml)."""

from __future__ import annotations

import re
from functools import cache

from extractors.data_files import load_data


def find_drug(text: str, start: int = 0) -> tuple[int, int, str] | None:
    """The first drug of data/drugs.yaml at or after `start`: its place and its generic name."""
    match = _drug_pattern().search(text, start)
    return (match.start(), match.end(), _drug_names()[" ".join(match[0].lower().split())]) if match else None


@cache
def _drug_names() -> dict[str, str]:
    """Every name, generic or brand, with its generic name."""
    table = load_data("drugs", dict[str, tuple[str, ...]])
    return {name: generic for generic, brands in table.items() for name in (generic, *brands)}


@cache
def _drug_pattern() -> re.Pattern[str]:
    names = sorted(_drug_names(), key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<![\w-])(?:{words})(?:-[a-z]{{4}})?(?![\w-])", re.IGNORECASE)

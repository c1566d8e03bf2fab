"""The output formats, in the order of the contract. To add one: a file here, its line below, and its test."""

from __future__ import annotations

import difflib

from emit.format import AnyFormat
from emit.formats.html import HTML
from emit.formats.letter import LETTER
from emit.formats.native import NATIVE
from emit.formats.summary import SUMMARY
from emit.formats.xlsx import XLSX
from models.problem import UsageError

FORMATS: tuple[AnyFormat, ...] = (NATIVE, HTML, SUMMARY, LETTER, XLSX)

NOT_BUILT = ("letter-tiff", "fhir-pas", "cdex-task", "x12-278", "csv")


def choose(names: str) -> tuple[AnyFormat, ...]:
    """The formats of a comma list such as "native,html", each once, in the order given.

    Raises:
        UsageError: a name is unknown (the nearest known one is named), not built yet, or there is none.
    """
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    if not wanted:
        raise UsageError(f"No output format is named. Known formats: {_known()}.")
    return tuple(_find(name) for name in wanted)


def _find(name: str) -> AnyFormat:
    for known in FORMATS:
        if known.name == name:
            return known
    if name in NOT_BUILT:
        raise UsageError(f"The format '{name}' is not built yet. Formats that are: {_known()}.")
    near = difflib.get_close_matches(name, [known.name for known in FORMATS] + list(NOT_BUILT), n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise UsageError(f"There is no format '{name}'.{hint} Known formats: {_known()}.")


def _known() -> str:
    return ", ".join(known.name for known in FORMATS)

"""Payers: loaded from their files, found by id, recognised by name."""

from __future__ import annotations

import re
import zoneinfo
from pathlib import Path

from rapidfuzz import fuzz, process

from checklists.authored import defect, read_authored
from models.payer import Payer
from models.problem import UsageError

# Words that say what kind of company it is, not which.
_KIND_WORDS = {"inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "company", "co", "plc", "the"}


def load_payers(folder: Path) -> tuple[Payer, ...]:
    """Read every *.yaml of a folder, in the order of their names.

    Raises:
        PolicyError: a file that is no payer, whose id is not its name, whose time zone does not exist, or that repeats
            a rule; with file, line and what to do.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def find_payer(payer_id: str, payers: tuple[Payer, ...]) -> Payer:
    """The payer with this id. Raises UsageError, which names the nearest id, when there is none."""
    for payer in payers:
        if payer.id == payer_id:
            return payer
    nearest = process.extract(payer_id.lower(), [payer.id for payer in payers], scorer=fuzz.WRatio, limit=1)
    hint = f" Did you mean {nearest[0][0]}?" if nearest else " No payer files are loaded."
    raise UsageError(f"There is no payer {payer_id!r} in payers/.{hint}")


def resolve(payer_name: str, payers: tuple[Payer, ...]) -> Payer | None:
    """The payer a page names, by name, alias or id; None where none or more than one has that name.

    Names are compared without case, punctuation and words such as "Inc."; nothing near is taken for the same.
    """
    wanted = _key(payer_name)
    found = [payer for payer in payers if wanted in {_key(name) for name in (payer.id, payer.name, *payer.aliases)}]
    return found[0] if len(found) == 1 and wanted else None


def _read(path: Path) -> Payer:
    payer = read_authored(path, Payer)
    if payer.id != path.stem:
        raise defect(path, ("id",), f"the id is {payer.id!r}, but the file is named {path.stem!r}. Make them the same.")
    if payer.zone not in zoneinfo.available_timezones():
        raise defect(path, ("zone",), f"there is no time zone {payer.zone!r}. Use an IANA name (America/New_York).")
    for index, rule in enumerate(payer.deadlines):
        if rule.id in {other.id for other in payer.deadlines[:index]}:
            raise defect(path, ("deadlines", index, "id"), f"the rule {rule.id!r} stands twice. Give it its own id.")
    for name, threshold in payer.thresholds.items():
        if not 0 <= threshold <= 1:
            raise defect(path, ("thresholds", name), "a threshold is a confidence between 0 and 1. Correct it.")
    return payer


def _key(name: str) -> str:
    words = re.sub(r"[\W_]+", " ", name.casefold()).split()
    return " ".join(word for word in words if word not in _KIND_WORDS)

"""One diagnosis code against the table and the words beside it: shown with its meaning, repaired, doubted, flagged."""

from __future__ import annotations

from dataclasses import dataclass

from codes.icd10cm import icd10cm
from codes.near_misses import near_misses
from codes.repair import choices, mended, suggested, withheld
from codes.stated import Stated
from codes.validity import validity
from models.code import Code
from models.evidence import Sourced
from models.problem import Severity
from models.request import Flag, FlagCode

# What is left of a reading's doubt when the code is in the table (one misread character in six makes another code of
# it), and when the words beside it lead to that very code (benchmarks/codes.py).
_LISTED, _BORNE_OUT = 0.5, 0.15
_MOST_SURE = 0.99
# A code that its words contradict is no sure reading of an image.
_CONTRADICTED = 0.6


@dataclass(frozen=True, slots=True)
class Checked:
    """The leaf of a code after its check, and what a person should know of it."""

    leaf: Sourced[Code]
    flags: tuple[Flag, ...] = ()


def check_diagnosis(stated: Stated) -> Checked:
    """Check one diagnosis code for its day of service.

    A code that was typed, or read well, stays as written, however wrong: the flags say so. What may be a misreading is
    repaired only if one look-alike alone is in the table and the words beside it agree. Else a code of no table becomes
    "illegible", its choices alternatives, if the words speak for a look-alike or there are none; another stays, as no
    sure reading. A code that cannot be read gets what its words may mean as alternatives, never as its value.
    """
    leaf = stated.leaf
    if leaf.value is None:
        made = mended(stated) if stated.scanned and leaf.confirmed_by is None else None
        return _repaired(made) if made is not None else Checked(suggested(stated) if stated.scanned else leaf)
    found = validity(stated.tables, leaf.value, stated.day)
    if found.listed:
        return _listed(stated, leaf.value)
    made = mended(stated) if stated.doubtful and not found.heading else None
    if made is not None:
        return _repaired(made)
    flag = _flag("invalid-code", found.problem + _hint(leaf.value), leaf)
    if stated.doubtful and not found.heading and leaf.unclear is None and _likely_misread(stated):
        return Checked(withheld(stated), (flag,))
    shown = leaf.value.model_copy(update={"display": found.title or None})
    sure = min(leaf.confidence, _CONTRADICTED) if stated.doubtful and not found.heading else leaf.confidence
    return Checked(leaf.model_copy(update={"value": shown, "confidence": sure}), (flag,))


def _likely_misread(stated: Stated) -> bool:
    """Whether words beside it speak for a look-alike; without words, any look-alike will do.

    Offices do write codes that are none: what no look-alike explains is theirs.
    """
    found = choices(stated)
    return bool(found) and (not stated.text or any(stated.fits(one.value.code) in ("same", "agrees") for one in found))


def _listed(stated: Stated, code: Code) -> Checked:
    """A code of the table: its meaning is shown; its words raise or lower how sure the reading is."""
    leaf, said = stated.leaf, stated.fits(code.code)
    found = validity(stated.tables, code, stated.day)
    flags = [_flag("code-not-valid-on-date", found.problem, leaf)] if found.problem else []
    shown: dict[str, object] = {"value": code.model_copy(update={"display": found.title})}
    if said == "disagrees":
        message = f"{code.code} means '{found.title}', but the words beside it say '{stated.text}'."
        flags.append(_flag("code-text-conflict", message, leaf))
        meant = any(stated.fits(choice.value.code) == "same" for choice in choices(stated))
        if stated.doubtful and leaf.unclear is None and meant:
            return Checked(withheld(stated), tuple(flags))
        if stated.doubtful:
            shown["confidence"] = min(leaf.confidence, _CONTRADICTED)
    elif stated.scanned and leaf.unclear is None and not found.problem:
        left = 1 - (1 - leaf.confidence) * (_BORNE_OUT if said == "same" else _LISTED)
        shown["confidence"] = max(leaf.confidence, round(min(_MOST_SURE, left), 3))
    return Checked(leaf.model_copy(update=shown), tuple(flags))


def _repaired(leaf: Sourced[Code]) -> Checked:
    if leaf.value is None or not leaf.provenance.repaired:
        return Checked(leaf)
    message = (
        f"Characters of a diagnosis code were corrected: {leaf.value.code} is the code of the table that looks like "
        "them and that the words beside it agree with."
    )
    return Checked(leaf, (_flag("repaired-identifier", message, leaf),))


def _hint(code: Code) -> str:
    near = near_misses(icd10cm(), code.code)
    told = "; ".join(f"{miss.code} ({miss.title}; {miss.reason})" for miss in near[:3])
    return f" Near it: {told}." if told else ""


def _flag(code: FlagCode, message: str, leaf: Sourced[Code]) -> Flag:
    severity: Severity = "info" if code == "repaired-identifier" else "warning"
    return Flag(code=code, severity=severity, message=message, evidence=leaf.evidence)

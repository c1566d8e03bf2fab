"""Why a person must look at a field, in one sentence."""

from __future__ import annotations

from typing import Any

from emit.sheet.words import names
from models.evidence import Sourced

# What each number claims to be, for the sentence about one that fails its check.
KINDS: dict[str, str] = {
    "npi": "an NPI",
    "tin": "a tax number (TIN)",
    "dea": "a DEA number",
    "license_number": "a license number",
    "member_id": "a member ID",
    "mbi": "a Medicare number (MBI)",
    "medi-cal-cin": "a Medi-Cal number (CIN)",
    "hkid": "an HKID",
    "ssn": "a social security number",
    "ndc": "an NDC",
    "code": "a code of this kind",
    "phone": "a telephone number",
    "fax": "a fax number",
}


DOUBTFUL = "Not read with the certainty this field needs."


def reason(path: str, leaf: Sourced[Any], *, kind: str | None = None) -> str | None:
    """The sentence for an unclear leaf, None where it is clear. `kind` names the system of an identifier."""
    if leaf.unclear is None or leaf.confirmed_by is not None:
        return None
    keys = names(path)
    if keys[-1] == "level_of_service" and leaf.value in {"urgent", "emergency"}:
        return "The mark is doubtful; it counts as urgent until a person has looked."
    if leaf.unclear == "invalid":
        return _invalid(kind or keys[-1], leaf.as_written)
    return {
        "handwritten": "Written by hand; a person must read it.",
        "illegible": "Cannot be read with certainty.",
        "conflict": "The pages say different things.",
    }[leaf.unclear]


def _invalid(kind: str, as_written: str | None) -> str:
    what = f"'{as_written}'" if as_written else "What is written here"
    if kind.endswith(("_on", "_date")):
        return f"{what} is not a date that exists."
    if kind in KINDS:
        return f"{what} does not pass the check of {KINDS[kind]}."
    return f"{what} does not pass its check."

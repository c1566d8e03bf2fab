"""Diagnosis codes as a page might state them, for tests of their check."""

from __future__ import annotations

import datetime as dt
from typing import Any

from codes.icd10cm import icd10cm
from codes.stated import Stated
from models.code import Code
from models.code_table import CodeTables
from models.evidence import Alternative, Sourced
from models.service_line import Diagnosis
from tests.checklists.drafts import PROVENANCE, place, told

DAY = dt.date(2026, 9, 11)
BUILT_IN = CodeTables((icd10cm(),))


def icd(code: str) -> Code:
    return Code(system="ICD-10-CM", code=code)


def unread(written: str, *, guess: str | None = None, confidence: float = 0.6) -> Sourced[Code]:
    guesses = (Alternative[Code](value=icd(guess), confidence=confidence),) if guess else ()
    return Sourced[Code](
        value=None,
        unclear="illegible",
        confidence=confidence,
        as_written=written,
        alternatives=guesses,
        evidence=(place(),),
        provenance=PROVENANCE,
    )


def stated(
    code: str | Sourced[Code], text: str | None = None, *, scanned: bool = True, confidence: float = 0.8
) -> Stated:
    leaf = told(icd(code), confidence=confidence, as_written=code) if isinstance(code, str) else code
    return Stated(leaf, told(text) if text else None, BUILT_IN, DAY, scanned)


def diagnosis(code: str | None = None, text: str | None = None, **changes: Any) -> Diagnosis:
    return Diagnosis(code=told(icd(code), **changes) if code else None, text=told(text) if text else None)

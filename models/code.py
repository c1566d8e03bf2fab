"""A code of a public code system."""

from __future__ import annotations

from typing import Literal

from models.value import Value

CodeSystem = Literal["ICD-10-CM", "CPT", "HCPCS", "NDC", "LOINC", "RxNorm", "ICD-9-CM"]


class Code(Value):
    """A code as the contract writes it (ICD-10-CM with its dot). `display` is None for CPT: its texts are licensed."""

    system: CodeSystem
    code: str
    display: str | None = None

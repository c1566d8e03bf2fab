"""What is known of one signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from extractors.prose.signer import Signer
from models.evidence import Evidence
from models.geometry import Box, Span

SignatureState = Literal["signed", "unsigned", "stamp", "unclear"]


@dataclass(frozen=True, slots=True)
class SignedOn:
    """The date beside a signature: its value and place, or a region of handwriting in which nothing is read."""

    value: dt.date | None
    page: int
    span: Span | None = None
    region: Box | None = None


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """One signature, or the empty place for one. `rule` names how it was found; `confidence` is 0..1."""

    state: SignatureState
    page: int
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float
    signer: Signer | None = None
    signed_on: SignedOn | None = None

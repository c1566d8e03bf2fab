"""Every form and letter that can carry a request, and whether it is kept for measuring only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from samples.case import Case
from samples.forms import (
    bands,
    boxed,
    comb,
    drug,
    equipment,
    fillable,
    hong_kong,
    numbered,
    therapy,
    two_columns,
    underlined,
)
from samples.letters import necessity, plain
from samples.measuring import business_letter, drug_request, general_request, printed_order, vendor_request
from samples.page import A4, LETTER, Book
from samples.retired import (
    captions,
    clinic_letter,
    dictated,
    inpatient,
    medical_assistance,
    order_letter,
    outpatient_review,
    pharmacy_benefit,
    referral,
    referral_or_therapy,
    state,
    surgeon_letter,
    surgery_precertification,
)
from samples.scenario import Scenario

_EVERY_KIND = frozenset({"referral", "service", "admission", "drug", "equipment"})


class DrawForm(Protocol):
    """Draws a filled form on new sheets of a book."""

    def __call__(self, book: Book, case: Case, *, rng: random.Random) -> None:
        """Draw it."""


class DrawLetter(Protocol):
    """Draws a letter that asks for the same; `reasons` are its paragraphs."""

    def __call__(self, book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Design:
    """A form or letter: the kinds of cases it can ask for, its market, and whether it is for measuring only.

    `fillable` forms hold their values in interactive fields, so their pages are not reordered. `services` are those of
    the only stories that it fits, where not every story of its kinds does.
    """

    name: str
    kinds: frozenset[str]
    form: DrawForm | None = None
    letter: DrawLetter | None = None
    market: Literal["us", "hk"] = "us"
    measuring: bool = False
    fillable: bool = False
    size: tuple[float, float] = LETTER
    services: frozenset[str] | None = None

    def takes(self, scenario: Scenario) -> bool:
        """Whether it can ask for this."""
        case = scenario.case
        fits = self.services is None or scenario.service in self.services
        return fits and case.kind in self.kinds and case.market == self.market

    def draw(self, book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
        """Draw it."""
        if self.form is not None:
            self.form(book, case, rng=rng)
        elif self.letter is not None:
            self.letter(book, case, rng=rng, reasons=reasons)


DESIGNS: tuple[Design, ...] = (
    Design("boxed", boxed.KINDS, boxed.draw),
    Design("numbered", numbered.KINDS, numbered.draw),
    Design("fillable", fillable.KINDS, fillable.draw, fillable=True),
    Design("bands", bands.KINDS, bands.draw),
    Design("underlined", underlined.KINDS, underlined.draw),
    Design("comb", comb.KINDS, comb.draw),
    Design("two-columns", two_columns.KINDS, two_columns.draw),
    Design("drug", drug.KINDS, drug.draw),
    Design("equipment", equipment.KINDS, equipment.draw),
    Design("therapy", therapy.KINDS, therapy.draw, services=frozenset({"physical-therapy"})),
    Design("hong-kong", hong_kong.KINDS, hong_kong.draw, market="hk", size=A4),
    Design("letter-of-necessity", frozenset({"drug"}), letter=necessity.draw),
    Design("plain-letter", _EVERY_KIND, letter=plain.draw),
    Design("state", state.KINDS, state.draw),
    Design("inpatient", inpatient.KINDS, inpatient.draw),
    Design("referral", referral.KINDS, referral.draw),
    Design("captions", captions.KINDS, captions.draw),
    Design("clinic-letter", clinic_letter.KINDS, letter=clinic_letter.draw),
    Design("dictated-letter", dictated.KINDS, letter=dictated.draw),
    Design("outpatient-review", outpatient_review.KINDS, outpatient_review.draw),
    Design("medical-assistance", medical_assistance.KINDS, medical_assistance.draw),
    Design(
        "referral-or-therapy",
        referral_or_therapy.KINDS,
        referral_or_therapy.draw,
        services=frozenset({"specialist-referral", "physical-therapy"}),
    ),
    Design("pharmacy-benefit", pharmacy_benefit.KINDS, pharmacy_benefit.draw),
    Design("surgery-precertification", surgery_precertification.KINDS, surgery_precertification.draw),
    Design("surgeon-letter", surgeon_letter.KINDS, letter=surgeon_letter.draw),
    Design("order-letter", order_letter.KINDS, letter=order_letter.draw),
    Design("general-request", general_request.KINDS, general_request.draw, measuring=True),
    Design("drug-request", drug_request.KINDS, drug_request.draw, measuring=True),
    Design(
        "vendor-request",
        vendor_request.KINDS,
        vendor_request.draw,
        measuring=True,
        services=frozenset({"lumbar-mri", "cervical-mri", "brain-mri", "physical-therapy"}),
    ),
    Design("business-letter", business_letter.KINDS, letter=business_letter.draw, measuring=True),
    Design("printed-order", printed_order.KINDS, letter=printed_order.draw, measuring=True),
)

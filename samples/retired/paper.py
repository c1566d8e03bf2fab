"""The paper that a design of this package begins."""

from __future__ import annotations

from models.truth import Paper
from samples.case import Case

FORM = "prior-authorization-form"
LETTER = "letter-of-medical-necessity"


def asking(case: Case, part: str, *, title: str) -> Paper:
    """A paper that asks for the case, by whom the case says, signed or not."""
    return Paper(
        part=part,
        title=title,
        request=True,
        dated_on=case.on,
        author=case.requester.full,
        signed="signed" if case.signed else "unsigned",
    )

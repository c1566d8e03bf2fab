from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assembly.fax_number import differing_number
from models.annotations import PartType
from models.document import Document
from models.parsed import FaxRecord
from models.request import Flag, Provider
from tests.assembly.faxes import faxed, line
from tests.checklists.drafts import paper, part, request, told, unread

FROM, OTHER = "6145550107", "2165550192"


def flagged(number: str | None, *, provider: Provider | None = None, **more: Any) -> tuple[Flag, ...]:
    document = faxed([["a"], ["b"]], [line(1, 2, number=number), line(2, 2, number=number)])
    return compared(provider or Provider(fax=told(FROM)), (document,), **more)


def compared(provider: Provider, documents: Sequence[Document], faxes: Sequence[FaxRecord] = ()) -> tuple[Flag, ...]:
    made = request(requesting_provider=provider, documents=(paper(part(PartType.PROGRESS_NOTE, (2,))),))
    return tuple(differing_number(made, documents, faxes))


def test_another_number_is_told_with_both_places() -> None:
    (flag,) = flagged(OTHER)
    assert (flag.code, flag.severity) == ("fax-number-differs", "warning")
    assert flag.message == (
        "The fax came from 216-555-0192 by its header; the form gives 614-555-0107 as the requesting provider's "
        "fax number."
    )
    assert [evidence.quote for evidence in flag.evidence] == ["quoted", "P.001/005"]


@pytest.mark.parametrize("number", [FROM, None, "8005550100", "5550192", "4402079460018"])
def test_agreement_gateways_and_other_countries_raise_nothing(number: str | None) -> None:
    assert flagged(number) == ()


@pytest.mark.parametrize(
    "provider",
    [
        Provider(),
        Provider(phone=told(FROM)),
        Provider(fax=unread("illegible")),
        Provider(fax=told(FROM, unclear="conflict")),
        Provider(fax=told(FROM, confidence=0.6)),
        Provider(fax=told(FROM), phone=told(OTHER)),
    ],
    ids=["none", "phone only", "illegible", "conflict", "unsure", "it is the phone"],
)
def test_an_unclear_form_is_compared_with_nothing(provider: Provider) -> None:
    assert flagged(OTHER, provider=provider) == ()


def test_the_fax_server_s_record_counts() -> None:
    (flag,) = compared(Provider(fax=told(FROM)), (faxed([["a"]]),), (FaxRecord(number=OTHER),))
    assert "by the fax server's record" in flag.message
    assert flagged(OTHER, faxes=(FaxRecord(number=FROM),)) == ()


def test_one_digit_on_a_single_page_may_be_misread() -> None:
    near = "6145550101"
    single = faxed([["a"]], [line(1, 1, number=near)])
    assert compared(Provider(fax=told(FROM)), (single,)) == ()
    assert len(flagged(near)) == 1


def test_pages_of_another_request_do_not_count() -> None:
    document = faxed([["a"], ["b"], ["c"]], [None, None, line(3, 3, number=OTHER)])
    assert compared(Provider(fax=told(FROM)), (document,)) == ()

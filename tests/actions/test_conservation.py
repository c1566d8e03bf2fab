from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.conservation import ConservationError, check_conservation
from assembly.cases import split_cases
from models.request import HeldPage, RequestDocument
from models.result import Assembly, DocumentResult
from tests.assembly.results import FORM, NOTE, part, result, submission
from tests.checklists.drafts import paper, request
from tests.checklists.drafts import part as drafted


def listed(identifier: str, *pages: int) -> RequestDocument:
    parts = tuple(drafted(NOTE, (page,)) for page in pages)
    return paper().model_copy(update={"id": identifier, "parts": parts})


def held(document: str, page: int) -> HeldPage:
    return HeldPage(submission="s", file="x", document=document, page=page, code="mixed-patient", reason="x")


READ: list[DocumentResult] = [result(part(FORM, 1), part(NOTE, 2, 3))]


def test_every_page_in_one_place_is_well() -> None:
    kept = Assembly((request(documents=(listed("d1", 1, 2),)),), (held("d1", 3),))
    check_conservation(READ, kept)
    check_conservation([], Assembly((), ()))
    with pytest.raises(ConservationError):
        check_conservation([], kept)


@pytest.mark.parametrize(
    ("pages", "kept"),
    [((1, 2), ()), ((1, 2, 3), (3,)), ((1, 2, 3, 4), ()), ((1, 2, 2), (3,))],
    ids=["lost", "also held", "made up", "twice"],
)
def test_a_page_lost_or_placed_twice_is_a_fault(pages: tuple[int, ...], kept: tuple[int, ...]) -> None:
    assembly = Assembly((request(documents=(listed("d1", *pages),)),), tuple(held("d1", page) for page in kept))
    with pytest.raises(ConservationError):
        check_conservation(READ, assembly)


@given(st.integers(1, 4), st.integers(0, 4))
def test_what_is_split_is_conserved(own: int, strange: int) -> None:
    other = part(NOTE, *range(own + 1, own + strange + 1), name="Otto Different")
    made = result(part(FORM, *range(1, own + 1), name="Jane Sample"), *([other] if strange else []))
    cases, pages = split_cases(submission(made))
    placed = tuple(page for case in cases for p in case.parts for page in p.part.pages)
    check_conservation([made], Assembly((request(documents=(listed("d1", *placed),)),), pages))
    assert len(pages) == strange

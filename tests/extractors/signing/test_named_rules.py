from __future__ import annotations

from typing import Any

import pytest

from extractors.signing.named_rules import read_named_rules
from models.document import InkRegion, Rule
from models.geometry import Box
from tests.extractors.documents import At, document_from_lines

NOTE = [At("PROGRESS NOTE", 60, 60, 14), At("Bernadette Okonjo, MD - Sleep Medicine", 60, 512), At("Date:", 284, 498)]
LINE = (Rule(Box(60, 505, 260, 505.5), horizontal=True),)


@pytest.mark.parametrize(
    ("page", "state"),
    [({"ink": (InkRegion(Box(70, 482, 170, 503), "pen"),)}, "signed"), ({}, "unsigned")],
)
def test_a_rule_over_a_printed_name(page: dict[str, Any], state: str) -> None:
    document = document_from_lines(NOTE, marks={1: {"rules": LINE, **page}})
    (found,) = read_named_rules(document, document.pages[0])
    assert (found.state, found.rule) == (state, "over-the-name")
    assert found.signer is not None
    assert (found.signer.name, found.signer.credential) == ("Bernadette Okonjo", "MD")


def test_a_name_without_a_rule_is_no_place_to_sign() -> None:
    assert not list(read_named_rules(document_from_lines(NOTE), document_from_lines(NOTE).pages[0]))

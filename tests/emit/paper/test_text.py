from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from emit.paper.setting import BODY
from emit.paper.text import clear, plain, said, shown
from models.code import Code
from tests.checklists.drafts import told, unread


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a < b & c", "a &lt; b &amp; c"), ("Nguyễn", "Nguyen"), ("☺", "?"), ("é", "é"), ("a\x00b", "a?b")],
)
def test_text_is_escaped_and_has_a_form(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    _, height = Paragraph(plain(text), BODY).wrap(300, 300)
    assert height >= (BODY.leading if plain(text).split() else 0)


def test_values_are_said_with_their_doubt() -> None:
    assert said(told(dt.date(2026, 9, 1))) == "September 1, 2026"
    assert said(told(Code(system="CPT", code="73721"))) == "73721"
    assert said(told("urgent", unclear="illegible")) == "urgent (to be checked)"
    assert said(unread("handwritten")) == "(not clear, see the page)"
    assert (said(None), clear(None), clear(told("x", unclear="conflict")), clear(told("x"))) == ("", "", "", "x")
    assert shown("plain") == "plain"

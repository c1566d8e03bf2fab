"""The parent believes nothing: whatever is out of range, too long, too many or of another kind is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.parsed import ParsedPage
from sandbox.limits import Limits
from sandbox.messages import (
    BadMessage,
    ToldLeaf,
    envelope_of,
    leaf_of,
    notes_of,
    page_count_of,
    page_of,
    pixels_announced,
)

LIMITS = Limits(pages=10, page_words=5, page_fields=3, page_pixels=1000, text_bytes=50)


def good() -> dict[str, Any]:
    return {
        "number": 1, "width": 612.0, "height": 792, "scanned": True, "plain": None,
        "words": [["Jane", [1.0, 2.0, 3.0, 4.0], None]],
        "fields": [["a.b", None, "text", "Jane\nSample", None, [1, 2, 3, 4]]],
        "annotations": [["ink", [1, 2, 3, 4], ""]],
        "raster": {"columns": 4, "rows": 2, "dpi_x": 204.0, "dpi_y": 98.0, "stated": True, "bilevel": True},
    }  # fmt: skip


def parsed(header: dict[str, Any], pixels: bytes = b"\x00\xff" * 4) -> ParsedPage:
    pixels_announced(header, LIMITS)
    return page_of(header, pixels, limits=LIMITS)


def test_a_good_page() -> None:
    page = parsed(good())
    assert page.words[0].text == "Jane"
    assert page.form_fields[0].value == "Jane\nSample"
    assert page.raster is not None
    assert page.raster.pixels.tolist() == [[0, 255, 0, 255]] * 2


def test_a_page_that_lacks_a_part_carries_a_problem() -> None:
    assert parsed(good()).problems == ()
    (problem,) = parsed(good() | {"torn": True}).problems
    assert (problem.code, problem.severity, problem.page) == ("F007", "error", 1)


WORD = ["Jane", [1.0, 2.0, 3.0, 4.0], None]
BAD: list[tuple[str, Any]] = [
    ("number", 0),
    ("number", 11),
    ("number", True),
    ("number", "1"),
    ("number", None),
    ("width", 0),
    ("width", -1),
    ("width", 1e9),
    ("width", float("nan")),
    ("width", float("inf")),
    ("width", "612"),
    ("height", True),
    ("scanned", 1),
    ("scanned", None),
    ("torn", 1),
    ("torn", None),
    ("words", None),
    ("words", {}),
    ("words", [WORD] * 6),
    ("words", [["Jane"]]),
    ("words", [["Jane", [1, 2, 3], None]]),
    ("words", [["Jane", [1, 2, 3, 4]]]),
    ("words", [["Jane", [1, 2, 3, 4], "out of sight"]]),
    ("words", [["Jane", [1, 2, 3, 4], ""]]),
    ("words", [[1, [1, 2, 3, 4], None]]),
    ("words", [["x" * 5000, [1, 2, 3, 4], None]]),
    ("words", [["Jane", [3, 2, 1, 4], None]]),
    ("words", [["Jane", [1, 4, 3, 2], None]]),
    ("words", [["Jane", [1, 2, 1e7, 4], None]]),
    ("words", [["Jane", [1, 2, float("nan"), 4], None]]),
    ("fields", [["a", None, "button", "v", None, [1, 2, 3, 4]]]),
    ("fields", [["a", None, "text", 1, None, [1, 2, 3, 4]]]),
    ("fields", [["a", None, "text", "v", 1, [1, 2, 3, 4]]]),
    ("fields", [[]]),
    ("annotations", [["nose", [1, 2, 3, 4], ""]]),
    ("plain", 1),
    ("plain", "x" * 51),
    ("raster", []),
    ("raster", {}),
    ("raster", None),
]


@pytest.mark.parametrize(("key", "value"), BAD)
def test_anything_else_is_refused(key: str, value: Any) -> None:
    with pytest.raises(BadMessage):
        parsed({**good(), key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("columns", 0),
        ("columns", 5),
        ("rows", -2),
        ("rows", 10**9),
        ("dpi_x", 0),
        ("dpi_y", 1e9),
        ("stated", 1),
        ("bilevel", ""),
    ],
)
def test_rasters_that_cannot_be(key: str, value: Any) -> None:
    header = good()
    header["raster"][key] = value
    with pytest.raises(BadMessage):
        parsed(header)


def test_why_a_word_is_hidden_is_told() -> None:
    assert parsed({**good(), "words": [[*WORD[:2], "covered"]]}).words[0].hidden == "covered"
    assert parsed(good()).words[0].hidden is None


def test_control_characters_are_taken_out() -> None:
    header = {**good(), "words": [["Ja\x00n\x1be\ud800", [1, 2, 3, 4], None]], "plain": "a\r\nb\x07\tc"}
    page = parsed(header)
    assert page.words[0].text == "Jane"
    assert page.plain == "a\r\nb\tc"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(good())), ANYTHING)
def test_whatever_is_said_gives_a_page_or_is_refused(key: str, value: Any) -> None:
    try:
        page = page_of({**good(), key: value}, b"\x00\xff" * 4, limits=LIMITS)
    except BadMessage:
        return
    assert len(page.words) <= LIMITS.page_words
    json.dumps([word.text for word in page.words]).encode()


def test_other_messages() -> None:
    assert page_count_of({"pages": 10}, LIMITS) == 10
    assert notes_of({"notes": ["F015"]}) == ("F015",)
    assert leaf_of({"filename": "..\\..\\a/b/../form\x00.pdf", "type": "x/y", "body": False}) == ToldLeaf(
        "form.pdf", "x/y", False
    )
    assert leaf_of({"filename": "..", "type": "", "body": True}) == ToldLeaf("", "", True)
    assert envelope_of({"received_at": "never", "sent_at": 7}).received_at is None
    refused: tuple[dict[str, object], ...] = ({"pages": 11}, {"pages": 0}, {})
    for bad in refused:
        with pytest.raises(BadMessage):
            page_count_of(bad, LIMITS)


def test_what_a_fax_server_says_is_checked() -> None:
    told = {"number": "2165550192", "pages": 3, "csid": "LAKE\x00VIEW", "received_at": "no time", "file": None}
    (fax,) = envelope_of({"faxes": [told]}).faxes
    assert (fax.number, fax.pages, fax.csid, fax.received_at, fax.file) == ("2165550192", 3, "LAKEVIEW", None, None)


@pytest.mark.parametrize(
    "told",
    [
        "x",
        {"number": "216-555"},
        {"number": "٢١٦٥٥٥٠١٩٢"},
        {"pages": 0},
        {"pages": "3"},
        {"csid": "x" * 300},
        {"to": 5},
    ],
)
def test_a_fax_that_cannot_be_is_refused(told: object) -> None:
    with pytest.raises(BadMessage):
        envelope_of({"faxes": [told]})

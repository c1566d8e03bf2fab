"""The layer of a scan is someone's reading: its mistakes are no news, values that are nowhere on the scan are."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.geometry import Box
from models.parsed import VectorWord
from tests.intake.sheets import Drawing, faxed, letter


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return open_eyes()


def scanned(layer: Iterable[tuple[str, Box]], eyes: Eyes, drawing: Drawing | None = None) -> Page:
    words = tuple(VectorWord(text, box, "invisible") for text, box in layer)
    return read_page(replace(faxed(drawing or letter())[0], words=words), eyes)


def misread(text: str, rng: random.Random, share: float) -> str:
    return "".join(rng.choice("eoltf1iB5") if rng.random() < share else char for char in text)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.4])
def test_mistakes_of_another_engine_are_not_told(eyes: Eyes, share: float) -> None:
    rng = random.Random(3)
    page = scanned([(misread(text, rng, share), box) for text, box in letter().words], eyes)
    assert page.hidden == ()
    assert page.source == "ocr"


def test_the_layer_of_another_document_is_told_and_not_read(eyes: Eyes) -> None:
    other = Drawing()
    for number in range(8):
        other.text(72, 100 + 22 * number, f"Policy holder account 99{number}4417 expires on 0{number + 1}/28/1977")
    page = scanned(other.words, eyes)
    assert {"9904417", "01/28/1977"} <= {word.text for word in page.hidden}
    assert "01/28/1977" not in {word.text for word in page.words}


def test_a_value_on_bare_paper_is_told(eyes: Eyes) -> None:
    added = ("E11.65", Box(72, 600, 112, 610))
    page = scanned([*letter().words, added], eyes)
    assert [word.text for word in page.hidden] == ["E11.65"]


def test_another_date_in_a_faultless_layer_is_told(eyes: Eyes) -> None:
    layer = [("11/29/1988" if text == "03/14/2026" else text, box) for text, box in letter().words]
    page = scanned(layer, eyes)
    assert [word.text for word in page.hidden] == ["11/29/1988"]
    assert "03/14/2026" in {word.text for word in page.words}


def test_the_words_of_an_empty_scan_are_told(eyes: Eyes) -> None:
    page = scanned(letter().words, eyes, Drawing())
    assert page.blank
    assert page.words == ()
    assert "03/14/2026" in {word.text for word in page.hidden}

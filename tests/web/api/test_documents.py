from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from models.access import FULL_IDENTIFIERS
from models.principal import Principal
from tests.actions import papers as drawn
from tests.web.house import Installation, Papers, install


def test_a_page_is_a_picture_that_no_cache_keeps(home: Installation, papers: Papers) -> None:
    client = home.client("processor")
    for upright in ("", "?upright=1"):
        answer = client.get(f"/api/v1/documents/{papers.document}/pages/1.png{upright}")
        assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/png", "private, no-store")
        image = Image.open(io.BytesIO(answer.content))
        assert image.height > image.width > 800


def test_the_words_of_a_page_have_their_places(home: Installation, papers: Papers) -> None:
    told = home.client("processor").get(f"/api/v1/documents/{papers.document}/pages/1/words").json()
    assert (told["page"], told["width"], told["height"], told["source"]) == (1, 612.0, 792.0, "text_layer")
    word = next(word for word in told["words"] if word["text"] == "Zuzana")
    assert word["end"] - word["start"] == 6
    assert len(word["box"]) == 4


@pytest.mark.parametrize("page", ["2", "0", "-1", "999999999999999999999", "x"])
def test_pages_that_are_not_there(home: Installation, papers: Papers, page: str) -> None:
    client = home.client("processor")
    for kind in (".png", "/words"):
        assert client.get(f"/api/v1/documents/{papers.document}/pages/{page}{kind}").status_code in {404, 422}


def test_whole_numbers_are_for_who_may_see_them_and_cards_for_nobody(tmp_path: Path) -> None:
    house = install(tmp_path)
    lines = ["PATIENT INFORMATION", "SSN: 536-90-4399", "Card: 4111 1111 1111 1111", "Bring the card."]
    own = house.paper(Principal("main", "key:1", "intake"), drawn.pdf(lines))
    path = f"/api/v1/documents/{own.document}/pages/1/words"
    full = house.client("processor", scopes=frozenset({FULL_IDENTIFIERS}))
    told = [
        " ".join(word["text"] for word in client.get(path).json()["words"])
        for client in (house.client("processor"), full)
    ]
    assert "536" not in told[0]
    assert "536-90-4399" in told[1]
    assert all("4111" not in one for one in told)

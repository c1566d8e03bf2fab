from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from PIL import Image

from docs.example_request import at, example, said
from emit.formats.html import AIR, HTML, write
from emit.sheet.entry import Sureness
from models.checklist import Verdict
from models.mention import EntityStatus
from models.page_image import PageImages
from models.problem import Severity
from models.request import AuthorizationRequest
from tests.emit.requests import drawn, evidence, turned

HOSTILE = (
    '"><img src=x onerror="alert(1)"><script>alert(2)</script></svg></style>\' onmouseover=alert(3) '
    "{{7*7}} {% raw %} javascript:alert(4)"
)
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """A page as a browser would see it: elements with attributes, texts, and whether every element is closed."""

    def __init__(self, source: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    def with_attribute(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes]


def shown(request: AuthorizationRequest, images: PageImages | None = None) -> Page:
    return Page(write(request, drawn(request) if images is None else images))


@pytest.fixture(scope="module")
def page() -> Page:
    return shown(example())


def test_elements_are_balanced_and_ids_unique(page: Page) -> None:
    assert page.open == []
    ids = [attributes["id"] for attributes in page.with_attribute("id")]
    assert len(set(ids)) == len(ids)
    assert page.elements[0] == ("html", {"lang": "en"})


def test_nothing_outside_the_file_is_named(page: Page) -> None:
    for attribute in ("href", "src", "action", "data", "srcset"):
        for attributes in page.with_attribute(attribute):
            assert attributes[attribute].startswith(("#", "data:image/png;base64,"))
    assert b"http:" not in write(example(), {})
    assert b"https:" not in write(example(), {})


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    ids = {attributes["id"] for attributes in page.with_attribute("id")}
    for attributes in page.with_attribute("href"):
        if attributes["href"].startswith("#"):
            assert attributes["href"][1:] in ids


def test_every_verdict_severity_status_and_word_has_its_sign(page: Page) -> None:
    signs = {a["id"].removeprefix("icon-") for tag, a in page.elements if tag == "symbol"}
    for kinds in (Verdict, Severity, EntityStatus, Sureness):
        assert set(get_args(kinds)) <= signs


def test_the_policy_admits_only_our_style_and_script(page: Page) -> None:
    policy = next(
        a["content"] for a in page.with_attribute("http-equiv") if a["http-equiv"] == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    source = write(example(), {}).decode()
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy
    assert not page.with_attribute("style")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_what_a_document_says_is_never_markup() -> None:
    request = example()
    nasty = said(HOSTILE, at(HOSTILE, 1))
    (document, other), (drug,) = request.documents, request.service_lines
    hostile = request.model_copy(
        update={
            "id": HOSTILE,
            "payer": HOSTILE,
            "patient": request.patient.model_copy(
                update={"name": request.patient.name.model_copy(update={"full": nasty}), "name_zh": nasty}
            ),
            "service_lines": (drug.model_copy(update={"text": nasty, "category": nasty}),),
            "documents": (document.model_copy(update={"filename": HOSTILE}), other),
            "flags": (request.flags[0].model_copy(update={"message": HOSTILE}),),
            "findings": (request.findings[0].model_copy(update={"reason": HOSTILE, "item": HOSTILE}),),
            "missing_items": (request.missing_items[0].model_copy(update={"ask": HOSTILE}),),
            "clinical": (request.clinical[0].model_copy(update={"text": HOSTILE}),),
        }
    )
    made = shown(hostile)
    tags = [tag for tag, _ in made.elements]
    assert (tags.count("script"), tags.count("style"), tags.count("img")) == (1, 1, 0)
    assert made.open == []
    assert not [name for _, attributes in made.elements for name in attributes if name.startswith("on")]
    assert "49" not in made.words.replace(HOSTILE, "").split()
    assert made.words.count("<script>alert(2)</script>") >= 8


def test_every_field_points_at_its_boxes_and_they_at_it(page: Page) -> None:
    fields = {attributes["data-id"] for attributes in page.with_attribute("data-id")}
    marks = {attributes["data-for"] for attributes in page.with_attribute("data-for")}
    assert marks <= fields
    assert {"patient.birth_date", "service_lines.0.drug.prior_treatments.0.from", "documents.1.parts.0.author"} <= marks


def test_boxes_are_drawn_around_what_the_evidence_says(page: Page) -> None:
    rects = {
        tuple(
            round(edge, 2)
            for edge in (
                float(a["x"]) + AIR,
                float(a["y"]) + AIR,
                float(a["x"]) + float(a["width"]) - AIR,
                float(a["y"]) + float(a["height"]) - AIR,
            )
        )
        for tag, a in page.elements
        if tag == "rect"
    }
    for place in evidence(example()):
        for box in place.boxes:
            assert any(box == pytest.approx(rect, abs=0.011) for rect in rects), place.quote


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_shown_upright_with_the_ink_of_each_quote_in_its_box(rotation: int) -> None:
    request = turned(example(), rotation)
    images = drawn(example(), rotation=rotation)
    made = shown(request, images)
    assert "0 0 612.0 792.0" in [attributes["viewbox"] for attributes in made.with_attribute("viewbox")]
    assert ("shown upright" in made.words) == (rotation != 0)
    pixels = {key: Image.open(io.BytesIO(image.png)) for key, image in images.items()}
    for place in evidence(request):
        image, picture = images[place.document, place.page], pixels[place.document, place.page]
        across, down = picture.width / image.width_pt, picture.height / image.height_pt
        for x0, top, x1, bottom in place.boxes:
            cut = picture.crop((int(x0 * across), int(top * down), int(x1 * across), int(bottom * down)))
            assert cut.convert("L").getextrema()[0] == 0


def test_confidence_is_told_in_words_and_reasons_in_sentences(page: Page) -> None:
    for words in ("sure", "likely", "check", "'12345678' does not pass the check of an NPI.", "also read as XQ7745O1"):
        assert words in page.words
    assert "Written by hand; a person must read it." in page.words
    assert "as written: 12/03/1961" in page.words


def test_missing_things_are_told_in_the_words_for_the_sender(page: Page) -> None:
    assert "The requesting provider is asked for" in page.words
    assert example().missing_items[0].ask in page.words
    for harsh in ("denied", "denial", "insufficient", "does not meet", "rejected"):
        assert harsh not in page.words.casefold()


def test_pages_without_a_picture_are_shown_by_their_words() -> None:
    made = shown(example(), {})
    assert "This page has no picture. Words that were used from it:" in made.words
    assert "12/03/1961" in made.words
    assert not [tag for tag, _ in made.elements if tag in {"rect", "image"}]
    quotes = [attributes for attributes in made.with_attribute("data-for") if attributes.get("class") == "quote"]
    assert {"patient.birth_date", "clinical-0"} <= {attributes["data-for"] for attributes in quotes}


def test_pictures_of_other_pages_stay_out() -> None:
    images = dict(drawn(example()))
    images["d1", 9] = images["d1", 1]
    made = shown(example(), images)
    assert [a["id"] for tag, a in made.elements if tag == "image"] == [
        "image-d1-1", "image-d1-2", "image-d2-1", "image-d2-2",
    ]  # fmt: skip


def test_a_request_with_next_to_nothing_is_a_page_too() -> None:
    bare = AuthorizationRequest(
        id="r-0", status="needs_review", submissions=("x",), channel="cli", received_at=example().received_at,
        received_at_source="now", payer=None, market="us", documents=(),
    )  # fmt: skip
    made = shown(bare, {})
    assert made.words.count("Not found on the pages") == 5
    assert "This request has no pages." in made.words
    assert "No checklist was applied." in made.words


def test_two_runs_agree() -> None:
    assert write(example(), drawn(example())) == write(example(), drawn(example()))
    assert (HTML.name, HTML.extension, HTML.once_a_run) == ("html", "html", False)

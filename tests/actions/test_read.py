from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from actions.means import lend
from actions.read import as_json, read_file
from extractors.annotation import annotate
from intake.engines import DEBIAN_TESSDATA
from models.evidence import Provenance
from models.mention import FieldMention
from models.parsed import RejectedFile
from models.problem import UsageError
from models.result import DocumentResult
from tests.actions.papers import form, mail, note, pdf
from tests.extractors.documents import document_from_lines

MEANS = lend(DEBIAN_TESSDATA, 1, limits={})
TEXT = (
    "Jane  Sample\n\nShe denies chest\npain. History of chest pain.\tTook methotrexate;\n"
    "methotrexate failed.\f字 page two\n"
)


def read(path: Path, content: bytes) -> list[dict[str, Any]]:
    path.write_bytes(content)
    found = list(read_file(path, MEANS))
    assert all(isinstance(result, DocumentResult) for result in found), found
    return [as_json(result) for result in found if isinstance(result, DocumentResult)]


def test_plain_text_is_kept_unchanged_and_spans_point_into_it(tmp_path: Path) -> None:
    (said,) = read(tmp_path / "n.txt", TEXT.encode())
    assert said["text"] == TEXT
    assert said["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [(page["page"], page["width"], page["height"], page["dpi"], page["source"]) for page in said["pages"]] == [
        (1, None, None, None, "plain"),
        (2, None, None, None, "plain"),
    ]
    for page in said["pages"]:
        for word in page["words"]:
            assert (word["box"], TEXT[word["start"] : word["end"]]) == (None, word["text"])


def test_line_ends_of_windows_are_kept(tmp_path: Path) -> None:
    (said,) = read(tmp_path / "n.txt", b"one\r\ntwo\r\n")
    assert said["text"] == "one\r\ntwo\r\n"


def test_each_mention_of_plain_text_has_its_own_place(tmp_path: Path) -> None:
    (said,) = read(tmp_path / "n.txt", TEXT.encode())
    entities = [mention for mention in said["mentions"] if mention["kind"] == "entity"]
    places = [(TEXT[m["start"] : m["end"]].lower(), m["status"]) for m in entities]
    assert places == [
        ("chest\npain", "absent"),
        ("chest pain", "historical"),
        ("methotrexate", entities[2]["status"]),
        ("methotrexate", entities[3]["status"]),
    ]
    starts = [m["start"] for m in entities]
    assert starts == sorted(set(starts))
    assert all(m["boxes"] in ((), []) for m in entities)


def test_a_date_is_its_text(tmp_path: Path) -> None:
    lines = ("PRIOR AUTHORIZATION REQUEST FORM", "Date of Birth: 05/12/1960", "Member ID: XYZ12345", "ICD-10: K50.90")
    (said,) = read(tmp_path / "f.txt", "\n".join(lines).encode())
    values = {one["category"]: one["value"] for one in said["mentions"] if one["kind"] == "field"}
    assert values["patient.birth_date"] == "1960-05-12"


def test_a_page_with_geometry(tmp_path: Path) -> None:
    (said,) = read(tmp_path / "f.pdf", pdf(form(), note()))
    assert set(said) == {"path", "sha256", "media_type", "text", "pages", "parts", "sections", "mentions", "problems"}
    assert (said["path"], said["media_type"]) == ("f.pdf", "application/pdf")
    assert [(part["type"], part["pages"]) for part in said["parts"]] == [
        ("prior-authorization-form", [1]),
        ("progress-note", [2]),
    ]
    page = said["pages"][0]
    assert (page["width"], page["height"], page["source"], page["rotation"]) == (612, 792, "text_layer", 0)
    for word in page["words"]:
        x0, top, x1, bottom = word["box"]
        assert 0 <= x0 <= x1 <= 612
        assert 0 <= top <= bottom <= 792
        assert said["text"][word["start"] : word["end"]] == word["text"]
    member = next(m for m in said["mentions"] if m["category"] == "coverage.member_id")
    assert (member["value"], said["text"][member["start"] : member["end"]], member["page"]) == (
        "XYZ12345",
        "XYZ12345",
        1,
    )
    assert all(
        m["kind"] in {"entity", "code", "identifier", "date", "measurement", "field", "mark"} for m in said["mentions"]
    )
    for m in said["mentions"]:
        assert m["start"] is None or 0 <= m["start"] < m["end"] <= len(said["text"])


def test_an_invalid_identifier_tells_that_its_check_failed(tmp_path: Path) -> None:
    lines = [line.replace("1234567893", "1237865") for line in form()]
    (said,) = read(tmp_path / "f.pdf", pdf(lines))
    npi = next(m for m in said["mentions"] if m["category"] == "requesting_provider.npi")
    assert (npi["value"], npi["check_digit_ok"], npi["text"]) == (None, False, "1237865")


def test_a_container_is_followed_by_what_it_holds(tmp_path: Path) -> None:
    said = read(tmp_path / "m.eml", mail("Please see the attached form.\n", ("a.pdf", pdf(form()))))
    assert [one["path"].split("/")[0] for one in said] == ["m.eml"] * len(said)
    assert said[0]["path"] == "m.eml"
    assert said[0]["pages"] == []
    assert any(one["path"].endswith("/body") for one in said)
    assert any(one["path"].endswith("/a.pdf") for one in said)


def test_sensitive_numbers_are_masked_character_for_character(tmp_path: Path) -> None:
    secrets = "SSN 123 45 6789\nHKID A123456(3)\tcard 4111  1111 1111 1111\n"
    (said,) = read(tmp_path / "n.txt", secrets.encode())
    assert said["text"] == "SSN *** ** 6789\nHKID A123***(*)\tcard ****  **** **** 1111\n"
    for word in said["pages"][0]["words"]:
        assert said["text"][word["start"] : word["end"]] == word["text"]


def test_the_label_of_a_box_tells_what_to_mask() -> None:
    document = document_from_lines(["SSN        Member", "219456789  219456789"])
    number = FieldMention(
        path="patient.identifiers.ssn",
        value="*****6789",
        evidence=(document.evidence(1, document.page(1).words[2:3]),),
        provenance=Provenance(extractor="x", version="1", rule="r"),
        confidence=0.9,
    )
    said = as_json(DocumentResult(document, annotate(document), (number,), ()))
    assert said["text"] == "SSN Member\n*****6789 219456789"
    assert [word["text"] for word in said["pages"][0]["words"][2:]] == ["*****6789", "219456789"]


def test_what_cannot_be_read_is_told_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "e.pdf").write_bytes(b"")
    (rejected,) = read_file(tmp_path / "e.pdf", MEANS)
    assert isinstance(rejected, RejectedFile)
    assert rejected.code.value == "F001"
    with pytest.raises(UsageError, match="no file at"):
        next(read_file(tmp_path / "no.pdf", MEANS))

"""Numbers that must not leave, from a file to everything that is written."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.actions import papers
from tests.commands.runner import dossier

CARD = "4111 1111 1111 1111"
PAY = "Please charge the card "
LINES = [
    *papers.form(member="219-45-6789"),
    "Hong Kong identity card: A123456(3)",
    f"{PAY}{CARD} for the fee.",
]
SECRETS = re.compile(r"219-?45-?6789|A123456|4111[ -]?1111|1111[ -]?1111")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("privacy")
    (folder / "form.pdf").write_bytes(papers.pdf(LINES))
    ended = dossier(
        "process", str(folder / "form.pdf"), "--out", str(folder / "out"), "--format", "native,html",
        "--jobs", "1", "--json",
    )  # fmt: skip
    assert ended.status == 0, ended.err
    assert not SECRETS.search(ended.out + ended.err)
    return folder / "out"


def test_nothing_that_is_written_shows_them(out: Path) -> None:
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {"requests.jsonl", "native.json", "html.html"} <= {path.name for path in files}
    for path in files:
        # Pictures are looked at below; their letters are not text.
        text = re.sub(r"data:[a-z/0-9+-]+;base64,[A-Za-z0-9+/=]+", "", path.read_text("utf-8"))
        assert not SECRETS.search(text), path.name
    request = json.loads((out / "requests.jsonl").read_text("utf-8"))
    member = request["coverage"]["member_id"]
    assert (member["value"], member["as_written"]) == ("***-**-6789", "***-**-6789")


def test_the_request_says_that_a_card_came(out: Path) -> None:
    request = json.loads((out / "requests.jsonl").read_text("utf-8"))
    (flag,) = (flag for flag in request["flags"] if flag["code"] == "payment-data-redacted")
    assert flag["severity"] == "warning"
    assert [evidence["quote"] for evidence in flag["evidence"]] == ["**** **** **** 1111"]


def test_the_picture_is_black_over_the_card(out: Path) -> None:
    (page,) = out.rglob("html.html")
    found = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", page.read_text("utf-8"))
    assert found is not None
    seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("L"))
    scale = seen.shape[1] / 612
    base = 72 + papers.LINE * (len(LINES) - 1)  # the last line's baseline, from the top
    left = 72 + stringWidth(PAY, "Helvetica", 11)
    rows = slice(round((base - 7) * scale), round(base * scale))
    for n, group in enumerate(CARD.split()):
        start = left + n * stringWidth("1111 ", "Helvetica", 11)
        end = start + stringWidth(group, "Helvetica", 11) - 1  # the last digit's ink ends before its width
        assert not seen[rows, round(start * scale) : round(end * scale)].any()
    assert seen[rows, round(72 * scale) : round((left - 5) * scale)].mean() > 128


def test_a_file_read_shows_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(papers.pdf(LINES))
    for options in ((), ("--json",)):
        ended = dossier("read", str(tmp_path / "form.pdf"), *options)
        assert ended.status == 0, ended.err
        assert not SECRETS.search(ended.out)
        assert "A123***(*)" in ended.out


def test_a_fax_is_black_over_the_card(tmp_path: Path) -> None:
    (tmp_path / "fax.tif").write_bytes(papers.fax(papers.pdf(LINES), (204, 196)))
    ended = dossier(
        "process", str(tmp_path / "fax.tif"), "--out", str(tmp_path / "out"), "--format", "html", "--jobs", "1"
    )
    assert ended.status == 0, ended.err
    request = json.loads((tmp_path / "out" / "requests.jsonl").read_text("utf-8"))
    (flag,) = (flag for flag in request["flags"] if flag["code"] == "payment-data-redacted")
    (page,) = (tmp_path / "out").rglob("html.html")
    found = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", page.read_text("utf-8"))
    assert found is not None
    seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("L"))
    for x0, top, x1, bottom in flag["evidence"][0]["boxes"]:
        place = seen[
            round(top / 792 * seen.shape[0]) : round(bottom / 792 * seen.shape[0]),
            round(x0 / 612 * seen.shape[1]) : round(x1 / 612 * seen.shape[1]),
        ]
        assert (place == 0).mean() > 0.9  # the gaps between the words may stay white

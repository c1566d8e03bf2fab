"""Office documents through a converter that fails in every way, and through LibreOffice where it is installed."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.seeds import packed, seeds
from models.parsed import ParsedFile, ParsedPage, RejectedFile
from models.problem import DocumentError, FileCode
from sandbox import convert, walls
from sandbox.convert import CONVERTED_SUFFIXES, Converter, converted, converter_here
from sandbox.limits import Limits
from sandbox.opening import Opening, open_with
from tests.sandbox.openers import FAKES, received

RTF = "application/rtf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOUND = seeds()
FAKE = Converter(
    program=(sys.executable, "-B", "-s", str(FAKES / "converter_that_fails.py")),
    folders=(str(FAKES),),
)
# The PDF that follows lies beyond where kinds of files are told apart.
RTF_ORDER = b"{\\rtf convert}" + b" " * 5000 + b"\n"
LIMITS = Limits(wall_s=30.0, file_bytes=8 << 20, memory_bytes=256 << 20)

pytestmark = pytest.mark.skipif(
    not walls.stands("bubblewrap"), reason="office documents are converted behind bubblewrap"
)


def code_of(order: bytes, limits: Limits = LIMITS, converter: Converter | None = FAKE) -> str:
    with pytest.raises(DocumentError) as refused:
        converted(order, RTF, converter=converter, limits=limits)
    return refused.value.code.value


def opened(
    content: bytes, path: str, converter: Converter | None
) -> tuple[ParsedFile | RejectedFile, list[ParsedPage]]:
    (ending,) = (
        (file, list(file.pages) if isinstance(file, ParsedFile) else [])
        for file in open_with(received(content, path), Opening(Limits(), converter=converter))
    )
    return ending


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (b"die", "F006"),
        (b"lose", "F006"),
        (b"link", "F006"),
        (b"again", "F006"),
        (b"convert\n", "F006"),
        (b"convert\nMZ, a program", "F006"),
        (b"flood", "F010"),
        (b"fill", "F010"),
        (b"hog", "F012"),
        (b"not a word it knows", "F006"),
    ],
)
def test_a_converter_that_fails_is_a_file_that_is_refused(order: bytes, code: str) -> None:
    assert code_of(order) == code


@pytest.mark.parametrize("order", [b"hang", b"spin"])
def test_a_converter_ends_with_its_time(order: bytes) -> None:
    started = time.monotonic()
    assert code_of(order, replace(LIMITS, wall_s=1.0)) == "F011"
    assert time.monotonic() - started < 30


def test_the_converter_reaches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not to be read")
    assert converted(b"pry\n" + str(secret).encode(), RTF, converter=FAKE, limits=LIMITS) == b"%PDF-reached:"


def test_without_a_converter_the_kind_of_file_is_not_taken() -> None:
    assert code_of(b"convert\n%PDF-", converter=None) == "F003"
    file, _ = opened(b"{\\rtf1 a letter}", "letter.rtf", None)
    assert isinstance(file, RejectedFile)
    assert (file.code, file.path) == (FileCode.TYPE_NOT_ALLOWED, "letter.rtf")
    assert "Please send a PDF" in file.message


def test_what_the_converter_wrote_is_read_behind_the_walls_of_a_pdf() -> None:
    content = RTF_ORDER + SOUND["scan.pdf"]
    file, pages = opened(content, "letter.rtf", FAKE)
    assert isinstance(file, ParsedFile)
    assert (file.path, file.media_type, file.page_count) == ("letter.rtf", RTF, 2)
    assert all(page.raster is not None for page in pages)
    assert file.sha256 == received(content, "x").sha256
    damaged, _ = opened(RTF_ORDER + b"%PDF-1.7 of which nothing else is there", "letter.rtf", FAKE)
    assert isinstance(damaged, RejectedFile)
    assert damaged.code == FileCode.DAMAGED


def test_lower_walls_have_no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "wall_kind", lambda: "landlock")
    assert converter_here() is None


@pytest.mark.parametrize("name", ["letter.rtf", "letter.docx", "letter.odt"])
def test_libreoffice_makes_pages_of_office_documents(name: str) -> None:
    if converter_here() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    media_type = next(kind for kind, suffix in CONVERTED_SUFFIXES.items() if name.endswith(suffix))
    pdf = converted(SOUND[name], media_type, converter=converter_here(), limits=Limits())
    _, (page,) = opened(pdf, "letter.pdf", None)
    assert "ZX10318079" in [word.text for word in page.words]
    assert page.raster is not None


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), DOCX),
        (b"\xd0\xcf\x11\xe0".ljust(512, b"\0") + b"\xec\xa5".ljust(11, b"\0") + b"\x01", "application/msword"),
        (packed({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_password_is_named_as_the_reason(content: bytes, media_type: str) -> None:
    with pytest.raises(DocumentError) as refused:
        converted(content, media_type, converter=FAKE, limits=LIMITS)
    assert refused.value.code == FileCode.ENCRYPTED

"""From a received file to its documents: codes, containers, paths, bombs; through the real child."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import subprocess
import sys
import time
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import sandbox
from models.parsed import ParsedFile, RejectedFile
from sandbox.leaves import Contents, unpack
from sandbox.limits import Limits
from tests.conftest import ROOT
from tests.intake.raster.tiffs import HUGE, tiff
from tests.intake.readers.drawn import edited, fax_page, pdf, saved
from tests.sandbox.openers import code_of, opened, pages_of, received


def letter(canvas: Canvas) -> None:
    canvas.drawString(100, 650, "Patient: Sample, Jane")


def fax(pages: int = 3) -> bytes:
    sheets = [fax_page(1728, 1000 + 10 * number) for number in range(pages)]
    return saved(sheets[0], "TIFF", compression="group4", dpi=(204, 98), save_all=True, append_images=sheets[1:])


def test_a_pdf() -> None:
    content = pdf(letter, pages=2)
    (file,) = sandbox.open_file(received(content, "in/form.pdf"))
    assert isinstance(file, ParsedFile)
    assert (file.path, file.filename, file.parent, file.media_type) == (
        "in/form.pdf",
        "form.pdf",
        None,
        "application/pdf",
    )
    assert file.page_count == 2
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_pages_come_as_validated_values() -> None:
    first, second = pages_of(pdf(letter, pages=2), "form.pdf")
    assert [word.text for word in first.words] == ["Patient:", "Sample,", "Jane"]
    assert first.raster is not None
    assert first.raster.pixels.shape == (2200, 1700)
    assert not first.raster.pixels.flags.writeable
    assert second.number == 2


def test_a_fax_keeps_its_pixels() -> None:
    pages = pages_of(fax(), "fax.tif")
    assert [(page.raster.dpi_x, page.raster.dpi_y) for page in pages if page.raster] == [(204, 98)] * 3
    assert pages[0].raster is not None
    assert pages[0].raster.pixels.tobytes() == fax_page(1728, 1000).convert("L").tobytes()


@pytest.mark.parametrize(
    ("content", "name", "limits", "code"),
    [
        (b"", "a.pdf", None, "F001"),
        (b"%PDF" * 100, "a.pdf", Limits(file_bytes=100), "F002"),
        (b"PK\x03\x04", "a.docx", None, "F006"),
        (b"GIF89a", "a.gif", None, "F006"),
        (b"\x00\x01\x02", "noname", None, "F003"),
        (b"\x00\x01\x02", "a.pdf", None, "F004"),
        (b"7z\xbc\xaf\x27\x1c", "a.tif", None, "F004"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "a.asc", None, "F005"),
        (b"%PDF-1.7 and no more", "a.pdf", None, "F006"),
        (b"II*\0\x08\0\0\0", "a.tif", None, "F006"),
        (b"\x89PNG\r\n\x1a\n", "a.png", None, "F006"),
        (b"\xff\xd8\xff\xe0", "a.jpg", None, "F006"),
    ],
)
def test_files_that_cannot_be_used_have_their_code(content: bytes, name: str, limits: Limits | None, code: str) -> None:
    assert code_of(content, name, limits) == code


def test_a_name_that_does_not_fit_does_no_harm() -> None:
    assert pages_of(fax(1), "really.pdf")[0].scanned


def test_passwords() -> None:
    locked = edited(pdf(letter), lambda _: None, pikepdf.Encryption(user="secret", owner="owner"))
    guarded = edited(pdf(letter), lambda _: None, pikepdf.Encryption(user="", owner="owner"))
    assert code_of(locked, "a.pdf") == "F005"
    assert pages_of(guarded, "a.pdf")[0].words


def test_too_many_pages_and_pixels() -> None:
    assert code_of(pdf(letter, pages=3), "a.pdf", Limits(pages=2)) == "F008"
    assert code_of(tiff(HUGE), "a.tif") == "F009"


def test_a_torn_fax_keeps_its_readable_pages() -> None:
    whole = fax(4)
    pages = pages_of(whole[: len(whole) * 6 // 10], "fax.tif")
    assert not pages[0].damaged
    assert pages[-1].damaged
    assert pages[-1].problems[0].code == "F007"
    assert pages[-1].problems[0].severity == "error"


def bomb(inflated: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 75_000
    packed = b"".join(packer.compress(block) for _ in range(inflated // len(block) + 1)) + packer.flush()

    def add(page: pikepdf.Pdf) -> None:
        stream = page.make_stream(b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        page.pages[0].Contents = stream

    return edited(pdf(letter), add)


def test_a_bomb_is_refused_within_the_limits(tmp_path: Path) -> None:
    """In a process of its own, whose only child is the sandbox's: its high-water mark is that of the reader."""
    content = bomb(1 << 30)
    assert len(content) < 3_000_000
    (tmp_path / "bomb.pdf").write_bytes(content)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_TELL, str(tmp_path / "bomb.pdf")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    code, kilobytes = done.stdout.split()
    assert code == "F010"
    assert time.monotonic() - started < 30
    assert int(kilobytes) < 700 << 10


_OPEN_AND_TELL = """
import hashlib, resource, sys
import sandbox
from models.received import ReceivedFile
content = open(sys.argv[1], "rb").read()
(file,) = sandbox.open_file(ReceivedFile("bomb.pdf", content, hashlib.sha256(content).hexdigest()))
print(file.code.value, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def mail(*attachments: tuple[str, str, bytes], body: str = "Please see the attached request.") -> EmailMessage:
    message = EmailMessage()
    message["Received"] = "from mx.example.org by us.example.com; Sun, 22 Nov 2026 14:31:02 +0000"
    message["From"], message["Subject"] = "office@example.org", "Request"
    message["Date"] = "Sun, 22 Nov 2026 09:30:00 -0500"
    message.set_content(body)
    for name, kind, content in attachments:
        maintype, subtype = kind.split("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message


def test_a_mail_and_what_it_holds() -> None:
    form_bytes = pdf(letter)
    message = mail(
        ("form.pdf", "application/pdf", form_bytes),
        ("locked.pdf", "application/pdf", b"%PDF-1.4 broken"),
        ("../../scan.tif", "application/octet-stream", fax(2)),
    )
    files = opened(message.as_bytes(), "mail.eml")
    assert [(file.path, file.parent) for file, _ in files] == [
        ("mail.eml", None),
        ("mail.eml/body", "mail.eml"),
        ("mail.eml/1/form.pdf", "mail.eml"),
        ("mail.eml/2/locked.pdf", "mail.eml"),
        ("mail.eml/3/scan.tif", "mail.eml"),
    ]
    container, body, form, bad, scan = (file for file, _ in files)
    assert isinstance(container, ParsedFile)
    assert (container.media_type, container.page_count) == ("message/rfc822", 0)
    assert container.envelope is not None
    assert container.envelope.received_at == dt.datetime(2026, 11, 22, 14, 31, 2, tzinfo=dt.UTC)
    assert container.envelope.sent_at == dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
    assert files[1][1][0].plain == "Please see the attached request."
    assert isinstance(body, ParsedFile)
    assert isinstance(form, ParsedFile)
    assert form.sha256 == hashlib.sha256(form_bytes).hexdigest()
    assert isinstance(bad, RejectedFile)
    assert (bad.code, bad.filename) == ("F006", "locked.pdf")
    assert isinstance(scan, ParsedFile)
    assert len(files[4][1]) == scan.page_count == 2


def test_a_mail_within_a_mail() -> None:
    outer = mail(body="see below")
    outer.add_attachment(mail(("form.pdf", "application/pdf", pdf(letter)), body="the inner words"))
    paths = [file.path for file, _ in opened(outer.as_bytes(), "mail.eml")]
    assert paths == ["mail.eml", "mail.eml/body", "mail.eml/1", "mail.eml/1/body", "mail.eml/1/1/form.pdf"]


def test_mails_are_not_opened_for_ever() -> None:
    message = mail(body="innermost")
    for _ in range(6):
        outer = mail(body="outer")
        outer.add_attachment(message)
        message = outer
    files = opened(message.as_bytes(), "mail.eml")
    assert isinstance(files[-1][0], RejectedFile)
    assert files[-1][0].code == "F016"


def test_a_mail_that_says_nothing() -> None:
    assert code_of(mail(body=" \n").as_bytes(), "mail.eml") == "F017"


def test_tiny_pictures_are_listed_with_a_remark() -> None:
    files = opened(mail(("logo.png", "image/png", saved(Image.new("L", (40, 20), 90), "PNG"))).as_bytes(), "mail.eml")
    logo = files[-1][0]
    assert isinstance(logo, ParsedFile)
    assert [(problem.code, problem.severity) for problem in logo.problems] == [("tiny-picture", "info")]


def test_attached_files_are_noted() -> None:
    def add(page: pikepdf.Pdf) -> None:
        page.attachments["x.exe"] = b"MZ"

    (file, pages), (program, _) = opened(edited(pdf(letter), add), "a.pdf")
    assert isinstance(file, ParsedFile)
    assert len(pages) == 1
    assert [(problem.code, problem.severity) for problem in file.problems] == [("F015", "info")]
    assert isinstance(program, RejectedFile)
    assert (program.path, program.parent, program.code.value) == ("a.pdf/1/x.exe", "a.pdf", "F003")


def test_the_documents_of_a_portfolio_follow_its_cover() -> None:
    def add(cover: pikepdf.Pdf) -> None:
        cover.attachments["form.pdf"] = pdf(letter, pages=2)
        cover.attachments["note.txt"] = b"a note"

    files = opened(
        mail(("all.pdf", "application/pdf", edited(pdf(letter), add)), body="see inside").as_bytes(), "m.eml"
    )
    assert [(file.path, file.parent, len(pages)) for file, pages in files] == [
        ("m.eml", None, 0),
        ("m.eml/body", "m.eml", 1),
        ("m.eml/1/all.pdf", "m.eml", 1),
        ("m.eml/1/all.pdf/1/form.pdf", "m.eml/1/all.pdf", 2),
        ("m.eml/1/all.pdf/2/note.txt", "m.eml/1/all.pdf", 1),
    ]


def test_a_portfolio_that_goes_too_deep_says_that_something_was_not_opened() -> None:
    inner = pdf(letter)
    for _ in range(6):

        def add(cover: pikepdf.Pdf, held: bytes = inner) -> None:
            cover.attachments["inner.pdf"] = held

        inner = edited(pdf(letter), add)
    files = [file for file, _ in opened(inner, "a.pdf")]
    assert sum(isinstance(file, ParsedFile) for file in files) == 5
    assert isinstance(files[-1], RejectedFile)
    assert (files[-1].code.value, files[-1].filename) == ("F016", "attachments")


def archive(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def endings(content: bytes, path: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    return [
        (file.path, file.code.value if isinstance(file, RejectedFile) else file.media_type)
        for file, _ in opened(content, path, limits)
    ]


def test_an_archive_and_what_it_holds() -> None:
    within = mail(("inner.zip", "application/zip", archive(("a.txt", b"words"))), body="see the archive").as_bytes()
    content = archive(
        ("scans/fax.tif", fax(1)), ("inner.zip", archive(("a.txt", b"x"))), ("mail.eml", within), ("../a.txt", b"x")
    )
    files = opened(content, "all.zip")
    assert isinstance(files[0][0], ParsedFile)
    assert files[0][0].envelope is None
    assert endings(content, "all.zip") == [
        ("all.zip", "application/zip"),
        ("all.zip/1/fax.tif", "image/tiff"),
        ("all.zip/2/inner.zip", "F016"),
        ("all.zip/3/mail.eml", "message/rfc822"),
        ("all.zip/3/mail.eml/body", "text/plain"),
        ("all.zip/3/mail.eml/1/inner.zip", "F016"),
        ("all.zip/4/a.txt", "F016"),
    ]


def test_an_archive_within_a_mail_is_opened() -> None:
    content = mail(("all.zip", "application/octet-stream", archive(("a.txt", b"words")))).as_bytes()
    assert endings(content, "m.eml")[-2:] == [
        ("m.eml/1/all.zip", "application/zip"),
        ("m.eml/1/all.zip/1/a.txt", "text/plain"),
    ]


def test_the_limits_hold_for_all_containers_of_a_file_together() -> None:
    inner = archive(*((f"{number}.txt", b"words") for number in range(4)))
    content = mail(("a.zip", "application/zip", inner), ("b.zip", "application/zip", inner)).as_bytes()
    told = endings(content, "m.eml", Limits(leaves=8))
    assert told[2:7] == [
        ("m.eml/1/a.zip", "application/zip"),
        *((f"m.eml/1/a.zip/{number + 1}/{number}.txt", "text/plain") for number in range(4)),
    ]
    assert told[7:] == [("m.eml/2/b.zip", "F016")]
    small = endings(content, "m.eml", Limits(unpacked_bytes=len(inner) + 40))
    assert ("m.eml/2/b.zip", "F016") in small


def test_attachments_beyond_the_limit_are_listed() -> None:
    content = mail(*((f"{number}.txt", "text/plain", b"words") for number in range(4))).as_bytes()
    told = [ending for _, ending in endings(content, "m.eml", Limits(leaves=3))]
    assert told == ["message/rfc822", "text/plain", "text/plain", "text/plain", "F016", "F016"]


def test_a_mail_nested_a_thousand_times() -> None:
    content = b"From: a@example.org\r\nDate: x\r\n\r\ninnermost"
    for _ in range(1000):
        content = b"From: a@example.org\r\nDate: x\r\nContent-Type: message/rfc822\r\n\r\n" + content
    told = endings(content, "m.eml")
    assert [ending for _, ending in told] == ["message/rfc822"] * 4 + ["F016"]


def test_notices_of_protected_messages_need_a_person() -> None:
    notice = mail(body="You have received a secure message. Click here to view the secure message.")
    ((container, _), _) = opened(notice.as_bytes(), "m.eml")
    assert isinstance(container, ParsedFile)
    assert [(problem.code, problem.severity) for problem in container.problems] == [("secure-message", "error")]
    assert container.envelope is not None
    assert container.envelope.sender == "office@example.org"


def test_rights_management_is_a_lock() -> None:
    wrapped = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86rest"
    assert code_of(wrapped, "message_v2.rpmsg") == "F005"


def test_only_what_is_wanted_is_opened_from_its_page_on() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "office@example.org", "two papers"
    message.set_content("Please see.")
    for name in ("a.pdf", "b.pdf"):
        message.add_attachment(pdf(letter, 3), maintype="application", subtype="pdf", filename=name)
    told = [
        (file.path, file.page_count, [page.number for page in file.pages])
        for file in sandbox.open_file(received(message.as_bytes(), "m.eml"), wanted={"m.eml/2/b.pdf": 2})
        if isinstance(file, ParsedFile)
    ]
    assert told == [("m.eml", 0, []), ("m.eml/2/b.pdf", 3, [2, 3])]
    assert list(sandbox.open_file(received(pdf(letter), "a.pdf"), wanted={"another.pdf": 1})) == []


def test_the_bytes_of_what_is_not_wanted_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "office@example.org", "two papers"
    message.set_content("Please see.")
    for name in ("a.pdf", "b.pdf"):
        message.add_attachment(pdf(letter), maintype="application", subtype="pdf", filename=name)
    told = dict[str, bool]()

    def telling(*given: Any, **more: Any) -> Contents:
        contents = unpack(*given, **more)
        told.update({leaf.received.path: bool(leaf.received.content) for leaf in contents.leaves})
        return contents

    monkeypatch.setattr("sandbox.opening.unpack", telling)
    list(sandbox.open_file(received(message.as_bytes(), "m.eml"), wanted={"m.eml/2/b.pdf": 1}))
    assert told == {"m.eml/body": False, "m.eml/1/a.pdf": False, "m.eml/2/b.pdf": True}

"""The content decides what a file is; the name only where the content is silent."""

from __future__ import annotations

import pytest

from intake.sniff import claimed_type, media_type_of

MAIL = (
    b"Received: from a by b; Sun, 22 Nov 2026 09:30:00 +0000\r\nFrom: a@example.org\r\n"
    b"Date: Sun, 22 Nov 2026 09:30:00 +0000\r\nMIME-Version: 1.0\r\n\r\nhello"
)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7\n", "x.tif", "application/pdf"),
        (b"\r\njunk before\r\n%PDF-1.7\n", "x", "application/pdf"),
        (b"II*\0rest", "x.pdf", "image/tiff"),
        (b"MM\0*rest", "x", "image/tiff"),
        (b"MM\0+rest", "x", "image/tiff"),
        (b"\x89PNG\r\n\x1a\n", "x.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (b"PK\x03\x04", "x.docx", "application/zip"),
        (b"GIF89a", "x.png", "image/gif"),
        (MAIL, "x.eml", "message/rfc822"),
        (MAIL, "x", "message/rfc822"),
        (MAIL, "x.txt", "message/rfc822"),
        (b"From office@example.org Sun Nov 22\n" + MAIL, "x", "message/rfc822"),
        (b"Subject: hello\n\ntext", "x.eml", "message/rfc822"),
        (b"To: the plan\nFrom: the office\n\nDear plan", "letter.txt", "text/plain"),
        (b"Dear plan,\nplease", "x.txt", "text/plain"),
        (b"Dear plan,\nplease", "x.pdf", "text/plain"),
        ("Größe 陳".encode(), "", "text/plain"),
        ("Größe".encode("cp1252"), "", "text/plain"),
        ("Größe".encode("utf-16"), "", "text/plain"),
        (b"<!DOCTYPE html><html>", "x", "text/html"),
        (b" <html lang='en'>", "x.pdf", "text/html"),
        (b"<p>a</p>", "x.html", "text/html"),
        (b"<p>a</p>\r\n<p>b</p>", "", "text/html"),
        (b"<!--" + b"x" * 9000 + b"-->\n<html>", "", "text/html"),
        (b"<!-- a -->" * 3000 + b"<html>", "", "text/html"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "a.svg", None),
        (b" \r\n{\\rtf1 hello}", "x.doc", "application/rtf"),
        ("Größe".encode("utf-16-le"), "", "text/plain"),
        ("<html><body>Größe</body></html>".encode("utf-16"), "", "text/html"),
        ("病人姓名：陳大文，出生日期".encode("big5"), "", "text/plain"),
        ("患者名：山田太郎、生年月日は".encode("cp932"), "", "text/plain"),
        (b"end of a text of DOS\r\n\x1a", "", "text/plain"),
        (b"-----BEGIN PGP MESSAGE-----\n", "a.txt", "application/pgp-encrypted"),
        (b"\x00\x01\x02\x03", "x.pdf", None),
        (bytes(range(256)) * 10, "x", None),
    ],
)
def test_media_types(content: bytes, name: str, expected: str | None) -> None:
    assert media_type_of(content, name) == expected


def test_claims() -> None:
    assert claimed_type("a.TIF") == "image/tiff"
    assert claimed_type("a", "application/pdf; name=x") == "application/pdf"
    assert claimed_type("a.exe", "application/x-unknown") is None


def test_several_mails_in_one_file_are_a_mailbox() -> None:
    one = b"From a@example.org Sun Nov 22 10:00:00 2026\nSubject: a\nFrom: a@example.org\nDate: x\n\nText.\n"
    assert media_type_of(one, "a.eml") == "message/rfc822"
    assert media_type_of(one + b"\n" + one, "box.mbox") == "application/mbox"


def test_data_for_programs_is_no_paper() -> None:
    assert media_type_of(b'{"a": 1}', "a.json") is None
    assert media_type_of(b"a,b\n1,2\n", "members.csv") is None
    assert media_type_of(b"a,b\n1,2\n", "note.txt") == "text/plain"

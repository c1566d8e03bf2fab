"""Signed messages: what was signed comes out, what is encrypted is said to be so."""

from __future__ import annotations

import base64

import pytest

from intake.raw import ReadOptions, Unreadable
from intake.readers.smime import load
from intake.sniff import media_type_of
from tests.intake.readers.wrapped import ENVELOPED, signed, streamed

OPTIONS = ReadOptions(filename="form.pdf.p7m")


@pytest.mark.parametrize("wrap", [signed, streamed])
def test_what_was_signed(wrap: type) -> None:
    content = wrap(b"%PDF-1.4 and a good deal more")
    assert media_type_of(content, "x") == "application/pkcs7-mime"
    (leaf,) = load(content, OPTIONS).leaves()
    assert (leaf.filename, leaf.content) == ("form.pdf", b"%PDF-1.4 and a good deal more")


def test_parts_of_a_mail() -> None:
    (leaf,) = load(signed(b"Content-Type: text/plain\r\n\r\nwords"), OPTIONS).leaves()
    assert (leaf.filename, leaf.media_type) == ("", "message/rfc822")


def test_in_the_lines_of_pem() -> None:
    lines = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed(b"words")) + b"-----END PKCS7-----\n"
    assert media_type_of(lines, "x") == "application/pkcs7-mime"
    (leaf,) = load(lines, OPTIONS).leaves()
    assert leaf.content == b"words"


@pytest.mark.parametrize(
    ("content", "code"),
    [(signed(b"x", ENVELOPED), "F005"), (signed(None), "F017"), (signed(b"x")[:12], "F006"), (b"\x30\x80", "F006")],
)
def test_codes(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        load(content, OPTIONS)

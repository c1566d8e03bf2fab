"""Bodies, attachments, nested mails and the two times of a mail."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers.email import Mail, load


def mail(text: str | None = "Please see the attached request.", html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "office@example.org", "intake@example.org", "Request"
    message["Date"] = "Sun, 22 Nov 2026 09:30:00 -0500"
    if text is not None:
        message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def opened(message: EmailMessage | bytes) -> Mail:
    return load(message if isinstance(message, bytes) else message.as_bytes(), ReadOptions())


def leaves(message: EmailMessage | bytes) -> list[RawLeaf]:
    return list(opened(message).leaves())


def test_body_and_attachments_in_order() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4 a", maintype="application", subtype="pdf", filename="form.pdf")
    message.add_attachment(b"II*\0", maintype="image", subtype="tiff", filename="scän.tif")
    body, form, scan = leaves(message)
    assert (body.body, body.media_type, body.content) == (True, "text/plain", b"Please see the attached request.")
    assert (form.filename, form.media_type, form.content, form.body) == (
        "form.pdf",
        "application/pdf",
        b"%PDF-1.4 a",
        False,
    )
    assert (scan.filename, scan.content) == ("scän.tif", b"II*\0")


def test_plain_text_is_preferred_to_html() -> None:
    (body,) = leaves(mail("plain words", "<p>other words</p>"))
    assert (body.media_type, body.content) == ("text/plain", b"plain words")


def test_html_where_there_is_no_plain_text() -> None:
    (body,) = leaves(mail(" \n", "<p>the words</p>"))
    assert body.media_type == "text/html"
    assert b"the words" in body.content


@pytest.mark.parametrize("html", [None, "<html><body><img src='cid:x'></body></html>"])
def test_a_body_that_says_nothing_is_no_leaf(html: str | None) -> None:
    message = mail("  \n", html)
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    assert [leaf.filename for leaf in leaves(message)] == ["a.pdf"]


def test_inline_documents_are_kept() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="p.png", disposition="inline")
    assert [leaf.filename for leaf in leaves(message)] == ["", "p.png"]


def test_a_text_that_is_attached_is_no_body() -> None:
    message = mail()
    message.add_attachment("notes", filename="notes.txt")
    body, notes = leaves(message)
    assert body.body
    assert (notes.filename, notes.body) == ("notes.txt", False)


def test_a_mail_within_a_mail_is_one_leaf() -> None:
    inner = mail("the inner words")
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="inner.pdf")
    outer = mail("see below")
    outer.add_attachment(inner)
    _, nested = leaves(outer)
    assert nested.media_type == "message/rfc822"
    assert [leaf.filename for leaf in leaves(nested.content)] == ["", "inner.pdf"]


def test_signatures_of_programs_are_not_documents() -> None:
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert len(leaves(message)) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('name="=?utf-8?B?5qGI5Lu2LnBkZg==?="', "案件.pdf"),
        ("name*=utf-8''form%20%C3%A4.pdf", "form ä.pdf"),
        ('name*0="long-"; name*1="name.pdf"', "long-name.pdf"),
    ],
)
def test_file_names_however_they_are_written(name: str, expected: str) -> None:
    raw = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; "
        + name.encode()
        + b"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nJVBERg==\r\n"
    )
    (leaf,) = leaves(raw)
    assert (leaf.filename, leaf.content) == (expected, b"%PDF")


def test_the_topmost_received_header_tells_when_it_came_in() -> None:
    raw = (
        b"Received: from mx.example.org by us.example.com; Sun, 22 Nov 2026 14:31:02 +0000\r\n"
        b"Received: from pc by mx.example.org; Sat, 21 Nov 2026 09:00:00 +0000\r\n" + mail().as_bytes()
    )
    source = opened(raw)
    assert source.received_at == "2026-11-22T14:31:02+00:00"
    assert source.sent_at == "2026-11-22T09:30:00-05:00"


def test_times_that_are_none_and_times_without_zone() -> None:
    assert opened(b"From: a\r\nDate: yesterday\r\n\r\nx").sent_at is None
    assert opened(b"From: a\r\nReceived: nonsense\r\n\r\nx").received_at is None
    assert opened(b"From: a\r\nDate: Sun, 22 Nov 2026 09:30:00\r\n\r\nx").sent_at == "2026-11-22T09:30:00"


def test_charsets_that_lie() -> None:
    raw = (
        b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=no-such\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\nGr\xf6\xdfe\r\n"
    )
    (body,) = leaves(raw)
    assert body.content.decode() == "Größe"


def test_traps() -> None:
    with pytest.raises(Unreadable, match="F006"):
        load(b"\r\n\r\nno headers", ReadOptions())
    many = mail()
    for number in range(5):
        many.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf")
    with pytest.raises(Unreadable, match="F016"):
        list(load(many.as_bytes(), ReadOptions(leaves=3)).leaves())

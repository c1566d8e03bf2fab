"""Bodies, attachments, nested mails and the two times of a mail."""

from __future__ import annotations

import base64
import binascii
from email.message import EmailMessage

import pytest

from intake.mail_body import unflowed
from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers.email import Mail, load
from tests.intake.readers.wrapped import signed


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


@pytest.mark.parametrize("plain", ["Please see the request below.", "Call 555-0100. Please see the request below."])
def test_figures_that_only_one_of_the_texts_holds_are_kept(plain: str) -> None:
    (body,) = leaves(mail(plain, "<p>Please see the request below.</p><p>Member ID W12345678 CPT 73721</p>"))
    assert b"W12345678 CPT 73721" in body.content
    assert (b"555-0100" in body.content) == ("555-0100" in plain)


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


def raw(*lines: str) -> bytes:
    return "\r\n".join(("From: office@example.org", "MIME-Version: 1.0", *lines)).encode("utf-8")


def test_parts_deeper_than_any_program_nests_them_are_refused() -> None:
    text = "From: a@example.org\r\n"
    for depth in range(1000):
        text += f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'
    (leaf,) = leaves((text + "\r\ninnermost").encode())
    assert (leaf.refused, leaf.body) == ("F016", False)


def test_headers_of_a_megabyte() -> None:
    long = b"X-Junk: " + b"a; " * 400_000 + b"\r\n"
    (body,) = leaves(b"From: a@example.org\r\n" + long * 3 + b"Content-Type: text/plain\r\n\r\nhello")
    assert body.content == b"hello"


def test_a_boundary_that_is_nowhere_leaves_one_text() -> None:
    (body,) = leaves(raw('Content-Type: multipart/mixed; boundary="x"', "", "Please see the form."))
    assert body.content == b"Please see the form."


def test_a_boundary_that_the_header_misstates_is_found() -> None:
    lines = ("Content-Type: multipart/mixed", "", "--real-one", "Content-Type: text/plain", "", "words", "--real-one--")
    (body,) = leaves(raw(*lines))
    assert body.content == b"words"


def test_a_mail_that_breaks_off_keeps_what_is_there() -> None:
    whole = mail()
    whole.add_attachment(b"%PDF-1.4 " + b"x" * 3000, maintype="application", subtype="pdf", filename="a.pdf")
    _, torn = leaves(whole.as_bytes()[:-1500])
    assert torn.content.startswith(b"%PDF-1.4 xxx")


def test_headers_that_run_into_the_text() -> None:
    lines = ('Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: text/plain", "bar", "", "--b--")
    (body,) = leaves(raw(*lines))
    assert body.content == b"bar"


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "", "x-unknown"])
def test_base64_that_no_header_tells_of(encoding: str) -> None:
    packed = base64.encodebytes(b"%PDF-1.4 " + bytes(200)).decode().splitlines()
    headers = ("Content-Type: application/octet-stream; name=a.pdf", f"Content-Transfer-Encoding: {encoding}", "")
    (leaf,) = leaves(raw(*headers, *packed))
    assert leaf.content == b"%PDF-1.4 " + bytes(200)


def test_a_document_that_is_said_to_be_base64_and_is_not() -> None:
    headers = ("Content-Type: application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64", "")
    (leaf,) = leaves(raw(*headers, "%PDF-1.4", "as it is"))
    assert leaf.content == b"%PDF-1.4\r\nas it is"


def test_files_within_the_text() -> None:
    packed = "\r\n".join(binascii.b2a_uu(b"%PDF-1.4 form"[at : at + 45]).decode().strip() for at in (0,))
    body, form = leaves(raw("", "Please see below.", "begin 644 form.pdf", packed, "`", "end", "Regards"))
    assert body.content.split() == [b"Please", b"see", b"below.", b"Regards"]
    assert (form.filename, form.content) == ("form.pdf", b"%PDF-1.4 form")


def test_file_names_in_raw_bytes() -> None:
    name = "申請表.pdf".encode("big5")
    head = b'From: a@example.org\r\nContent-Type: application/pdf; name="' + name + b'"\r\n\r\n%PDF'
    assert [leaf.filename for leaf in leaves(head)] == ["申請表.pdf"]


def test_html_beside_a_footer_and_beside_a_stub() -> None:
    html = (
        "<p>Please approve the MRI of the lumbar spine for our patient. Six weeks of therapy have not helped her.</p>"
    )
    stub = mail("Please view as HTML.", html)
    (body,) = leaves(stub)
    assert body.media_type == "text/html"
    footed = mail(None, None)
    footed.set_content(html, subtype="html")
    footed.add_attachment("Sent by the list.", disposition="inline")
    (body,) = leaves(footed)
    assert b"lumbar" in body.content
    assert b"Sent by the list." in body.content


def test_lines_that_a_program_has_broken_are_whole_again() -> None:
    assert unflowed("> quoted \n> words\nmine \ngo on\n-- \nname") == "> quoted words\nmine go on\n-- \nname"


def test_pictures_within_the_text() -> None:
    html = f'<p>See</p><img src="data:image/png;base64,{base64.b64encode(b"PNG").decode()}">'
    body, picture = leaves(mail(None, html))
    assert (body.body, picture.media_type, picture.content, picture.inline) == (True, "image/png", b"PNG", True)


def test_signed_mails_show_what_was_signed() -> None:
    inner = b'Content-Type: multipart/mixed; boundary="s"\r\n\r\n--s\r\n\r\nsigned words\r\n--s\r\n'
    inner += b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--s--\r\n"
    message = mail(None)
    message.set_content(signed(inner), maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    assert [(leaf.body, leaf.content) for leaf in leaves(message)] == [(True, b"signed words"), (False, b"%PDF")]


def test_what_is_encrypted_is_refused() -> None:
    lines = ('Content-Type: multipart/encrypted; boundary="e"', "", "--e", "Content-Type: application/pgp-encrypted")
    rest = (
        "",
        "Version: 1",
        "--e",
        "Content-Type: application/octet-stream",
        "",
        "-----BEGIN PGP MESSAGE-----",
        "--e--",
    )
    assert [leaf.refused for leaf in leaves(raw(*lines, *rest))] == ["F005"]
    text = "Hello\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n"
    assert [(leaf.body, leaf.refused) for leaf in leaves(mail(text))] == [(True, None), (False, "F005")]


def test_a_piece_of_a_larger_mail() -> None:
    headers = ("Content-Type: message/partial; id=x; number=2; total=3", "", "AAAA")
    source = opened(raw(*headers))
    assert source.notes == ("partial-message",)
    assert [leaf.refused for leaf in source.leaves()] == ["F006"]


def test_who_sent_it() -> None:
    assert opened(mail()).sender == "office@example.org"
    assert opened(b"From: nobody\r\n\r\nx").sender is None

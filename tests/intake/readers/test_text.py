"""Texts in every usual encoding, a page for each form feed, and of HTML what a reader would see."""

from __future__ import annotations

import pytest

from intake.raw import ReadOptions, Unreadable
from intake.readers.text import load


def pages(content: bytes, media_type: str = "text/plain") -> list[str | None]:
    source = load(content, ReadOptions(media_type=media_type))
    return [source.page(number).plain for number in range(1, source.page_count + 1)]


def test_text_is_kept_as_it_is() -> None:
    assert pages(b"Dear plan,\n\n  please approve.\n") == ["Dear plan,\n\n  please approve.\n"]


def test_a_page_for_each_form_feed() -> None:
    assert pages(b"one\x0ctwo\x0c") == ["one", "two"]


@pytest.mark.parametrize(
    "content",
    [
        "Größe 陳".encode(),
        "Größe 陳".encode("utf-16"),
        b"\xef\xbb\xbf" + "Größe 陳".encode(),
        "Größe 陳".encode("utf-16-be")[0:0] + b"\xfe\xff" + "Größe 陳".encode("utf-16-be"),
    ],
)
def test_encodings(content: bytes) -> None:
    assert pages(content) == ["Größe 陳"]


def test_old_windows_text() -> None:
    assert pages("Größe – 5’".encode("cp1252")) == ["Größe – 5’"]


def test_html_shows_what_a_reader_sees() -> None:
    html = b"""<!doctype html><html><head><title>T</title><style>p{color:red}</style></head><body>
    <script>alert(1)</script><h1>Request</h1><p>Jane&nbsp;Sample &amp; Co.<br>Second   line</p>
    <table><tr><td>Member</td><td>A1</td></tr></table><img src="http://example.org/x.png" alt="logo"></body></html>"""
    assert pages(html, "text/html") == ["Request\n\nJane Sample & Co.\nSecond line\n\nMember\tA1"]


@pytest.mark.parametrize(
    "style", ["display:none", "mso-hide: all", "font-size:0px; color:#fff", "max-height:0", "opacity: 0"]
)
def test_hidden_first_words_are_left_out(style: str) -> None:
    html = f'<body><div style="{style}"><div>overview</div> words<br></div><p style="font-size:10px">Request</p></body>'
    assert pages(html.encode(), "text/html") == ["Request"]


def test_html_that_shows_nothing() -> None:
    with pytest.raises(Unreadable, match="F017"):
        load(b"<html><body><img src='x'></body></html>", ReadOptions(media_type="text/html"))


def test_html_in_its_own_charset() -> None:
    html = '<html><head><meta charset="big5"></head><body>陳大文</body></html>'.encode("big5")
    assert pages(html, "text/html") == ["陳大文"]


def test_limits() -> None:
    with pytest.raises(Unreadable, match="F008"):
        load(b"x\x0c" * 20, ReadOptions(pages=10))
    with pytest.raises(Unreadable, match="F010"):
        load(b"x" * 2_000_001, ReadOptions())

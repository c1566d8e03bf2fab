"""Text in the encodings that arrive, stated rightly, wrongly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.charset import decode, guess

TEXTS = (
    ("big5hkscs", "病人姓名：陳大文，出生日期一九五〇年三月"),
    ("big5hkscs", "姓名 陳大文"),
    ("gb18030", "病人姓名：陈大文，出生日期一九五零年三月"),
    ("gb18030", "请批准磁共振扫描 MRI 谢谢"),
    ("cp932", "患者名：山田太郎、生年月日は昭和二十五年です。"),
    ("cp1252", "Größe der Patientin: Müller, naïve, café"),
    ("cp1252", "Año señor ¿Qué? – “quoted” text ’s"),
    ("cp1252", "5 µg/mL ± 3° §"),
    ("cp1252", "ÄÖÜ äöüß ÉÈÊ"),
    ("cp1252", "Ménière’s disease – “Sjögren’s” 37.5°C"),
)


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_encodings_by_their_look(encoding: str, text: str) -> None:
    assert guess(text.encode(encoding)) == encoding
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "stated", "expected"),
    [
        ("Größe".encode(), "iso-8859-1", "Größe"),
        ("Größe".encode("cp1252"), "us-ascii", "Größe"),
        ("Größe".encode("cp1252"), "no-such", "Größe"),
        ("Größe".encode("cp1252"), "utf-8", "Größe"),
        ("“x”".encode("cp1252"), "iso-8859-1", "“x”"),
        ("陳大文".encode("big5"), "big5", "陳大文"),
        ("日本語".encode("iso2022_jp"), "iso-2022-jp", "日本語"),
        ("日本語".encode("iso2022_jp"), None, "日本語"),
        ("é".encode("utf-7"), "utf-7", "é"),
        ("Größe".encode("utf-16-le"), None, "Größe"),
        ("Größe".encode("utf-16-be"), "utf-8", "Größe"),
        (b"\xd0\xd2\xc9", "koi8-r", "при"),
        (b"plain", "base64", "plain"),
    ],
)
def test_what_is_stated_and_what_is_there(content: bytes, stated: str | None, expected: str) -> None:
    assert decode(content, stated) == expected


@given(
    st.binary(max_size=60),
    st.sampled_from([None, "utf-8", "gb2312", "hz", "utf-16", "idna", "punycode", "rot13", "\x00"]),
)
def test_every_text_is_read_somehow(content: bytes, stated: str | None) -> None:
    assert isinstance(decode(content, stated), str)

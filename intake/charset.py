"""Text from bytes whose encoding is stated, misstated, or not stated at all."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What programs call by a name is as a rule its larger successor: the bytes that the old one lacks are then letters,
# not errors (WHATWG Encoding Standard, "names and labels").
_LARGER = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
# Codecs of Python that are no encodings of text, or that cost time out of proportion.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_SAMPLE = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]+")
# Lead and trail of the characters that make up nearly all of a text: Big5 level 1, GB 2312 level 1 and its signs, the
# kana and kanji of level 1 of Shift JIS.
_COMMON: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("big5hkscs", re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e\xa1-\xfe]")),
    ("gb18030", re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]")),
    ("cp932", re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]|\x81[\x40-\x9e]|[\x88-\x97][\x40-\x7e\x80-\xfc]")),
)
# The rarest share of common characters in a running text: half, against a quarter or so by chance.
_ENOUGH = 0.7
_PAIRED = 0.9


def decode(content: bytes, stated: str | None = None) -> str:
    """The text of some bytes: by byte order mark, by the encoding `stated` where they fit it, else by their look."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if (wide := _wide(content)) is not None:
        return content.decode(wide, "replace")
    for candidate in ("utf-8", _python_name(stated), guess(content)):
        text = _strictly(content, candidate) if candidate else None
        if text is not None and not (candidate == "utf-8" and _is_seven_bit_japanese(content, stated)):
            return text
    named = _python_name(stated)
    return content.decode(named if named in ("gb18030", "big5hkscs", "cp932", "cp949") else "cp1252", "replace")


def guess(content: bytes) -> str:
    """The encoding of bytes that are not UTF-8: Windows-1252, or one of the double-byte ones of East Asia."""
    if b"\x1b$" in content or b"\x1b(J" in content:
        return "iso2022_jp_2"
    sample = content[:_SAMPLE]
    best, most = "cp1252", 0.0
    for encoding, common in _COMMON:
        share = _share(sample, common)
        if share > most and share >= _ENOUGH and _fits(sample, encoding):
            best, most = encoding, share
    return best


def is_wide(content: bytes) -> bool:
    """Whether bytes are UTF-16, by its mark or by its look."""
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(content) is not None


def _share(sample: bytes, common: re.Pattern[bytes]) -> float:
    """The share of the bytes above ASCII that belong to common characters of an encoding.

    Letters of Western texts stand alone among ASCII letters, or a few together; those of East Asia stand in pairs.
    """
    high = sum(len(run) for run in _HIGH.findall(sample))
    if high < 4:
        return 0.0
    runs = [run for run in _HIGH.findall(sample) if len(run) > 1]
    if sum(map(len, runs)) < _ENOUGH * high * 0.5:
        return 0.0
    covered = sum(sum(byte > 0x7F for byte in char) for char in common.findall(sample))
    return covered / high


def _fits(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero, and hardly any of the others."""
    sample = content[:4096]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    zeros = (even.count(0) / len(even), odd.count(0) / len(odd))
    if max(zeros) < _PAIRED * 0.5 or min(zeros) > 0.02:
        return None
    wide = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(wide, "replace")
    return wide if sum(char.isprintable() or char.isspace() for char in text) >= _PAIRED * len(text) else None


def _python_name(stated: str | None) -> str | None:
    name = (stated or "").strip().strip("'\"").lower()
    try:
        found = codecs.lookup(_LARGER.get(name, name)) if name and name.isascii() and len(name) < 40 else None
    except (LookupError, ValueError):
        return None
    return found.name if found is not None and found.name not in _REFUSED and _is_text(found) else None


def _is_text(codec: codecs.CodecInfo) -> bool:
    return bool(getattr(codec, "_is_text_encoding", True))


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _is_seven_bit_japanese(content: bytes, stated: str | None) -> bool:
    """Bytes of ISO-2022-JP, UTF-7 or HZ are ASCII, too, and mean something else."""
    named = (_python_name(stated) or "").lower()
    return b"\x1b$" in content or named.startswith(("iso2022", "utf-7", "hz")) or named in ("utf-16", "utf-32")

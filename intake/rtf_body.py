"""The text of a mail's RTF body: words, line ends and, where Outlook has wrapped HTML into it, that HTML.

Only what mails need; RTF files of their own go to the converter of office documents.

Source:
    Rich Text Format 1.9.1; MS-OXRTFEX (HTML within RTF).
"""

from __future__ import annotations

import re

from intake.charset import decode

_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_UNSEEN = frozenset(
    b"fonttbl colortbl stylesheet info pict objdata themedata datastore listtable listoverridetable revtbl rsidtbl "
    b"generator xmlnstbl latentstyles fldinst bkmkstart bkmkend pntext header footer object".split()
)
_SAID = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
}
_DEPTH = 2000


def text_of_rtf(rtf: bytes) -> tuple[str, bool]:
    """The text of RTF, and whether it is HTML (then the HTML that was wrapped)."""
    is_html = b"\\fromhtml" in rtf[:2048]
    page = re.search(rb"\\ansicpg(\d{3,5})", rtf[:2048])
    reader = _Reader(f"cp{page[1].decode()}" if page else "cp1252", is_html)
    for match in _TOKEN.finditer(rtf):
        reader.take(match)
    reader.flush()
    return "".join(reader.parts), is_html


class _Reader:
    def __init__(self, codepage: str, is_html: bool) -> None:
        self.parts: list[str] = []
        self._codepage = codepage
        self._is_html = is_html
        # Of each open group: is it unseen, is its plain text left out (\htmlrtf), characters that stand for a Unicode.
        self._groups: list[tuple[bool, bool, int]] = []
        self._state = (False, False, 1)
        self._bytes = bytearray()
        self._skip = 0

    def take(self, match: re.Match[bytes]) -> None:
        word, number, code, symbol, brace, text = match.groups()
        if brace == b"{":
            self._groups.append(self._state)
            if len(self._groups) > _DEPTH:
                raise ValueError(len(self._groups))
            return
        if brace == b"}":
            self._state = self._groups.pop() if self._groups else self._state
            self._skip = 0
        elif word is not None:
            self._word(word, number)
        elif code is not None:
            self._letter(bytes([int(code, 16)]))
        elif symbol is not None:
            self._symbol(symbol)
        elif text is not None:
            self._plain(text)

    def flush(self) -> None:
        if self._bytes:
            self.parts.append(decode(bytes(self._bytes), self._codepage))
            self._bytes.clear()

    def _word(self, word: bytes, number: bytes | None) -> None:
        unseen, left_out, fallback = self._state
        if word in _UNSEEN and not (self._is_html and word == b"pntext"):
            self._state = (True, left_out, fallback)
        elif word == b"htmltag":
            self._state = (False, False, fallback)
        elif word == b"htmlrtf":
            self._state = (unseen, number != b"0", fallback)
        elif word == b"uc":
            self._state = (unseen, left_out, min(int(number or 1), 8))
        elif word == b"u" and number is not None:
            self._say(_character(int(number)))
            self._skip = fallback
        elif word in _SAID:
            self._say(_SAID[word])
        elif word == b"bin":
            self._skip = 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            # An addition that old readers pass over; only HTML's tags among them say something here.
            self._state = (True, *self._state[1:])
        elif symbol == b"~":
            self._say(" ")
        elif symbol in (b"\\", b"{", b"}", b"_"):
            self._say("-" if symbol == b"_" else symbol.decode())
        elif symbol in (b"\r", b"\n"):
            self._say("\n")

    def _letter(self, letter: bytes) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._state[0] and not self._state[1]:
            self._bytes += letter

    def _plain(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        if not self._state[0] and not self._state[1]:
            self._bytes += text[skipped:]

    def _say(self, text: str) -> None:
        if not self._state[0] and not self._state[1]:
            self.flush()
            self.parts.append(text)


def _character(number: int) -> str:
    code = number & 0xFFFF
    return "" if 0xD800 <= code < 0xE000 else chr(code)

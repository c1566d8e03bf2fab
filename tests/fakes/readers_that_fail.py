"""Readers that each fail in one way, to be loaded by the sandbox's child in place of the real ones."""

from __future__ import annotations

import json
import os
import struct
import time

from intake.raw import RawPage, ReadOptions, Unreadable


class _Pages:
    notes: tuple[str, ...] = ()

    def __init__(self, content: bytes, careful: int) -> None:
        self.words = content.decode().split()
        self.careful = careful
        self.page_count = int(self.words[1])

    def page(self, number: int) -> RawPage:
        at = [int(word) for word in self.words[2:]]
        if number in at and (number != self.careful or at.count(number) > 1):
            FAILURES[self.words[0]]()
        return RawPage(width=612, height=792, plain=f"page {number}")


def load(content: bytes, options: ReadOptions) -> _Pages:
    """The content says how: "KIND PAGES PAGE-TO-FAIL-AT ...", where page 0 means at once.

    A page to fail at that is named twice fails even when it is read carefully.
    """
    pages = _Pages(content, options.careful)
    if "0" in pages.words[2:]:
        FAILURES[pages.words[0]]()
    return pages


def _abort() -> None:
    os.abort()


def _hog() -> None:
    hoard = [bytearray(b"x" * (64 << 20)) for _ in range(100)]
    raise AssertionError(len(hoard))


def _hog_and_die() -> None:
    hoard = []
    try:
        while True:
            hoard.append(bytearray(b"x" * (16 << 20)))
    except MemoryError:
        os.abort()


def _last_words() -> None:
    os.write(2, b"warning: odd\n" * 20_000)
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n")
    os.abort()


def _hang() -> None:
    time.sleep(3600)


def _raise() -> None:
    raise ValueError("Jane Sample, born 1980")


def _refuse() -> None:
    raise Unreadable("F009")


def _leave() -> None:
    os._exit(0)


def _send(frame: bytes) -> None:
    os.write(1, frame)
    time.sleep(0.2)


def _framed(header: object) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text


def _garbage() -> None:
    _send(b"\xff" * 4096)


def _not_json() -> None:
    _send(struct.pack(">I", 5) + b"{{{{{")


def _wrong_number() -> None:
    _send(_framed({"is": "page", "number": 77, "width": 1, "height": 1, "plain": "x"}))


def _silent_end() -> None:
    os.closerange(1, 64)
    time.sleep(3600)


FAILURES = {
    "abort": _abort,
    "hog": _hog,
    "hog-and-die": _hog_and_die,
    "last-words": _last_words,
    "hang": _hang,
    "raise": _raise,
    "refuse": _refuse,
    "leave": _leave,
    "garbage": _garbage,
    "not-json": _not_json,
    "wrong-number": _wrong_number,
    "silent-end": _silent_end,
}

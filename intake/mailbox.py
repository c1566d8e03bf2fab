"""Mailboxes (mbox): where each mail begins and ends, and its bytes as they were sent.

A mail begins at a line "From ", as a rule after an empty one. Programs that do not quote such a line of a letter ("From
our point of view ...") are found out by its form and by what follows: a separator bears a date, and headers follow it.

Source:
    RFC 4155 (application/mbox), and the conventions mboxo and mboxrd of quoting lines with ">".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

# "From address Mon Jun 01 10:00:00 2009", with or without zone (RFC 4155, appendix A; asctime).
_DATED = re.compile(rb"From .*\b(?:\d{1,2}:\d{2}(?::\d{2})?\b.*\b\d{4}|\d{4}\b.*\b\d{1,2}:\d{2}(?::\d{2})?)\b")
# What some programs write instead: an address alone, "-" (Mozilla), "???@???" (Eudora).
_BARE = re.compile(rb"From (?:\S+@\S+|-|\?\?\?@\?\?\?|MAILER-DAEMON)(?:\s|\Z)")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
# A longer line is no separator; it is passed over in pieces, so that no line fills the memory.
_LINE_BYTES = 1 << 16


class _Lines(Protocol):
    def readline(self, size: int = ..., /) -> bytes: ...


def split_mailbox(content: bytes) -> Iterator[tuple[int, int]]:
    """The (start, end) of each mail within a mailbox, without its separator line; see `message_bytes`."""
    for offset, length in split_mailbox_file(_Held(content)):
        yield offset, offset + length


def split_mailbox_file(stream: _Lines) -> Iterator[tuple[int, int]]:
    """The (offset, length) of each mail in a mailbox open for reading in binary; one line at a time is held.

    `stream` is read from where it stands; offsets count from there. What stands before the first separator is yielded
    as a mail, too, so that nothing of the file is left out but separators and the empty lines before them.
    """
    start = end = 0
    blank_at: int | None = 0
    for at, line, following in _with_next(stream):
        if _separates(line, following, after_blank=blank_at is not None):
            closed = at if blank_at is None else blank_at
            if closed > start:
                yield start, closed - start
            start = at + len(line)
        blank_at = at if line in (b"\n", b"\r\n") else None
        end = at + len(line)
    if end > start:
        yield start, end - start


def message_bytes(mail: bytes) -> bytes:
    """A mail as it was before it was put into the mailbox: lines ">From " lose the sign that quoted them (mboxrd)."""
    return _QUOTED.sub(rb"\1", mail)


def _with_next(stream: _Lines) -> Iterator[tuple[int, bytes, bytes]]:
    """Each line (or piece of an overlong one) with its offset and the line after it."""
    at, line = 0, stream.readline(_LINE_BYTES)
    while line:
        following = stream.readline(_LINE_BYTES)
        yield at, line, following
        at, line = at + len(line), following


def _separates(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    if not line.startswith(b"From "):
        return False
    headers = _HEADER.match(following) is not None
    if _DATED.match(line):
        return after_blank or headers
    return after_blank and headers and _BARE.match(line) is not None


class _Held:
    """The lines of bytes that are held anyway, without a copy of them all."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def readline(self, size: int = -1, /) -> bytes:
        found = self._content.find(b"\n", self._at, self._at + size)
        stop = min(len(self._content), self._at + size) if found < 0 else found + 1
        line = self._content[self._at : stop]
        self._at = stop
        return line

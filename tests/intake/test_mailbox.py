"""Where the mails of a mailbox begin and end, whoever wrote it."""

from __future__ import annotations

import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mailbox import message_bytes, split_mailbox, split_mailbox_file

LINE = b"From office@example.org Sun Nov 22 10:00:00 2026\n"
MAIL = b"Subject: a\nFrom: a@example.org\n\nwords\n"


def mails(box: bytes) -> list[bytes]:
    spans = list(split_mailbox(box))
    assert [(start, end - start) for start, end in spans] == list(split_mailbox_file(io.BytesIO(box)))
    return [box[start:end] for start, end in spans]


def test_mails_and_the_empty_line_between_them() -> None:
    assert mails(LINE + MAIL + b"\n" + LINE + MAIL + b"\n" + LINE + MAIL) == [MAIL, MAIL, MAIL]


def test_line_ends_of_windows() -> None:
    box = (LINE + MAIL + b"\n" + LINE + MAIL).replace(b"\n", b"\r\n")
    assert mails(box) == [MAIL.replace(b"\n", b"\r\n")] * 2


def test_missing_empty_lines() -> None:
    assert mails(LINE + MAIL + LINE + MAIL) == [MAIL, MAIL]


@pytest.mark.parametrize(
    "line",
    [
        b"From our point of view it is urgent\n",
        b"From Monday 10:00 we are open\n",
        b"From: someone\n",
        b">From quoted\n",
    ],
)
def test_lines_of_letters_are_no_separators(line: bytes) -> None:
    mail = MAIL + b"\n" + line + b"and so on\n"
    assert mails(LINE + mail + b"\n" + LINE + MAIL) == [mail, MAIL]


def test_mails_without_headers_and_what_stands_first() -> None:
    assert mails(LINE + b"\nonly text\n\n" + LINE + MAIL) == [b"\nonly text\n", MAIL]
    assert mails(b"junk\n\n" + LINE + MAIL) == [b"junk\n", MAIL]
    assert mails(b"") == []


@pytest.mark.parametrize("line", [b"From - Sun Nov 22 10:00:00 2026\n", b"From a@example.org\n", b"From ???@??? Sun\n"])
def test_separators_of_other_programs(line: bytes) -> None:
    assert mails(line + MAIL + b"\n" + line + MAIL) == [MAIL, MAIL]


def test_quoting_is_undone() -> None:
    assert message_bytes(b"a\n>From b\n>>From c\n> From d\n") == b"a\nFrom b\n>From c\n> From d\n"


def test_a_line_that_fills_the_memory_is_passed_over_in_pieces() -> None:
    assert len(mails(LINE + MAIL + b"x" * 300_000 + b"\n\n" + LINE + MAIL)) == 2


@given(st.binary(max_size=300))
def test_nothing_is_lost_or_doubled(junk: bytes) -> None:
    spans = list(split_mailbox(LINE + junk))
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))

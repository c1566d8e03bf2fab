"""What a reader notes about a whole file becomes problems with sentences."""

from __future__ import annotations

from sandbox.notes import FILES_INSIDE, problems_of


def test_notes_become_problems_once_and_in_order() -> None:
    told = problems_of(("xfa", "F015", FILES_INSIDE, "F015", "F007", "nonsense"))
    assert [(one.code, one.severity) for one in told] == [
        ("form-not-drawn", "error"),
        ("F015", "info"),
        ("F007", "error"),
    ]
    assert all(one.message.endswith(".") for one in told)


def test_nothing_noted() -> None:
    assert problems_of(()) == ()

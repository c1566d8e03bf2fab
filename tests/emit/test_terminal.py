from __future__ import annotations

import io

from rich.console import Console, RenderableType

from docs.example_request import at, example, said
from emit.terminal import detail, overview


def printed(what: RenderableType, *, width: int = 140) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(what)
    return stream.getvalue()


def test_the_table_says_member_service_urgency_status_and_what_is_missing() -> None:
    text = printed(overview((example(), example())))
    for words in (
        "Marigold Q. Testerly",
        "XQ774501",
        "Adalimumab 40 mg/0.4 mL",
        "Urgent",
        "Needs review",
        "Office note",
    ):
        assert text.count(words) == 2


def test_one_request_shows_value_confidence_page_and_quote() -> None:
    text = printed(detail(example()))
    line = next(line for line in text.splitlines() if line.startswith("Birth date"))
    assert [part.strip() for part in line.split("  ") if part.strip()] == [
        "Birth date", "3 Dec 1961", "sure", "d1 p1", "\u201c12/03/1961\u201d",
    ]  # fmt: skip
    wide = printed(detail(example()), width=300)
    for words in ("does not pass the check of an NPI", "also read as XQ7745O1", "Please send a signed office note"):
        assert words in wide


def test_nothing_on_paper_steers_the_terminal() -> None:
    nasty = "\x1b]0;owned\x07\x1b[2J\u202e[red]x[/red]"
    request = example()
    provider = request.requesting_provider.model_copy(update={"contact_name": said(nasty, at(nasty, 1))})
    text = printed(detail(request.model_copy(update={"requesting_provider": provider})))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]x[/red]" in text


def test_a_narrow_terminal_loses_no_word() -> None:
    text = "".join(printed(overview((example(),)), width=60).split())
    assert "Marigold" in text
    assert max(len(line) for line in printed(detail(example()), width=60).splitlines()) <= 60

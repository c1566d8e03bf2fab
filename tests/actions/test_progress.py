from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TextColumn

from actions.process import Outcome
from actions.progress import Bar, Lines
from actions.submissions import Place, Source
from models.request import Rejection
from models.result import Assembly

SOURCE = Source("in/[b]x.pdf", (("[b]x.pdf", Place(Path("in/[b]x.pdf"))),))
REJECTED = Rejection(submission=SOURCE.name, file="[b]x.pdf", sha256="", code="F001", message="The file is empty.")


def test_a_line_a_submission_with_its_number_where_there_is_no_terminal() -> None:
    said = io.StringIO()
    lines = Lines(Console(file=said, width=20))
    lines.begin(submissions=3, done=1)
    lines.page()
    lines.end(SOURCE, Outcome(Assembly((), ()), (REJECTED,), 0))
    assert said.getvalue().splitlines() == [
        "1 of 3 submissions are done already.",
        "[2/3] in/[b]x.pdf: 0 pages, 0 requests",
        "  [b]x.pdf: F001. The file is empty.",
    ]


def test_a_bar_counts_submissions_and_pages() -> None:
    said = io.StringIO()
    console = Console(file=said, force_terminal=True, width=100)
    with Progress(TextColumn("{task.completed}/{task.total} {task.fields[pages]} pages"), console=console) as bars:
        bar = Bar(bars)
        bar.begin(submissions=3, done=1)
        bar.page()
        bar.page()
        bar.end(SOURCE, Outcome(Assembly((), ()), (), 2))
        (task,) = bars.tasks
        assert (task.completed, task.total, task.fields["pages"]) == (2, 3, 2)
    assert "in/[b]x.pdf: 2 pages, 0 requests" in said.getvalue()

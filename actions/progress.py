"""How a long run goes on, on stderr: a bar on a terminal, a line a submission elsewhere. File names, never content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from actions.process import Outcome, Watcher
from actions.submissions import Source


@contextmanager
def watcher() -> Iterator[Watcher]:
    """Whoever shows the progress here."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("submissions, {task.fields[pages]} pages"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        yield Bar(bars)


@contextmanager
def counter(what: str) -> Iterator[Callable[[int], None]]:
    """Shows how many rows of a file are done: one line on a terminal, none elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} rows"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda rows: shown.update(task, completed=rows)


class Lines:
    """One line a submission as it ends, with its number among all."""

    def __init__(self, console: Console) -> None:
        """Nothing is done yet."""
        self._console = console
        self._all = self._done = 0

    def begin(self, submissions: int, done: int) -> None:
        """Say what an earlier run has done already."""
        self._all, self._done = submissions, done
        if done:
            _print(self._console, f"{done} of {submissions} submissions are done already.")

    def page(self) -> None:
        """Pages are told with their submission."""

    def end(self, source: Source, outcome: Outcome) -> None:
        """Say what became of it."""
        self._done += 1
        number = f"[{self._done}/{self._all}] " if self._all > 1 else ""
        for line in told(source, outcome, number):
            _print(self._console, line)


class Bar:
    """A bar of submissions with the pages read so far; the lines of the submissions scroll by above it."""

    def __init__(self, bars: Progress) -> None:
        """Take the running display."""
        self._bars = bars
        self._pages = 0
        self._task: TaskID | None = None

    def begin(self, submissions: int, done: int) -> None:
        """Draw the bar."""
        self._task = self._bars.add_task("Reading", total=submissions, completed=done, pages=0)

    def page(self) -> None:
        """Count a page."""
        self._pages += 1
        if self._task is not None:
            self._bars.update(self._task, pages=self._pages)

    def end(self, source: Source, outcome: Outcome) -> None:
        """Move the bar on."""
        for line in told(source, outcome):
            _print(self._bars.console, line)
        if self._task is not None:
            self._bars.advance(self._task)


def _print(console: Console, line: str) -> None:
    """A line as it is: not broken, and nothing in it taken for a command of the display."""
    console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def told(source: Source, outcome: Outcome, number: str = "") -> Iterator[str]:
    """What became of a submission, in lines."""
    parts = [f"{outcome.pages} pages", f"{len(outcome.assembly.requests)} requests"]
    parts += [f"{len(outcome.assembly.held)} pages held"] if outcome.assembly.held else []
    yield f"{number}{source.name}: {', '.join(parts)}"
    for rejection in outcome.rejected:
        yield f"  {rejection.file}: {rejection.code}. {rejection.message}"

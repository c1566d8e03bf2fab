"""A child that somebody outside kills: the file is read all the same, as long as it does not happen again and again."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.parsed import ParsedFile, ParsedPage
from sandbox.limits import Limits
from sandbox.opening import Opening, open_with
from sandbox.process import Child
from tests.sandbox.openers import opened, received


def lines_of(*processes: int) -> Iterator[int]:
    """Processes with everything below them, parents first."""
    for process in processes:
        yield process
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            yield from lines_of(*map(int, task.read_text().split()))


def children() -> list[int]:
    """All processes below this one, parents first."""
    return list(lines_of(os.getpid()))[1:]


def kill_child(whom: str, *, but: Sequence[int]) -> bool:
    """Kill what a child was started as, or the process in it that reads; whether there was one."""
    below = [child for child in children() if child not in but]
    if below:
        os.kill(below[0 if whom == "the wall" else -1], signal.SIGKILL)
        time.sleep(0.1)
    return bool(below)


def papers(count: int) -> bytes:
    """A PDF of so many pages, each larger as pixels than what a pipe holds."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    for number in range(count):
        canvas.drawString(72, 700, f"Page {number + 1} of {count}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pages(content: bytes, whom: str = "", kills: int = 0) -> list[ParsedPage]:
    others, killed = children(), 0
    files = open_with(received(content, "fax.pdf"), Opening(Limits()))
    file = next(files)
    assert isinstance(file, ParsedFile)
    found = []
    for page in file.pages:
        found.append(page)
        if killed < kills:
            killed += kill_child(whom, but=others)
    assert next(files, None) is None
    assert killed >= min(kills, 2)
    return found


@pytest.mark.parametrize("whom", ["the wall", "the reader"])
def test_a_page_is_read_again_whose_child_was_killed(whom: str) -> None:
    content = papers(6)
    killed, whole = pages(content, whom, kills=2), pages(content)
    assert [page.number for page in killed] == [1, 2, 3, 4, 5, 6]
    assert not any(page.damaged or page.problems for page in killed)
    for one, other in zip(killed, whole, strict=True):
        assert one.raster is not None
        assert other.raster is not None
        assert (one.raster.pixels == other.raster.pixels).all()


def test_what_is_killed_again_and_again_is_given_up() -> None:
    assert any(page.damaged for page in pages(papers(10), "the reader", kills=9))


def test_a_container_is_emptied_again_whose_child_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    out, kills, hear = io.BytesIO(), [1], Child.hear
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, f"Member ID: {name}")

    def killing(child: Child, within_s: float) -> dict[str, object]:
        if kills and kills.pop():
            os.killpg(child._process.pid, signal.SIGKILL)
        return hear(child, within_s)

    monkeypatch.setattr(Child, "hear", killing)
    _, *files = (file for file, _ in opened(out.getvalue(), "two.zip"))
    assert [file.filename for file in files] == ["a.txt", "b.txt"]
    assert all(isinstance(file, ParsedFile) for file in files)

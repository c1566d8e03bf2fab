"""No change makes the reading of a fixed set of packets worse; see benchmarks/gate.py."""

from __future__ import annotations

import json
from pathlib import Path

from actions.process import Outcome
from actions.submissions import Source
from benchmarks.gate import TOLERANCE, WRITTEN, measured


class Silent:
    def begin(self, submissions: int, done: int) -> None: ...

    def page(self) -> None: ...

    def end(self, source: Source, outcome: Outcome) -> None: ...


def test_no_figure_is_worse_than_the_one_written_down(tmp_path: Path) -> None:
    written = json.loads(WRITTEN.read_text(encoding="utf-8"))
    now = measured(tmp_path, Silent())
    worse = {name: (now.get(name, 0.0), figure) for name, figure in written.items() if now[name] < figure - TOLERANCE}
    assert not worse, "now, and as written down; python -m benchmarks.gate --write if it is meant"
    assert now.keys() == written.keys()

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.evaluate import Evaluation, evaluate
from actions.means import lend
from actions.process import Outcome
from actions.quality_report import table
from actions.show import console
from actions.submissions import Source
from intake.engines import DEBIAN_TESSDATA
from models.problem import UsageError
from models.truth_json import dump
from tests.actions.samples import WRONG, form_with_truth

NOW = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)


class Quiet:
    def __init__(self) -> None:
        self.ended = 0

    def begin(self, submissions: int, done: int) -> None:
        pass

    def page(self) -> None:
        pass

    def end(self, source: Source, outcome: Outcome) -> None:
        del source, outcome
        self.ended += 1


def run(folder: Path, out: Path, watcher: Quiet) -> Evaluation:
    return evaluate(folder, out, lend(DEBIAN_TESSDATA, 1, limits={}), now=NOW, watcher=watcher)


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Evaluation]:
    folder = tmp_path_factory.mktemp("samples")
    packet = form_with_truth(folder)
    absent = replace(packet, name="gone.pdf", design="gone")
    with (folder / "truth.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(dump(absent)) + "\n")
    watcher = Quiet()
    evaluation = run(folder, folder / "out", watcher)
    assert watcher.ended == 1
    return folder / "out", evaluation


def test_what_is_read_is_scored(evaluated: tuple[Path, Evaluation]) -> None:
    form, gone = evaluated[1].scores
    verdicts = {one.path: one.verdict for one in form.fields}
    assert verdicts["/patient/birth_date"] == "wrong"
    assert verdicts["/coverage/member_id"] == "right"
    assert {one.verdict for one in gone.fields} == {"missed"}
    assert (form.pages, form.requests, gone.requests) == (1, 1, 0)


def test_the_figures_are_written(evaluated: tuple[Path, Evaluation]) -> None:
    out, evaluation = evaluated
    told: Any = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert told == evaluation.figures
    assert told["designs"]["fillable"]["word_recall"] > 0.95
    assert set(told["speed"]["cpu_s_per_page"]) == {"read", "understand", "rest"}
    assert told["speed"]["cpu_s_per_page"]["understand"] > 0
    assert (out / "requests/requests.jsonl").exists()


def test_the_report_needs_nothing_else_and_shows_the_error(evaluated: tuple[Path, Evaluation]) -> None:
    page = (evaluated[0] / "report.html").read_text(encoding="utf-8")
    assert WRONG in page
    assert page.count("data:image/png;base64,") >= 1
    assert "http://www.w3.org/2000/svg" in page
    assert not {"src=http", "href=", "<script"} & {part for part in ("src=http", "href=", "<script") if part in page}


def test_the_table_names_the_worst_design(evaluated: tuple[Path, Evaluation]) -> None:
    terminal = console()
    with terminal.capture() as capture:
        terminal.print(table(evaluated[1].figures))
    assert "gone" in capture.get()


@pytest.mark.parametrize("text", [None, "{}\n", "no json\n", ""])
def test_a_folder_without_samples_is_refused(tmp_path: Path, text: str | None) -> None:
    (tmp_path / "received").mkdir()
    if text is not None:
        (tmp_path / "truth.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"truth\.jsonl"):
        run(tmp_path, tmp_path / "out", Quiet())

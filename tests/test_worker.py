"""The worker as it is run: it reads, ends when it is told to, and gives back what it cannot finish."""

from __future__ import annotations

import signal
import sqlite3
from pathlib import Path

import pytest

import worker
from actions.house import open_house
from models.arrival import Arrival
from models.principal import SYSTEM
from tests.actions import papers
from tests.actions.installations import installation
from tests.services.system import installed, until

PAGES = papers.fax(papers.pdf(*[papers.form(f"Jane Sample {number}") for number in range(12)]))


def state(data: Path) -> tuple[str, int, int]:
    with sqlite3.connect(data / "dossier.sqlite3") as database:
        row = database.execute("SELECT state, attempts, deaths FROM work WHERE stage = 'read'").fetchone()
    database.close()
    return tuple(row)


def test_what_cannot_be_finished_in_time_is_given_back(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        stored = house.inbox.store(SYSTEM, "fax.tif", [PAGES])
        house.inbox.accept(Arrival("folder", "fax.tif", (stored,)), SYSTEM)
    with installed(tmp_path, {"DOSSIER_WORK__GRACE_S": "0.5"}) as system:
        system.start("worker")
        until(lambda: state(tmp_path)[0] == "leased", system)
        assert system.end(signal.SIGTERM) == [0]
    assert state(tmp_path) == ("ready", 0, 0)
    assert '"level": "error"' not in system.log


def test_a_setting_that_cannot_be_ends_with_two_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker, "begin_log", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setenv("DOSSIER_PAYER", "nobody")
    assert worker.main() == 2
    assert capsys.readouterr().err.startswith("dossier worker: There is no payer 'nobody'")

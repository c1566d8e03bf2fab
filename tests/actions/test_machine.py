"""What a machine lacks is told before any file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

import actions.machine
from actions.machine import check_machine
from actions.means import Means
from intake.ocr import EngineMissing
from models.problem import NotReady
from sandbox import Limits


def test_without_an_engine_the_operator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(tessdata: Path) -> None:
        raise EngineMissing(f"no data in {tessdata}")

    monkeypatch.setattr(actions.machine, "open_eyes", missing)
    with pytest.raises(NotReady, match="doctor"):
        check_machine(Means(limits=Limits(), tessdata=Path("/nowhere"), jobs=1))

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from actions.assemble_service import open_service
from tests.actions.installations import installation

ROOT = Path(__file__).resolve().parents[2]


def test_the_service_is_ready_and_knows_the_payers(tmp_path: Path) -> None:
    with open_service(installation(tmp_path)) as service:
        assert service.ready() == (True, "ready")
        assert service.payers
        assert "us-ca-knox-keene" in service.payers


def test_what_killed_processes_left_is_removed_a_day_later(tmp_path: Path) -> None:
    folder = tmp_path / "blobs/incoming"
    folder.mkdir(parents=True)
    for name, age in (("old.part", 90_000), ("new.part", 80_000)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)
    with open_service(installation(tmp_path)):
        assert [path.name for path in folder.iterdir()] == ["new.part"]


def test_the_api_loads_nothing_that_reads_documents() -> None:
    code = "import sys, actions.assemble_service; print(sorted({'spacy', 'pipeline', 'tesserocr'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"

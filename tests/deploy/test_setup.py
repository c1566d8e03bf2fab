"""The set-up of `make`: what it refuses, in one sentence, before it changes anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAKES = {
    "nothing installed, not root, no sudo": {"dpkg-query": "exit 1", "id": "echo 1000"},
    "nothing installed, no network": {"dpkg-query": "exit 1", "id": "echo 0", "apt-get": "exit 100"},
}
TOOLS = ("bash", "env", "cat", "sha256sum", "cut", "grep", "dirname", "mkdir")


def setup(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # A folder of its own for the environment: whatever happens, the one that runs the tests is not touched.
    surroundings = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        ["/bin/bash", str(ROOT / "deploy/setup.sh"), *arguments],
        env=surroundings, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    return tmp_path / "venv"


def test_a_wrong_python_is_refused(venv: Path) -> None:
    ended = setup("runtime", PYTHON="/bin/false", VENV=str(venv))
    assert (ended.returncode, ended.stderr) == (1, "setup: PYTHON=/bin/false is not Python 3.11 or 3.12.\n")
    assert not venv.exists()


def test_a_wrong_word_is_refused(venv: Path) -> None:
    assert setup("everything", VENV=str(venv)).returncode == 2


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("nothing installed, not root, no sudo", "only root can install them: apt-get install tesseract-ocr"),
        ("nothing installed, no network", "apt-get update failed"),
    ],
)
def test_packages_that_cannot_be_installed_are_named(tmp_path: Path, venv: Path, case: str, said: str) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = next(Path(folder) / name for folder in ("/usr/bin", "/bin") if (Path(folder) / name).exists())
        (tools / name).symlink_to(found)
    for name, does in FAKES[case].items():
        (tools / name).write_text(f"#!/bin/bash\n{does}\n")
        (tools / name).chmod(0o755)
    ended = setup("runtime", PATH=str(tools), PYTHON=sys.executable, VENV=str(venv))
    assert ended.returncode == 1
    assert said in ended.stderr
    assert not venv.exists()

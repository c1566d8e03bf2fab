"""The lock files: everything pinned by hash, no index named, both of one mind."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(name: str) -> dict[str, str]:
    """Each package with its version and hashes as one string."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {re.split(r"==", line)[0]: line for line in lines}


def version(pin: str) -> str:
    return re.split(r"==| ", pin)[1]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name: str) -> None:
    for package, pin in pins(name).items():
        assert re.fullmatch(r"[a-z0-9-]+", package), package
        assert "--hash=sha256:" in pin, package


@pytest.mark.parametrize("name", LOCKS)
def test_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_development_adds_to_what_runs() -> None:
    runtime, development = (pins(name) for name in LOCKS)
    assert {package: version(pin) for package, pin in runtime.items()}.items() <= {
        package: version(pin) for package, pin in development.items()
    }.items()


def test_what_is_declared_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for wanted, name in (
        (project["dependencies"], LOCKS[0]),
        (project["optional-dependencies"]["dev"], LOCKS[1]),
    ):
        declared = {re.split(r"[<>=\[]", requirement)[0].lower() for requirement in wanted}
        assert declared <= set(pins(name))

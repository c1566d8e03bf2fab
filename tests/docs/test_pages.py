"""Every page of docs/ is finished, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_figure_is_left_open(page: Path) -> None:
    assert "‹" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_whatever_ends_with_1_for_what_it_found_is_named_beside_the_exit_statuses() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    (told,) = (one for one in page.split("\n\n") if one.startswith("The exit status of every command"))
    ends = {path.stem for path in (ROOT / "commands").glob("*.py") if "typer.Exit(1)" in path.read_text("utf-8")}
    assert ends >= {"checklist", "doctor", "process"}
    assert [name for name in sorted(ends) if f"`dossier {name}" not in told] == []

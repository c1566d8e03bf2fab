"""Writes docs/plans.md: the members of every literal plan, each by the first sentence of its module."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLANS = {
    "intake/channels": "Channels: files come in unasked",
    "intake/readers": "Readers: one a kind of file",
    "intake/engines": "OCR engines: the first that works is used",
    "extractors": "Extractors: a document becomes mentions",
    "emit/formats": "Output formats: a request becomes bytes",
    "codes/layouts": "Layouts of public code tables: lines become entries",
    "commands": "Commands of `dossier`",
}
# Extractors stand beside what several of them share; only a module that makes one is a member.
MARKS = {"extractors": "= Extractor(", "codes/layouts": "= Layout("}


def members(folder: str) -> tuple[str, ...]:
    """The modules of a plan's folder that are its members, by name."""
    mark = MARKS.get(folder, "")
    paths = sorted((ROOT / folder).glob("[a-z]*.py"))
    return tuple(path.stem for path in paths if mark in path.read_text(encoding="utf-8"))


def page() -> str:
    """The whole page."""
    lines = [
        "# Plans",
        "",
        "Each of these folders has one tuple in its `__init__.py` that lists its members in order; to add a member,",
        "write one file, its line in the tuple, and one test of the same name. `dossier list` prints what is loaded.",
        "This page is written by `make docs`.",
    ]
    for folder, title in PLANS.items():
        lines += ["", f"## {title}", "", "| module | what it does |", "|---|---|"]
        lines += [
            f"| [`{folder}/{name}.py`](../{folder}/{name}.py) | {_sentence(folder, name)} |" for name in members(folder)
        ]
    return "\n".join(lines) + "\n"


def _sentence(folder: str, name: str) -> str:
    module = ast.parse((ROOT / folder / f"{name}.py").read_text(encoding="utf-8"))
    paragraph = (ast.get_docstring(module) or "").split("\n\n")[0]
    return " ".join(paragraph.split()).replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs/plans.md").write_text(page(), encoding="utf-8")

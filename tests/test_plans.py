"""Plans are literal: every module of a folder to which people add is in its tuple, has its test, and is in docs/."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.plans import PLANS, members, page

ROOT = Path(__file__).resolve().parent.parent
EVERY = [(folder, module) for folder in PLANS for module in members(folder)]


@pytest.mark.parametrize("folder", PLANS)
def test_the_folder_has_one_literal_tuple(folder: str) -> None:
    assert len(tuples(folder)) == 1


@pytest.mark.parametrize(("folder", "module"), EVERY)
def test_the_module_is_in_the_tuple(folder: str, module: str) -> None:
    assert f"{folder.replace('/', '.')}.{module}" in named_in_tuple(folder)


@pytest.mark.parametrize(("folder", "module"), EVERY)
def test_the_module_has_its_test(folder: str, module: str) -> None:
    assert (ROOT / "tests" / folder / f"test_{module}.py").is_file()


def test_the_page_about_the_plans_is_up_to_date() -> None:
    assert (ROOT / "docs/plans.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def tuples(folder: str) -> list[ast.Tuple]:
    """The tuples of members in the folder's `__init__.py`: public constants annotated as tuples of what they hold."""
    found = []
    for node in _source(folder).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Tuple):
            name = node.target.id
            if name.isupper() and not name.startswith("_"):
                found.append(node.value)
    return found


def named_in_tuple(folder: str) -> set[str]:
    """The modules that the tuple speaks of, by an imported name or as a dotted string."""
    imported = {}
    for node in _source(folder).body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = (ROOT / f"{whole.replace('.', '/')}.py").is_file()
                imported[alias.asname or alias.name] = whole if is_module else str(node.module)
    named = set()
    for part in (part for plan in tuples(folder) for part in ast.walk(plan)):
        if isinstance(part, ast.Name):
            named.add(imported.get(part.id, part.id))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            named.add(part.value)
    return named


def _source(folder: str) -> ast.Module:
    return ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))

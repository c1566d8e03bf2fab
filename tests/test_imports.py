"""One direction of imports, and a core without the outside world: the rules of docs/adr/0001, read off the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = {"intake", "extractors", "assembly", "matching", "checklists", "emit", "scoring", "codes"}
WORLD = {"subprocess", "sqlalchemy", "redis", "rq", "minio", "fastapi", "httpx", "requests", "socket", "urllib"}
CLOCK = {"os.environ", "os.getenv", "time.time", "datetime.now", "datetime.today", "date.today", "datetime.utcnow"}

MAY_IMPORT: dict[str, set[str]] = {
    "models": set(),
    **{folder: {"models"} for folder in CORE},
    "pipeline": {"models", *CORE},
    "sandbox": {"models", "intake"},
    "store": {"models"},
    "config": {"models"},
    "samples": {"models"},
    "actions": {"models", "pipeline", "sandbox", "store", *CORE},
    "web": {"models", "actions"},
    "commands": {"models", "actions"},
    "cli": {"models", "store", "actions", "config", "commands", "api", "worker"},
    "api": {"models", "store", "actions", "config", "web"},
    "worker": {"models", "store", "actions", "config"},
}
MODULES = sorted(path for name in MAY_IMPORT for path in (*ROOT.glob(f"{name}/**/*.py"), *ROOT.glob(f"{name}.py")))
OUTSIDE = ("intake/channels/", "emit/transports/")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_keeps_the_rules(path: Path) -> None:
    assert list(broken_rules(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))) == []


def broken_rules(name: str, tree: ast.Module) -> Iterator[str]:
    """The sentences to say about a module called `name`."""
    home = name.removesuffix(".py").split("/")[0]
    pure = home in CORE | {"pipeline", "models"} and not name.startswith(OUTSIDE)
    for module in imported(tree):
        top = module.split(".")[0]
        if top in MAY_IMPORT and top != home and top not in MAY_IMPORT[home]:
            yield f"{name} imports {top}: {home} may import only {', '.join(sorted(MAY_IMPORT[home])) or 'nothing'}"
        if pure and top in WORLD:
            yield f"{name} imports {top}: the core does not reach the outside world"
    if pure:
        yield from (f"{name} uses {call}: time and surroundings are arguments" for call in CLOCK & dotted(tree))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where things come from"
            yield node.module or ""


def dotted(tree: ast.Module) -> set[str]:
    """Every `a.b` that is spoken of, by its last two names."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {f"{ast.unparse(node.value).split('.')[-1]}.{node.attr}" for node in attributes}


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        (
            "extractors/npi.py",
            "from store import db",
            "extractors/npi.py imports store: extractors may import only models",
        ),
        ("models/code.py", "import intake.page", "models/code.py imports intake: models may import only nothing"),
        (
            "intake/ocr.py",
            "import subprocess",
            "intake/ocr.py imports subprocess: the core does not reach the outside world",
        ),
        ("emit/x.py", "a = dt.datetime.now()", "emit/x.py uses datetime.now: time and surroundings are arguments"),
    ],
)
def test_a_broken_rule_is_said_in_a_sentence(name: str, source: str, said: str) -> None:
    assert list(broken_rules(name, ast.parse(source))) == [said]


def test_channels_may_reach_the_world_but_not_other_folders() -> None:
    tree = ast.parse("import subprocess\nimport emit")
    assert list(broken_rules("intake/channels/folder.py", tree)) == [
        "intake/channels/folder.py imports emit: intake may import only models"
    ]


def test_every_folder_of_ours_has_a_rule() -> None:
    ruled = set(MAY_IMPORT) | {"tests", "benchmarks", "docs", "deploy"}
    found = {
        path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/*.py") if not path.parts[-2].startswith(".")
    }
    assert found <= ruled

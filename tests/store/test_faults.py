from __future__ import annotations

import ast
from pathlib import Path

from store import faults

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_happens_at_a_point_and_every_point_told_is_listed() -> None:
    faults.reached("after_fsync")
    told = set()
    for path in (*ROOT.glob("store/*.py"), *ROOT.glob("actions/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "faults.reached":
                told.add(ast.literal_eval(node.args[0]))
    assert told
    assert told <= set(faults.POINTS)

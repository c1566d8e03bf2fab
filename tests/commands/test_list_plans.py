from __future__ import annotations

from actions.list_plans import loaded
from emit.formats import FORMATS
from extractors import EXTRACTORS
from intake.engines import ENGINES
from intake.readers import READERS
from tests.commands.runner import dossier


def test_every_plan_is_listed_in_its_order() -> None:
    entries = loaded()
    assert [entry.name for entry in entries if entry.plan == "readers"] == [reader.name for reader in READERS]
    assert [entry.name for entry in entries if entry.plan == "ocr engines"] == [name for name, _ in ENGINES]
    extractors = [(entry.name, entry.version) for entry in entries if entry.plan == "extractors"]
    assert extractors == [(extractor.name, extractor.version) for extractor in EXTRACTORS]
    assert {entry.plan for entry in entries} >= {"checklists", "payers"}
    assert [entry.name for entry in entries if entry.plan == "formats"] == [known.name for known in FORMATS]


def test_the_terminal_shows_each_once() -> None:
    ended = dossier("list")
    assert ended.status == 0
    names = [line.split()[0] for line in ended.out.splitlines() if line.startswith("  ")]
    assert names == [entry.name for entry in loaded()]


def test_json_is_one_document() -> None:
    assert [entry["name"] for entry in dossier("list", "--json").json()] == [entry.name for entry in loaded()]

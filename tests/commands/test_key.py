from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.problem import NotFound, UsageError
from store import keys
from store.db import open_database
from tests.commands.runner import Ended, dossier


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(tmp_path / "data")


def key(data: str, *arguments: str) -> Ended:
    return dossier("key", *arguments, "--data", data)


def test_a_new_key_is_printed_alone_and_holds(data: str) -> None:
    ended = key(data, "create", "--role", "provider-office", "--office", "o1", "--label", "fax server")
    assert ended.status == 0
    assert re.fullmatch(r"dsk_[\w-]{43}\n", ended.out)
    database = open_database(Path(data))
    who = keys.find(database, ended.out.strip())
    database.close()
    assert who is not None
    assert (who.role, who.office) == ("provider-office", "o1")


def test_keys_are_listed_by_their_ids_and_ended(data: str) -> None:
    made = key(data, "create", "--role", "integrator", "--days", "30", "--label", "portal").out.strip()
    (line,) = key(data, "list").out.splitlines()
    identifier, role, office, _, until, label = line.split("\t")
    assert (role, office, label) == ("integrator", "-", "portal")
    assert until.startswith("until 20")
    assert made not in line
    assert key(data, "revoke", identifier).status == 0
    assert re.search(r"\trevoked 20\d\d-\d\d-\d\d\t", key(data, "list").out)
    assert isinstance(key(data, "revoke", identifier).fault, NotFound)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--role", "procesor"), "Did you mean 'processor'?"),
        (("--role", "provider-office"), "--office"),
    ],
)
def test_a_role_that_cannot_be_is_said(data: str, options: tuple[str, ...], said: str) -> None:
    ended = key(data, "create", *options)
    assert isinstance(ended.fault, UsageError)
    assert said in str(ended.fault)
    assert ended.out == ""

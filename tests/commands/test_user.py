from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from models.problem import NotFound, UsageError
from store import people
from store.db import open_database

PASSWORD = "correct horse battery staple"


def user(*arguments: str, told: str = "") -> tuple[str, BaseException | None]:
    ended = CliRunner().invoke(cli.application(), ["user", *arguments], input=told)
    return ended.stdout.strip(), ended.exception


def test_a_person_signs_in_until_kept_out(tmp_path: Path) -> None:
    at = ("--data", str(tmp_path))
    identifier, fault = user("create", "ann", "--role", "supervisor", *at, told=PASSWORD + "\n")
    assert fault is None
    database = open_database(tmp_path)
    assert people.sign_in(database, "ann", PASSWORD) is not None
    assert user("block", identifier, *at)[1] is None
    assert people.sign_in(database, "ann", PASSWORD) is None
    database.close()
    assert isinstance(user("block", "nobody", *at)[1], NotFound)


def test_people_are_listed_with_what_they_may_and_no_secret(tmp_path: Path) -> None:
    at = ("--data", str(tmp_path))
    ann, _ = user("create", "ann", "--role", "supervisor", *at, told=PASSWORD + "\n")
    bob, _ = user("create", "bob", "--role", "provider-office", "--office", "o1", *at, told=PASSWORD + "\n")
    database = open_database(tmp_path)
    session = people.sign_in(database, "ann", PASSWORD)
    database.close()
    assert session is not None
    user("block", bob, *at)
    out, fault = user("list", *at)
    assert fault is None
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert [line.split("\t") for line in out.splitlines()] == [
        [ann, "ann", "supervisor", "-", today, "may sign in", today],
        [bob, "bob", "provider-office", "o1", today, f"blocked {today}", "-"],
    ]
    for secret in ("argon2", session.token, session.mark, session.form_token):
        assert secret not in out


def test_where_there_is_no_installation_nobody_is_listed(tmp_path: Path) -> None:
    out, fault = user("list", "--data", str(tmp_path))
    assert (out, type(fault)) == ("", UsageError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("role", "told"),
    [("superviser", PASSWORD), ("supervisor", ""), ("supervisor", "short"), ("provider-office", PASSWORD)],
)
def test_what_cannot_be_is_said(tmp_path: Path, role: str, told: str) -> None:
    out, fault = user("create", "ann", "--role", role, "--data", str(tmp_path), told=told + "\n")
    assert isinstance(fault, UsageError)
    assert out == ""
    assert told == "" or told not in str(fault)

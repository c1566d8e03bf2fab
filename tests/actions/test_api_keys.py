from __future__ import annotations

from pathlib import Path

import pytest

from actions.api_keys import create_key, known_keys, revoke_key
from actions.house import open_house
from models.problem import NotFound, UsageError
from store import audit, keys
from store.db import Scope
from tests.actions.installations import installation


def test_keys_are_made_seen_and_ended_by_the_operator(tmp_path: Path) -> None:
    made = installation(tmp_path)
    scopes = frozenset({"identifiers:read"})
    key = create_key(made, role="processor", office=None, label=None, scopes=scopes, days=None)
    identifier = known_keys(made)[0].split("\t")[0]
    with open_house(made) as house:
        who = keys.find(house.database, key)
        assert who is not None
        assert (who.role, who.scopes) == ("processor", scopes)
    revoke_key(made, identifier)
    with open_house(made) as house:
        assert keys.find(house.database, key) is None
        told = [(row["actor"], row["action"]) for row in audit.rows(house.database, Scope("main"))]
    assert told[0] == ("operator", "key.create")
    assert ("operator", "key.revoke") in told


def test_what_is_not_there_cannot_be_ended_and_what_is_no_role_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no installation"):
        revoke_key(installation(tmp_path), "none")
    create_key(installation(tmp_path), role="auditor", office=None, label=None, scopes=frozenset(), days=None)
    with pytest.raises(NotFound):
        revoke_key(installation(tmp_path), "none")
    with pytest.raises(UsageError, match="role"):
        create_key(installation(tmp_path), role="king", office=None, label=None, scopes=frozenset(), days=None)

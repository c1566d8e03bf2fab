from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from actions.house import open_house
from actions.storage import check_storage, scrub_storage
from models.arrival import Arrival, ArrivedFile
from models.principal import SYSTEM
from models.problem import UsageError
from store import audit
from store.db import Scope
from tests.actions.installations import installation


def test_the_objects_of_an_installation_are_compared_with_its_files(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for content in (b"fax 1", b"fax 2"):
            stored = house.inbox.store(SYSTEM, "a.txt", [content])
            house.inbox.accept(Arrival("folder", "a.txt", (stored,)), SYSTEM)
        orphan = house.blobs.put("main", b"left over")
    assert check_storage(made, delete=True).orphans == ()
    (path,) = tmp_path.rglob(orphan.sha256)
    os.utime(path, (1.0, 1.0))
    told = check_storage(made)
    assert (told.count, told.lost, told.orphans, told.removed) == (
        3, (), (f"orphan\tmain\t{orphan.sha256}\t9 bytes",), 0
    )  # fmt: skip
    told = check_storage(made, delete=True)
    assert (told.orphans, told.removed) == ((f"removed\tmain\t{orphan.sha256}\t9 bytes",), 1)
    assert check_storage(made).count == 2
    with open_house(made) as house:
        (last,) = audit.rows(house.database, Scope("main"), after=2)
    assert (last["action"], last["subject"], last["actor"]) == ("storage.remove", orphan.sha256, "operator")
    (path,) = tmp_path.rglob(stored.sha256)
    path.write_bytes(b"fax 3")
    (line,) = scrub_storage(made, rate=1e12).lost
    assert line.startswith(f"damaged\tmain\t{stored.sha256}\tfile ")
    assert check_storage(made).lost == ()
    path.unlink()
    (line,) = check_storage(made).lost
    assert line.startswith(f"gone\tmain\t{stored.sha256}\tfile ")


def test_nothing_is_removed_by_a_database_that_does_not_fit(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for content in (b"fax 1", b"fax 2"):
            house.blobs.put("main", content)
    for path in (tmp_path / "blobs/objects").rglob("*"):
        os.utime(path, (1.0, 1.0))
    with pytest.raises(UsageError, match="Nothing was removed"):
        check_storage(made, delete=True)
    with open_house(made) as house:
        for name, sha256 in (("a.txt", hashlib.sha256(b"fax 1").hexdigest()), ("b.txt", "0" * 64)):
            house.inbox.accept(Arrival("folder", name, (ArrivedFile(name, sha256, 5),)), SYSTEM)
    with pytest.raises(UsageError, match="Nothing was removed"):
        check_storage(made, delete=True)
    assert check_storage(made).count == 2

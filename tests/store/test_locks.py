from __future__ import annotations

import errno
import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.problem import TransientError, UsageError
from store import blobs, checkpoints
from store.blobs import LocalBlobs, Reserve
from store.checkpoints import Checkpoint, FolderPlace
from store.locks import lock


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Somebody holds a lock and does not go on."""
    with file.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        yield


def lockless(*_: object) -> None:
    raise OSError(errno.ENOLCK, "no locks")


def test_a_lock_is_waited_for_only_so_long(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("ab") as file:
        with held(tmp_path / "lock"), pytest.raises(TransientError, match="holds a lock"):
            lock(file.fileno(), fcntl.LOCK_SH, patience_s=0.05)
        assert lock(file.fileno(), fcntl.LOCK_EX, patience_s=0.05)


def test_only_where_there_are_none_it_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "lock").open("ab") as file:
        monkeypatch.setattr(fcntl, "flock", lockless)
        assert not lock(file.fileno(), fcntl.LOCK_EX, patience_s=0.05)
    monkeypatch.undo()
    with pytest.raises(OSError, match="Bad file"):
        lock(99_999, fcntl.LOCK_EX, patience_s=0.05)


def test_uploads_do_not_wait_for_ever_for_a_removal_that_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalBlobs(tmp_path, Reserve(0, 0))
    monkeypatch.setattr(blobs, "_PATIENCE_S", 0.05)
    with held(tmp_path / "lock"):
        with pytest.raises(TransientError, match="holds a lock"):
            store.put("main", b"a fax")
        assert list((tmp_path / "incoming").iterdir()) == []
    assert store.get("main", store.put("main", b"a fax").sha256) == b"a fax"


def test_without_locks_everything_comes_in_and_nothing_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalBlobs(tmp_path, Reserve(0, 0))
    monkeypatch.setattr(fcntl, "flock", lockless)
    stored = store.put("main", b"a fax")
    with pytest.raises(UsageError, match="knows no locks"):
        store.remove("main", stored.sha256, before=time.time() + 60)
    assert store.get("main", stored.sha256) == b"a fax"


def test_a_checkpoint_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = FolderPlace(tmp_path)
    monkeypatch.setattr(checkpoints, "_PATIENCE_S", 0.05)
    with held(tmp_path / "main.jsonl"), pytest.raises(TransientError, match="holds a lock"):
        place.append(Checkpoint("main", 1, "f" * 64, 1.5))
    monkeypatch.setattr(fcntl, "flock", lockless)
    with pytest.raises(TransientError, match="no locks"):
        place.append(Checkpoint("main", 1, "f" * 64, 1.5))
    assert list(place.lines()) == []

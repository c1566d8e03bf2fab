from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from store import blobs as module
from store import faults
from store.blobs import BlobDamaged, LocalBlobs, NoSpace, sweep

CONTENT = b"%PDF-1.7 a form"


def test_bytes_lie_under_their_name_and_come_back(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    writer = blobs.writer("main")
    for piece in (CONTENT[:5], CONTENT[5:]):
        writer.write(piece)
    stored = writer.commit()
    writer.abort()
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored.size == len(CONTENT)
    assert blobs.get("main", stored.sha256) == CONTENT
    assert blobs.put("main", CONTENT) == stored
    with pytest.raises(BlobDamaged):
        blobs.get("other", stored.sha256)


def name_of(descriptor: int) -> str:
    return Path(f"/proc/self/fd/{descriptor}").readlink().name


def test_the_file_is_synced_before_it_has_its_name_and_the_folders_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(faults, "hook", told.append)
    monkeypatch.setattr(module, "sync", lambda descriptor: told.append(f"sync {name_of(descriptor)}"))
    stored = LocalBlobs(tmp_path).put("main", CONTENT)
    name = stored.sha256
    kept = [step for step in told if step.startswith("after") or step.endswith((".part", name[2:4], name[:2], "main"))]
    part = kept.pop(1)
    assert part.endswith(".part")
    assert kept[:3] == ["after_part_write", "after_fsync", "after_rename"]
    assert f"sync {name[2:4]}" in kept[3:]
    assert f"sync {name[:2]}" in kept[3:]
    assert kept[-1] == "after_dirsync"


def test_a_flipped_bit_is_seen(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    stored = blobs.put("main", CONTENT)
    place = next((tmp_path / "objects").rglob(stored.sha256))
    place.write_bytes(CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
    with pytest.raises(BlobDamaged, match="has changed"):
        blobs.get("main", stored.sha256)


def test_what_is_not_committed_leaves_nothing(tmp_path: Path) -> None:
    writer = LocalBlobs(tmp_path).writer("main")
    writer.write(CONTENT)
    writer.abort()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_intake_is_refused_while_the_disk_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    LocalBlobs(tmp_path).check()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(total=100 * 1024**3, free=4 * 1024**3))
    with pytest.raises(NoSpace) as full:
        LocalBlobs(tmp_path).check()
    assert (full.value.http_status, full.value.retry) == (507, True)


def test_a_disk_that_fills_up_is_a_passing_fault(tmp_path: Path) -> None:
    writer = LocalBlobs(tmp_path).writer("main")
    writer.file.close()

    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None: ...

    writer.file = Full()  # type: ignore[assignment]
    with pytest.raises(NoSpace, match="No space left"):
        writer.write(CONTENT)
    assert not writer.part.exists()


def test_parts_are_swept_when_they_are_old(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_bytes(b"half")
    (tmp_path / "object").write_bytes(b"whole")
    at = (tmp_path / "a.part").stat().st_mtime
    assert sweep(tmp_path, now=at + 10, older_s=20) == 0
    assert sweep(tmp_path, now=at + 30, older_s=20) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["object"]
    assert sweep(tmp_path / "none", now=at) == 0

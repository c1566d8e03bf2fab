from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from models.arrival import Arrival
from store import blobs, faults
from tests.reliability import mutations
from tests.reliability.papers import batch
from tests.reliability.power_cut import Disk
from tests.reliability.site import SENDER, Site

Size = Callable[[int, int], int]
Record = Callable[[str, object], None]


def promised_and_lost(site: Site, disk: Disk, seed: int, count: int) -> tuple[int, int, int]:
    """Accept submissions; how many there were, how many a cut right after the receipt would lose, and torn objects."""
    inbox = site.inbox(site.open())
    lost = torn = 0
    sent = batch(seed, count)
    for one in sent:
        file = inbox.store(SENDER, one.name, [one.content])
        inbox.accept(Arrival("api", one.name, (file,), source_key=one.key), SENDER)
        left = {path.name: content for path, content in disk.after_a_cut(site.data).items()}
        lost += left.get(one.sha256) != one.content
        torn += sum(len(name) == 64 and hashlib.sha256(content).hexdigest() != name for name, content in left.items())
    return len(sent), lost, torn


def is_torn(name: str, content: bytes) -> bool:
    """Whether an object is not what its name says."""
    return len(name) == 64 and hashlib.sha256(content).hexdigest() != name


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "data").mkdir()
    return Site(tmp_path / "data").prepare()


@pytest.mark.promise("durable")
def test_nothing_promised_is_lost_by_a_power_cut(
    site: Site, monkeypatch: pytest.MonkeyPatch, sized: Size, record_property: Record
) -> None:
    disk = Disk()
    monkeypatch.setattr(blobs, "sync", disk.sync)
    count = sized(25, 500)
    record_property("power cuts", count)
    assert promised_and_lost(site, disk, seed=11, count=count) == (count, 0, 0)


@pytest.mark.promise("durable")
@pytest.mark.parametrize("point", ["after_part_write", "after_fsync", "after_rename", "after_dirsync"])
def test_no_object_is_torn_whenever_the_cut_comes(site: Site, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    disk, seen = Disk(), list[dict[Path, bytes]]()
    monkeypatch.setattr(blobs, "sync", disk.sync)
    monkeypatch.setattr(faults, "hook", lambda at: seen.append(disk.after_a_cut(site.data)) if at == point else None)
    promised_and_lost(site, disk, seed=12, count=5)
    assert len(seen) == 5
    for left in seen:
        for path, content in left.items():
            assert not is_torn(path.name, content)


@pytest.mark.promise("noticed")
def test_without_syncs_the_harness_sees_the_loss(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk()
    monkeypatch.setattr(blobs, "sync", blobs.sync)
    mutations.apply("no-fsync")
    count, lost, _ = promised_and_lost(site, disk, seed=13, count=5)
    assert lost == count

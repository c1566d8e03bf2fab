"""Received bytes and results under their SHA-256: written once, durable before anybody is told, checked when read."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from models.problem import DossierError, TransientError, UsageError
from store import faults
from store.locks import lock

# Seconds that an upload waits for a removal, and a removal for uploads: both hold the lock for the time of a rename.
_PATIENCE_S = 5.0


class NoSpace(TransientError):
    """The disk is nearly full: nothing new is accepted, what was accepted goes on."""

    http_status = 507


class DiskUsage(Protocol):
    """What `shutil.disk_usage` tells, in bytes."""

    @property
    def total(self) -> int:
        """All of it."""

    @property
    def free(self) -> int:
        """What is left."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """What must stay free for what was accepted: intake is refused below a share, or bytes, whichever is less."""

    share: float = 0.10
    bytes: int = 5 * 1024**3

    def check(self, disk: DiskUsage) -> None:
        """Let more come in.

        Raises:
            NoSpace: less is free.
        """
        if disk.free < min(self.share * disk.total, self.bytes):
            raise NoSpace("The disk is nearly full. Nothing new is accepted until there is room again.")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a bucket is (`endpoint` is host:port) and the key to it."""

    endpoint: str
    bucket: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    secure: bool = True


class BlobDamaged(DossierError):
    """Stored bytes are not those that were stored."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are durable: their SHA-256 (their name) and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Lying:
    """An object as it lies in a store: its bytes by the store's word, and when it was written (seconds since 1970)."""

    tenant: str
    sha256: str
    size: int
    at: float


class Writer(Protocol):
    """Bytes on their way into the store."""

    size: int

    def write(self, chunk: bytes) -> None:
        """Add a chunk."""

    def commit(self) -> Stored:
        """Make all of it durable under its name."""

    def abort(self) -> None:
        """Forget it; nothing happens after `commit`."""


class Blobs(Protocol):
    """A store of bytes of one tenant each."""

    def writer(self, tenant: str) -> Writer:
        """Begin to write."""

    def put(self, tenant: str, content: bytes) -> Stored:
        """Store bytes that are at hand."""

    def get(self, tenant: str, sha256: str) -> bytes:
        """The bytes, checked against their name."""

    def check(self) -> None:
        """Whether the store can take more; NoSpace or TransientError if not."""

    def listed(self) -> Iterator[Lying]:
        """All objects, in no order."""

    def remove(self, tenant: str, sha256: str, *, before: float) -> bool:
        """Remove an object unless it was written, or written again, since a time; whether it was."""

    def foreign(self) -> str | None:
        """The name of something in the store that is none of ours; None if there is none."""


@dataclass(slots=True)
class LocalWriter:
    """Bytes on their way into a local store."""

    root: Path
    tenant: str
    part: Path
    file: BinaryIO
    digest: hashlib._Hash
    size: int = 0
    done: bool = False

    def write(self, chunk: bytes) -> None:
        """Add a chunk."""
        try:
            self.file.write(chunk)
        except OSError as failure:
            self.abort()
            raise NoSpace(f"Nothing more can be stored ({failure.strerror}).") from None
        self.digest.update(chunk)
        self.size += len(chunk)

    def commit(self) -> Stored:
        """Sync the file, move it to its name, sync the folders: only then is it safe."""
        faults.reached("after_part_write")
        sha256 = self.digest.hexdigest()
        place = _place(self.root, self.tenant, sha256)
        try:
            self.file.flush()
            sync(self.file.fileno())
            self.file.close()
            faults.reached("after_fsync")
            place.parent.mkdir(parents=True, exist_ok=True)
            with _door(self.root, fcntl.LOCK_SH):
                self.part.replace(place)
            faults.reached("after_rename")
            _sync_way(self.root, place.parent)
            faults.reached("after_dirsync")
        except OSError as failure:
            self.abort()
            raise NoSpace(f"Nothing more can be stored ({failure.strerror}).") from None
        except TransientError:
            self.abort()
            raise
        self.done = True
        return Stored(sha256, self.size)

    def abort(self) -> None:
        """Forget it; nothing happens after `commit`."""
        if not self.done:
            self.file.close()
            self.part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class LocalBlobs:
    """A store in a folder of a local disk: `objects/TENANT/ab/cd/SHA256`; parts lie in `incoming/`."""

    root: Path
    reserve: Reserve = Reserve()

    def writer(self, tenant: str) -> LocalWriter:
        """Begin to write."""
        part = self.root / "incoming" / f"{uuid.uuid4().hex}.part"
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            file = part.open("xb")
        except OSError as failure:
            raise NoSpace(f"Nothing more can be stored ({failure.strerror}).") from None
        return LocalWriter(self.root, tenant, part, file, hashlib.sha256())

    def put(self, tenant: str, content: bytes) -> Stored:
        """Store bytes that are at hand."""
        writer = self.writer(tenant)
        writer.write(content)
        return writer.commit()

    def get(self, tenant: str, sha256: str) -> bytes:
        """The bytes, checked against their name.

        Raises:
            BlobDamaged: they are not those that were stored, or are gone.
        """
        try:
            content = _place(self.root, tenant, sha256).read_bytes()
        except FileNotFoundError:
            raise BlobDamaged(f"The object {sha256} is gone. Restore it from a backup.") from None
        except OSError as failure:
            raise TransientError(f"The store cannot be read ({failure.strerror}).") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(f"The object {sha256} has changed. Restore it from a backup.")
        return content

    def check(self) -> None:
        """Whether there is room for more.

        Raises:
            NoSpace: less than the reserve is free.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        self.reserve.check(shutil.disk_usage(self.root))

    def listed(self) -> Iterator[Lying]:
        """All objects; the time of one that was stored again is the later one."""
        for path in (self.root / "objects").glob("*/??/??/*"):
            with contextlib.suppress(FileNotFoundError):
                told = path.stat()
                if is_sha256(path.name):
                    yield Lying(path.parts[-4], path.name, told.st_size, told.st_mtime)

    def remove(self, tenant: str, sha256: str, *, before: float) -> bool:
        """Remove an object unless it was written, or written again, since a time; whether it was.

        Nobody gives a file its name meanwhile: whoever stores the same bytes now finds them afterwards.
        """
        place = _place(self.root, tenant, sha256)
        with _door(self.root, fcntl.LOCK_EX):
            if not place.exists() or place.stat().st_mtime >= before:
                return False
            place.unlink()
        return True

    def foreign(self) -> str | None:
        """Nothing: the folder is ours alone, and whatever lies in it under another name is left alone."""
        return None


def is_sha256(name: str) -> bool:
    """Whether a name can be that of an object."""
    return re.fullmatch(r"[0-9a-f]{64}", name) is not None


def sweep(folder: Path, *, now: float, older_s: float = 86_400.0) -> int:
    """Remove parts that a killed process has left in a folder, as old as `older_s` seconds; how many."""
    old = [part for part in folder.glob("*.part") if part.stat().st_mtime < now - older_s]
    for part in old:
        part.unlink(missing_ok=True)
    return len(old)


def sync(descriptor: int) -> None:
    """Have the disk write what was written to an open file."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the disk write the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _door(root: Path, kind: int) -> Iterator[None]:
    """Objects get their names by a shared lock, and are removed by one that excludes this.

    Raises:
        TransientError: somebody who was stopped, or hangs, holds it.
        UsageError: there are no locks here, and something was to be removed.
    """
    with (root / "lock").open("ab") as door:
        if not lock(door.fileno(), kind, patience_s=_PATIENCE_S) and kind == fcntl.LOCK_EX:
            raise UsageError("The file system of the objects knows no locks: nothing is removed, for others may write.")
        yield


def _place(root: Path, tenant: str, sha256: str) -> Path:
    return root / "objects" / tenant / sha256[:2] / sha256[2:4] / sha256


# Folders whose names this process has synced; others may have made a folder without having synced it yet.
_SYNCED: set[Path] = set()


def _sync_way(root: Path, folder: Path) -> None:
    """Have the disk write the names in a folder, and those of the folders that lead to it from the root."""
    sync_folder(folder)
    while folder != root:
        if folder in _SYNCED:
            return
        sync_folder(folder.parent)
        _SYNCED.add(folder)
        folder = folder.parent

"""The store of bytes in an S3 bucket: `TENANT/ab/cd/SHA256`, written once, looked at after writing, checked when read.

A bucket counts as durable because whoever runs the service says so by naming it: a server that answers before its
disks have written can lose what was acknowledged (docs/operations.md).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from minio import Minio
from minio.datatypes import Object
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from store import faults
from store.blobs import BlobDamaged, Bucket, Lying, NoSpace, Reserve, Stored, is_sha256
from store.s3_client import StoreAway, connected

# An upload of more is sent in parts of this size, one after the other: so much of it lies in memory.
_PART_BYTES = 8 << 20
# An object that is older is written again when the same bytes come again: nobody may take it for an orphan then.
_YOUNG = dt.timedelta(days=1)
# Below it are the checkpoints of the audit; no tenant is called so.
CHECKPOINTS = "_checkpoints/"
_GONE = frozenset({"NoSuchKey", "NoSuchObject"})


@dataclass(slots=True)
class S3Writer:
    """Bytes on their way into a bucket: they are spooled to a local file, for their name is their hash."""

    blobs: S3Blobs
    tenant: str
    part: Path
    file: BinaryIO
    digest: hashlib._Hash
    size: int = 0

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
        """Put it into the bucket and see that it is there."""
        faults.reached("after_part_write")
        stored = Stored(self.digest.hexdigest(), self.size)
        try:
            self.file.seek(0)
            self.blobs.send(self.tenant, stored, self.file)
        except OSError as failure:
            raise NoSpace(f"Nothing more can be stored ({failure.strerror}).") from None
        finally:
            self.abort()
        return stored

    def abort(self) -> None:
        """Forget what was spooled; nothing happens to what is in the bucket."""
        self.file.close()
        self.part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class S3Blobs:
    """A store in a bucket; `spool` is a local folder for what is on its way."""

    client: Minio
    bucket: str
    spool: Path
    reserve: Reserve

    def writer(self, tenant: str) -> S3Writer:
        """Begin to write."""
        part = self.spool / f"{uuid.uuid4().hex}.part"
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            file = part.open("xb+")
        except OSError as failure:
            raise NoSpace(f"Nothing more can be stored ({failure.strerror}).") from None
        return S3Writer(self, tenant, part, file, hashlib.sha256())

    def put(self, tenant: str, content: bytes) -> Stored:
        """Store bytes that are at hand."""
        stored = Stored(hashlib.sha256(content).hexdigest(), len(content))
        self.send(tenant, stored, io.BytesIO(content))
        return stored

    def send(self, tenant: str, stored: Stored, content: BinaryIO) -> None:
        """Put bytes under their name unless they are there, and look whether they came through whole.

        Raises:
            StoreAway: the bucket does not answer, or has something else than was sent.
        """
        name = _name(tenant, stored.sha256)
        with _asking():
            if self._holds(name, stored, young=True):
                return
            self.client.put_object(
                self.bucket, name, content, stored.size,
                metadata={"sha256": stored.sha256}, part_size=_PART_BYTES, num_parallel_uploads=1,
            )  # fmt: skip
            faults.reached("after_rename")
            if not self._holds(name, stored):
                raise StoreAway("The object store has something else than was sent.")
        faults.reached("after_dirsync")

    def get(self, tenant: str, sha256: str) -> bytes:
        """The bytes, checked against their name.

        Raises:
            BlobDamaged: they are not those that were stored, or are gone.
            StoreAway: the bucket does not answer.
        """
        with _asking():
            try:
                content = self._read(_name(tenant, sha256))
            except S3Error as failure:
                if failure.code in _GONE:
                    raise BlobDamaged(f"The object {sha256} is gone. Restore it from a backup.") from None
                raise
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(f"The object {sha256} has changed. Restore it from a backup.")
        return content

    def listed(self) -> Iterator[Lying]:
        """All objects.

        Raises:
            StoreAway: the bucket does not answer.
        """
        for name, size, at in self.names(""):
            if (one := _object(name)) is not None:
                yield Lying(*one, size, at)

    def foreign(self) -> str | None:
        """A name in the bucket that is neither an object's nor a checkpoint's; None if there is none.

        Raises:
            StoreAway: the bucket does not answer.
        """
        return next((n for n, _, _ in self.names("") if _object(n) is None and not n.startswith(CHECKPOINTS)), None)

    def remove(self, tenant: str, sha256: str, *, before: float) -> bool:
        """Remove an object unless it was written, or written again, since a time; whether it was.

        S3 has no lock: whoever stores the same bytes within this one call loses them, unless the bucket keeps versions.

        Raises:
            StoreAway: the bucket does not answer.
        """
        with _asking():
            there = self._stat(_name(tenant, sha256))
            if there is None or there.last_modified is None or there.last_modified.timestamp() >= before:
                return False
            self.client.remove_object(self.bucket, _name(tenant, sha256))
        return True

    def names(self, under: str) -> Iterator[tuple[str, int, float]]:
        """The objects below a folder of the bucket, each with its bytes and when it was written (s since 1970).

        Raises:
            StoreAway: the bucket does not answer.
        """
        with _asking():
            for one in self.client.list_objects(self.bucket, prefix=under, recursive=True):
                if one.object_name and not one.is_dir:
                    at = one.last_modified.timestamp() if one.last_modified else 0.0
                    yield one.object_name, one.size or 0, at

    def put_named(self, name: str, content: bytes) -> None:
        """Put a small object that has another name than its hash.

        Raises:
            StoreAway: the bucket does not answer.
        """
        with _asking():
            self.client.put_object(self.bucket, name, io.BytesIO(content), len(content))

    def get_named(self, name: str) -> bytes:
        """The bytes of an object that has another name than its hash.

        Raises:
            StoreAway: the bucket does not answer, or has no such object.
        """
        with _asking():
            return self._read(name)

    def check(self) -> None:
        """Whether the bucket answers, and there is room for what is on its way to it.

        Raises:
            NoSpace: the local disk is nearly full.
            StoreAway: the bucket does not answer, or is not there.
        """
        self.spool.mkdir(parents=True, exist_ok=True)
        self.reserve.check(shutil.disk_usage(self.spool))
        with _asking():
            if not self.client.bucket_exists(self.bucket):
                raise StoreAway(f"There is no bucket '{self.bucket}'. Make it, then try again.")

    def _read(self, name: str) -> bytes:
        answer = self.client.get_object(self.bucket, name)
        try:
            return answer.read()
        finally:
            answer.close()
            answer.release_conn()

    def _holds(self, name: str, stored: Stored, *, young: bool = False) -> bool:
        """Whether the bucket shows an object as it was stored; `young`: so lately that it cannot be an orphan."""
        there = self._stat(name)
        if there is None or (young and (there.last_modified is None or _age(there.last_modified) > _YOUNG)):
            return False
        told = {key.lower(): value for key, value in (there.metadata or {}).items()}
        return there.size == stored.size and told.get("x-amz-meta-sha256") == stored.sha256

    def _stat(self, name: str) -> Object | None:
        try:
            return self.client.stat_object(self.bucket, name)
        except S3Error as failure:
            if failure.code in _GONE:
                return None
            raise


def open_bucket(place: Bucket, spool: Path, reserve: Reserve) -> S3Blobs:
    """The store in a bucket; nothing is connected yet."""
    return S3Blobs(connected(place), place.bucket, spool, reserve)


@contextmanager
def _asking() -> Iterator[None]:
    """Whatever goes wrong with the store may go right later; what it says is left out, for it names its host."""
    try:
        yield
    except (MinioException, HTTPError) as failure:
        told = failure.code if isinstance(failure, S3Error) else type(failure).__name__
        raise StoreAway(f"The object store does not answer as it should ({told}).") from None


def _age(at: dt.datetime) -> dt.timedelta:
    return dt.datetime.now(dt.UTC) - at


def _name(tenant: str, sha256: str) -> str:
    return f"{tenant}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _object(name: str) -> tuple[str, str] | None:
    """The tenant and the SHA-256 of an object of ours; None for whatever else has a name in the bucket."""
    tenant, _, rest = name.partition("/")
    sha256 = rest.rpartition("/")[2]
    return (tenant, sha256) if tenant and is_sha256(sha256) and name == _name(tenant, sha256) else None

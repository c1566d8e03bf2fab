"""The store of bytes in an S3 bucket: `TENANT/ab/cd/SHA256`, written once, looked at after writing, checked when read.

A bucket counts as durable because whoever runs the service says so by naming it: a server that answers before its
disks have written can lose what was acknowledged (docs/operations.md).
"""

from __future__ import annotations

import hashlib
import io
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from models.problem import TransientError
from store import faults
from store.blobs import BlobDamaged, Bucket, NoSpace, Reserve, Stored

# An upload of more is sent in parts of this size, one after the other: so much of it lies in memory.
_PART_BYTES = 8 << 20
_CONNECT_S, _READ_S = 5.0, 60.0
_GONE = frozenset({"NoSuchKey", "NoSuchObject"})


class StoreAway(TransientError):
    """The object store does not answer, or refuses; the same call may succeed later."""


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
            if self._holds(name, stored):
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
                answer = self.client.get_object(self.bucket, _name(tenant, sha256))
            except S3Error as failure:
                if failure.code in _GONE:
                    raise BlobDamaged(f"The object {sha256} is gone. Restore it from a backup.") from None
                raise
            try:
                content = answer.read()
            finally:
                answer.close()
                answer.release_conn()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(f"The object {sha256} has changed. Restore it from a backup.")
        return content

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

    def _holds(self, name: str, stored: Stored) -> bool:
        try:
            there = self.client.stat_object(self.bucket, name)
        except S3Error as failure:
            if failure.code in _GONE:
                return False
            raise
        told = {key.lower(): value for key, value in (there.metadata or {}).items()}
        return there.size == stored.size and told.get("x-amz-meta-sha256") == stored.sha256


def open_bucket(place: Bucket, spool: Path, reserve: Reserve) -> S3Blobs:
    """The store in a bucket; nothing is connected yet."""
    client = Minio(
        place.endpoint,
        access_key=place.access_key,
        secret_key=place.secret_key,
        region=place.region,
        secure=place.secure,
        http_client=urllib3.PoolManager(
            maxsize=32,
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S),
            retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
        ),
    )
    return S3Blobs(client, place.bucket, spool, reserve)


@contextmanager
def _asking() -> Iterator[None]:
    """Whatever goes wrong with the store may go right later; what it says is left out, for it names its host."""
    try:
        yield
    except (MinioException, HTTPError) as failure:
        told = failure.code if isinstance(failure, S3Error) else type(failure).__name__
        raise StoreAway(f"The object store does not answer as it should ({told}).") from None


def _name(tenant: str, sha256: str) -> str:
    return f"{tenant}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

"""Checkpoints of the audit in a bucket: `_checkpoints/TENANT/NUMBER.json`, one object each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store.blobs_s3 import CHECKPOINTS, S3Blobs
from store.checkpoints import Checkpoint


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """The bucket of the objects as a place for checkpoints."""

    blobs: S3Blobs

    def append(self, checkpoint: Checkpoint) -> None:
        """Put an object. The time is part of its name: a chain that was written anew never takes an earlier one's.

        Raises:
            StoreAway: the bucket does not answer.
        """
        name = f"{CHECKPOINTS}{checkpoint.tenant}/{checkpoint.number:012d}-{checkpoint.at * 1e6:.0f}.json"
        self.blobs.put_named(name, checkpoint.line.encode())

    def lines(self) -> Iterator[tuple[str, str]]:
        """The objects, one after the other.

        Raises:
            StoreAway: the bucket does not answer.
        """
        for name, _, _ in self.blobs.names(CHECKPOINTS):
            yield f"bucket {self.blobs.bucket}", self.blobs.get_named(name).decode("utf-8", "replace")

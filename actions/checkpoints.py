"""The signed checkpoints of an installation's audit: where they are, who writes them, and what they say."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from actions.house import open_blobs
from actions.installation import Installation
from models.problem import NotReady
from store import checkpoints
from store.blobs_s3 import S3Blobs
from store.checkpoints import FolderPlace, Place, Signed
from store.checkpoints_s3 import BucketPlace
from store.db import Database
from store.signing import Verifier, find_signer, open_signer, read_verifier

_LOG = logging.getLogger(__name__)

# The folder within the data folder where they lie unless another is named.
FOLDER = "checkpoints"


def folder_of(installation: Installation) -> Path:
    """The folder in which they lie."""
    return installation.audit.checkpoints or installation.data / FOLDER


def signing(installation: Installation, database: Database) -> Callable[[], None]:
    """What a worker does every now and then: sign what is due. The key is made here if there is none yet.

    Raises:
        UsageError: the key cannot be used.
    """
    signer, places = open_signer(installation.data, installation.audit.key), _places(installation)

    def sign() -> None:
        count = checkpoints.write_due(database, signer, places=places)
        if count:
            _LOG.info("Checkpoints of the audit signed: %d", count)

    return sign


def read_checkpoints(installation: Installation, public_key: str | None = None) -> Signed:
    """What the checkpoints say that hold under the installation's key, or under another `public_key` (PEM).

    Raises:
        UsageError: the key cannot be used.
        TransientError: the bucket is away.
    """
    verifier = read_verifier(public_key) if public_key else _verifier(installation)
    return checkpoints.read(_places(installation), verifier)


def public_key(installation: Installation) -> str:
    """The public key by which anybody can check the checkpoints (PEM).

    Raises:
        NotReady: there is none yet.
    """
    verifier = _verifier(installation)
    if verifier is None:
        raise NotReady("There is no key yet: the first worker that starts makes it.")
    return verifier.pem


def _verifier(installation: Installation) -> Verifier | None:
    signer = find_signer(installation.data, installation.audit.key)
    return signer.verifier if signer else None


def _places(installation: Installation) -> tuple[Place, ...]:
    """The bucket first: where it is away, nothing is written to the folder again and again."""
    blobs = open_blobs(installation)
    bucket = (BucketPlace(blobs),) if isinstance(blobs, S3Blobs) else ()
    return (*bucket, FolderPlace(folder_of(installation)))

"""The signed checkpoints of an installation's audit: where they are, who writes them, and what they say."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from actions.house import open_blobs, open_house
from actions.installation import Installation
from models.principal import OPERATOR
from models.problem import NotReady, TransientError, UsageError
from store import audit, checkpoints, public_keys
from store.blobs_s3 import S3Blobs
from store.checkpoints import FolderPlace, Place, Signed
from store.checkpoints_s3 import BucketPlace
from store.db import Database
from store.signing import Signer, Verifier, find_signer, generate, open_signer, read_verifier, renew

_LOG = logging.getLogger(__name__)

# The folder within the data folder where they lie unless another is named.
FOLDER = "checkpoints"
KEY_GONE = (
    "Its key is gone, and there are checkpoints that it has signed. Put the file audit.key back into the data folder "
    "(a backup has it), or give it by DOSSIER_AUDIT__KEY_FILE; or begin anew: dossier audit key --new"
)


def folder_of(installation: Installation) -> Path:
    """The folder in which they lie."""
    return installation.audit.checkpoints or installation.data / FOLDER


def signing(installation: Installation, database: Database) -> Callable[[], None]:
    """What a worker does every now and then: sign what is due, as long as there is a key.

    The key is made here if nothing was ever signed. One that is gone is never replaced unasked: what it has signed
    would look forged.

    Raises:
        UsageError: the key cannot be used.
    """
    places = _places(installation)
    with contextlib.suppress(TransientError):
        _signer(installation, database)

    said = False

    def sign() -> None:
        nonlocal said
        signer = _signer(installation, database)
        if signer is None:
            _LOG.log(logging.DEBUG if said else logging.ERROR, "The audit is not signed. %s", KEY_GONE)
            said = True
            return
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
    return checkpoints.read(_known_places(installation), verifier)


def furthest(installation: Installation) -> dict[str, int]:
    """The last row of each tenant's audit of which a checkpoint speaks, whoever signed it.

    Raises:
        TransientError: the bucket is away.
    """
    return checkpoints.furthest(_known_places(installation))


def public_key(installation: Installation) -> str:
    """The public key by which anybody can check the checkpoints (PEM).

    Raises:
        NotReady: there is none yet.
    """
    signer = find_signer(installation.data, installation.audit.key)
    if signer is None:
        raise NotReady("There is no key yet: the first worker that starts makes it.")
    return signer.verifier.pem


def is_key_gone(installation: Installation) -> bool:
    """Whether there are checkpoints, but not the key that would sign more.

    Raises:
        UsageError: the key cannot be used.
        TransientError: the bucket is away.
    """
    if find_signer(installation.data, installation.audit.key) is not None:
        return False
    return any(True for place in _known_places(installation) for _ in place.lines())


def new_key(installation: Installation) -> str:
    """Begin anew with another key, told to the audit; its public half (PEM). The public half of the old one is kept.

    Raises:
        UsageError: the key is given by a setting, or cannot be written.
    """
    if installation.audit.key is not None:
        raise UsageError("The key is given by DOSSIER_AUDIT__KEY or its file. Give another one there, then restart.")
    made = generate()
    with open_house(installation, begins=False) as house:
        with contextlib.suppress(UsageError):
            if (known := find_signer(installation.data)) is not None:
                public_keys.keep(installation.data, known.verifier)
        with house.database.begin() as connection:
            audit.record(connection, OPERATOR, "audit.key", made.verifier.id)
        public_keys.keep(installation.data, made.verifier)
        renew(installation.data, made)
    return made.verifier.pem


def _signer(installation: Installation, database: Database) -> Signer | None:
    """The key, made if nothing was ever signed; None if it is gone."""
    signer = find_signer(installation.data, installation.audit.key)
    if signer is None and not checkpoints.any_told(database) and not is_key_gone(installation):
        signer = open_signer(installation.data)
    if signer is not None:
        public_keys.keep(installation.data, signer.verifier)
    return signer


def _verifier(installation: Installation) -> Verifier | None:
    """The installation's key, with all that it had before."""
    signer, kept = find_signer(installation.data, installation.audit.key), public_keys.kept(installation.data)
    return signer.verifier.joined(kept) if signer else kept


def _places(installation: Installation) -> tuple[Place, ...]:
    """The bucket first: where it is away, nothing is written to the folder again and again."""
    blobs = open_blobs(installation)
    bucket = (BucketPlace(blobs),) if isinstance(blobs, S3Blobs) else ()
    return (*bucket, FolderPlace(folder_of(installation)))


def _known_places(installation: Installation) -> tuple[Place, ...]:
    """Where checkpoints are written, and the default folder: there lie earlier ones, and those of a backup."""
    default = installation.data / FOLDER
    return (*_places(installation), *((FolderPlace(default),) if default != folder_of(installation) else ()))

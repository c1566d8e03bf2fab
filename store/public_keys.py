"""The public halves of all keys that ever signed here: what an earlier one has signed can be checked ever after."""

from __future__ import annotations

import uuid
from pathlib import Path

from models.problem import UsageError
from store.blobs import sync_folder
from store.signing import Verifier, read_verifier, write_new

FOLDER = "audit.keys"


def keep(data: Path, verifier: Verifier) -> None:
    """Keep a public key in the data folder, unless it is there.

    Raises:
        UsageError: the folder takes no file.
    """
    folder = data / FOLDER
    file = folder / f"{verifier.id}.pem"
    if file.exists():
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{file.name}.{uuid.uuid4().hex}.part"
        write_new(part, verifier.pem.encode())
        part.replace(file)
        sync_folder(folder)
    except OSError as failure:
        raise UsageError(f"The public key {file} cannot be kept ({failure.strerror}).") from None


def kept(data: Path) -> Verifier | None:
    """All that are kept, as one that holds what any of them has signed; None if there is none.

    Raises:
        UsageError: one is no key, or cannot be read.
    """
    try:
        told = "".join(file.read_text(encoding="ascii") for file in sorted((data / FOLDER).glob("*.pem")))
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"The public keys in {data / FOLDER} cannot be read.") from None
    return read_verifier(told) if told else None

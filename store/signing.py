"""The key by which the head of the audit is signed (ed25519, RFC 8032): made once, read by nobody but the service."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from models.problem import UsageError
from store.blobs import sync, sync_folder

FILE = "audit.key"


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key: it tells whether something was signed by the other one."""

    key: Ed25519PublicKey

    def holds(self, message: bytes, signature: str) -> bool:
        """Whether a signature (hexadecimal) is that of a message."""
        try:
            self.key.verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def pem(self) -> str:
        """The key as a PEM file has it."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_bytes(serialization.Encoding.PEM, form).decode("ascii")


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half of a key."""

    key: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> str:
        """The signature of a message, hexadecimal."""
        return self.key.sign(message).hex()

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.key.public_key())


def open_signer(data: Path, given: str | None = None) -> Signer:
    """The key that is `given` (PEM), else that of the data folder, which is made if it is not there yet.

    Raises:
        UsageError: it is no ed25519 key.
    """
    known = find_signer(data, given)
    if known is not None:
        return known
    _make(data)
    return _private((data / FILE).read_text(encoding="ascii"))


def find_signer(data: Path, given: str | None = None) -> Signer | None:
    """The key as `open_signer` finds it; None if there is none yet.

    Raises:
        UsageError: it is no ed25519 key, or cannot be read.
    """
    if given:
        return _private(given)
    try:
        return _private((data / FILE).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"The key {data / FILE} cannot be read.") from None


def read_verifier(pem: str) -> Verifier:
    """The public key of a PEM text.

    Raises:
        UsageError: it is no ed25519 key.
    """
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError("This is no public key of ed25519 (PEM). `dossier audit key` prints the one that is meant.")
    return Verifier(key)


def _private(pem: str) -> Signer:
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(
            "The key of the audit is no private key of ed25519 (PEM). Make one: openssl genpkey -algorithm ed25519"
        )
    return Signer(key)


def _make(data: Path) -> None:
    """Make a key that only its owner may read; where several processes do so at once, the first one's counts."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    part = data / f"{FILE}.{uuid.uuid4().hex}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        sync(file.fileno())
    try:
        (data / FILE).hardlink_to(part)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    sync_folder(data)

"""The key by which the head of the audit is signed (ed25519, RFC 8032): made once, read by nobody but the service."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from models.problem import UsageError
from store.blobs import sync, sync_folder

FILE = "audit.key"
# Before each key of a PEM text.
_BEGINNING = re.compile(r"(?m)^(?=-----BEGIN )")


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key: it tells whether something was signed by the other one, or by an `earlier` one."""

    key: Ed25519PublicKey
    earlier: tuple[Ed25519PublicKey, ...] = ()

    def holds(self, message: bytes, signature: str) -> bool:
        """Whether a signature (hexadecimal) is that of a message."""
        return any(_holds(key, message, signature) for key in (self.key, *self.earlier))

    def joined(self, other: Verifier | None) -> Verifier:
        """One that holds what the other one does, too."""
        return Verifier(self.key, (*self.earlier, *((other.key, *other.earlier) if other else ())))

    @property
    def id(self) -> str:
        """A name for the key: 16 hexadecimal digits."""
        return hashlib.sha256(self.key.public_bytes_raw()).hexdigest()[:16]

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
    def pem(self) -> bytes:
        """The key as a PEM file has it."""
        form = serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())

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
    """The public key of a PEM text, or several that stand one after the other: what any of them signed holds.

    Raises:
        UsageError: one is no ed25519 key, or there is none.
    """
    keys: list[Ed25519PublicKey] = []
    for one in _BEGINNING.split(pem)[1:] or [pem]:
        key = _public(one)
        if key is None:
            raise UsageError(
                "This is no public key of ed25519 (PEM). `dossier audit key` prints the one that is meant."
            )
        keys.append(key)
    return Verifier(keys[0], tuple(keys[1:]))


def renew(data: Path, signer: Signer) -> None:
    """Make a key that of the data folder, whatever was there.

    Raises:
        UsageError: the folder takes no file.
    """
    part = data / f"{FILE}.{uuid.uuid4().hex}.part"
    try:
        write_new(part, signer.pem)
        part.replace(data / FILE)
        sync_folder(data)
    except OSError as failure:
        raise UsageError(f"The key {data / FILE} cannot be made ({failure.strerror}). Is {data} writable?") from None


def generate() -> Signer:
    """A new key, which is kept nowhere yet."""
    return Signer(Ed25519PrivateKey.generate())


def write_new(file: Path, content: bytes) -> None:
    """Write a new file that only its owner may read; FileExistsError if it is there."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(content)
        new.flush()
        sync(new.fileno())


def _holds(key: Ed25519PublicKey, message: bytes, signature: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(pem: str) -> Ed25519PublicKey | None:
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


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
    """Make a key that only its owner may read; where several processes do so at once, the first one's counts.

    Raises:
        UsageError: the folder takes no file.
    """
    pem = generate().pem
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = data / f"{FILE}.{uuid.uuid4().hex}.part"
        write_new(part, pem)
        try:
            _name(part, data / FILE, pem)
        except FileExistsError:
            pass
        finally:
            part.unlink()
        sync_folder(data)
    except OSError as failure:
        raise UsageError(f"The key {data / FILE} cannot be made ({failure.strerror}). Is {data} writable?") from None


def _name(part: Path, file: Path, pem: bytes) -> None:
    """Give a key its name, whole at once; where a file system knows no second names, it is written under it."""
    try:
        file.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        write_new(file, pem)

from __future__ import annotations

import errno
import stat
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.problem import UsageError
from store.signing import FILE, find_signer, open_signer, read_verifier


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    assert find_signer(tmp_path) is None
    made = []
    threads = [threading.Thread(target=lambda: made.append(open_signer(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({signer.verifier.pem for signer in made}) == 1
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_where_no_second_name_can_be_given_a_key_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    made = open_signer(tmp_path)
    assert open_signer(tmp_path).verifier.pem == made.verifier.pem
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_folder_that_takes_no_key_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to(tmp_path / "none" / "folder")
    with pytest.raises(UsageError, match="cannot be made"):
        open_signer(tmp_path / "folder")


def test_what_is_signed_holds_under_the_public_key_alone(tmp_path: Path) -> None:
    signer = open_signer(tmp_path)
    verifier = read_verifier(signer.verifier.pem)
    signature = signer.sign(b"row 7")
    assert verifier.holds(b"row 7", signature)
    assert not verifier.holds(b"row 8", signature)
    assert not verifier.holds(b"row 7", signature[:-2])
    assert not verifier.holds(b"row 7", "no figures")
    assert not open_signer(tmp_path / "other").verifier.holds(b"row 7", signature)


def test_a_key_that_is_given_wins_and_none_is_made(tmp_path: Path) -> None:
    known = open_signer(tmp_path / "a")
    pem = (tmp_path / "a" / FILE).read_text()
    assert open_signer(tmp_path / "b", pem).verifier.pem == known.verifier.pem
    assert not (tmp_path / "b").exists()
    assert "key" not in repr(known)


def test_what_is_no_such_key_is_said(tmp_path: Path) -> None:
    other = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for given in ("nonsense", other.decode()):
        with pytest.raises(UsageError, match="no private key of ed25519"):
            open_signer(tmp_path, given)
    with pytest.raises(UsageError, match="no public key of ed25519"):
        read_verifier("nonsense")
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        find_signer(tmp_path)

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from models.problem import UsageError
from store.public_keys import FOLDER, keep, kept
from store.signing import generate


def test_what_any_of_them_signed_holds(tmp_path: Path) -> None:
    assert kept(tmp_path) is None
    signers = [generate() for _ in range(3)]
    for signer in (*signers, signers[0]):
        keep(tmp_path, signer.verifier)
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {f"{one.verifier.id}.pem" for one in signers}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / FOLDER).iterdir())
    verifier = kept(tmp_path)
    assert verifier is not None
    assert all(verifier.holds(b"row 7", signer.sign(b"row 7")) for signer in signers)
    assert not verifier.holds(b"row 7", generate().sign(b"row 7"))


def test_what_is_no_key_is_said(tmp_path: Path) -> None:
    keep(tmp_path, generate().verifier)
    (tmp_path / FOLDER / "a.pem").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="cannot be read"):
        kept(tmp_path)
    (tmp_path / FOLDER / "a.pem").write_text("-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----\n")
    with pytest.raises(UsageError, match="no public key"):
        kept(tmp_path)


def test_a_folder_that_takes_no_key_is_said(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("no folder")
    with pytest.raises(UsageError, match="cannot be kept"):
        keep(tmp_path, generate().verifier)

"""The compose file: what it sets is known to the program, and what it starts is shut in."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import config

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
OURS = [one for one in COMPOSE["services"].values() if one["image"].startswith("dossier:")]


@pytest.mark.parametrize("service", OURS, ids=lambda one: one["command"][0])
def test_our_containers_write_to_their_data_only(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert all(volume.split(":")[1].startswith("/data") for volume in service["volumes"])
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@pytest.mark.parametrize("service", OURS, ids=lambda one: one["command"][0])
def test_every_setting_is_known_and_no_secret_is_written_down(
    service: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    made = subprocess.run([secrets(tmp_path)], check=True, capture_output=True)
    assert b"made deploy/secrets" in made.stderr
    for name, value in service["environment"].items():
        assert name.endswith("_FILE") == ("SECRET" in name or ("URL" in name and "REDIS" not in name)), name
        monkeypatch.setenv(name, value.replace("/run/secrets", str(tmp_path / "deploy/secrets")))
    settings = config.load()
    assert settings.s3.endpoint == "s3:8333"
    assert [str(one.network_address) for one in settings.web.trusted_proxies] == [
        COMPOSE["networks"]["default"]["ipam"]["config"][0]["gateway"]
    ]
    assert re.fullmatch(r"[0-9a-f]{48}", settings.s3.secret_key)
    assert re.fullmatch(r"postgresql://dossier:[0-9a-f]{48}@postgres:5432/dossier", settings.database_url or "")


def test_every_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    script = secrets(tmp_path)
    subprocess.run([script], check=True, capture_output=True)
    made = tmp_path / "deploy/secrets"
    assert {path.name for path in made.iterdir()} == {
        Path(one["file"]).name for one in COMPOSE["secrets"].values()
    }  # fmt: skip
    assert made.stat().st_mode & 0o077 == 0
    kept = {path.name: path.read_bytes() for path in made.iterdir()}
    assert subprocess.run([script], check=False, capture_output=True).returncode == 1
    assert {path.name: path.read_bytes() for path in made.iterdir()} == kept


@pytest.mark.parametrize("service", COMPOSE["services"].values(), ids=COMPOSE["services"])
def test_every_image_names_its_version(service: dict[str, Any]) -> None:
    assert re.search(r":\d", service["image"])


def test_the_image_runs_as_a_user_of_its_own_and_says_how_it_is() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert "USER dossier" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert sum(line.startswith("FROM") for line in lines) == 2


def secrets(folder: Path) -> str:
    """The script that makes the secrets, in a folder of its own."""
    script = folder / "deploy/make-secrets.sh"
    if not script.exists():
        script.parent.mkdir()
        script.write_bytes((ROOT / "deploy/make-secrets.sh").read_bytes())
        script.chmod(0o755)
    assert os.access(script, os.X_OK)
    return str(script)

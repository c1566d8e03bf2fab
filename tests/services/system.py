"""The service as it is run: its entry points as processes of their own, spoken to by HTTP alone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from store.blobs import Bucket
from tests.services.server import free_port

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 120.0


@dataclass(slots=True)
class System:
    """An installation that runs; `environment` are its settings."""

    data: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.data / "log").read_text("utf-8") if (self.data / "log").exists() else ""

    def dossier(self, *arguments: str) -> str:
        """What a command prints."""
        ended = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            env=self._surroundings(), cwd=self.data, capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def start(self, entry: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start an entry point: "api", "worker" or "cli"."""
        with (self.data / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / f"{entry}.py"), *arguments],
                env=self._surroundings(), cwd=self.data, stdout=log, stderr=log, process_group=0,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def await_ready(self) -> None:
        """Until it answers that it can take something in."""

        def ready() -> bool:
            with contextlib.suppress(httpx.HTTPError):
                return httpx.get(f"{self.url}/readyz").status_code == 200
            assert all(process.poll() is None for process in self.processes), self.log
            return False

        until(ready, self)

    def caller(self, role: str, *options: str) -> Caller:
        """Somebody with a new key."""
        return Caller(self, self.dossier("key", "create", "--role", role, *options))

    def end(self, number: int = signal.SIGTERM) -> list[int]:
        """End everything that runs, in order; the statuses."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(number)
        statuses = []
        for process in self.processes:
            try:
                statuses.append(process.wait(60))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                statuses.append(process.wait())
        self.processes.clear()
        return statuses

    def _surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DOSSIER_")}
        own = {"DOSSIER_DATA": str(self.data), "DOSSIER_PORT": str(self.port), "OMP_THREAD_LIMIT": "1"}
        return {**kept, **own, **self.environment}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who speaks to the API by a key."""

    system: System
    key: str

    def get(self, path: str) -> Any:
        answer = httpx.get(f"{self.system.url}/api/v1{path}", headers=self._headers(), timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def upload(self, files: Mapping[str, bytes], key: str, **fields: str) -> str:
        """Send files; the id of the submission."""
        answer = httpx.post(
            f"{self.system.url}/api/v1/submissions",
            headers={**self._headers(), "Idempotency-Key": key},
            files=[("files", (name, content)) for name, content in files.items()],
            data=fields,
            timeout=30,
        )
        assert answer.status_code == 202, answer.text
        return str(answer.json()["submission"])

    def requests_of(self, submission: str) -> list[dict[str, Any]]:
        """The requests of a submission, once it is done."""
        until(lambda: self.get(f"/submissions/{submission}")["state"] == "done", self.system)
        return [self.get(f"/requests/{one}") for one in self.get(f"/submissions/{submission}")["requests"]]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@contextlib.contextmanager
def installed(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[System]:
    """An installation of its own; whatever still runs at the end is ended."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    reserve = {"DOSSIER_RESERVE__SHARE": "0", "DOSSIER_RESERVE__BYTES": "0"}
    system = System(data, {**reserve, **(environment or {})})
    try:
        yield system
    finally:
        system.end()


def scaled_out(database_url: str, redis_url: str, bucket: Bucket) -> dict[str, str]:
    """The settings of an installation on servers of others."""
    return {
        "DOSSIER_DATABASE_URL": database_url,
        "DOSSIER_REDIS_URL": redis_url,
        "DOSSIER_S3__ENDPOINT": bucket.endpoint,
        "DOSSIER_S3__BUCKET": bucket.bucket,
        "DOSSIER_S3__ACCESS_KEY": bucket.access_key,
        "DOSSIER_S3__SECRET_KEY": bucket.secret_key,
        "DOSSIER_S3__SECURE": "false",
    }


def until(claim: Any, system: System, seconds: float = _PATIENCE_S) -> None:
    """Wait until a claim holds."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, system.log
        time.sleep(0.3)

"""Somebody who sends files to a service and asks what became of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Any, Self

import httpx

from benchmarks.service_site import Served


class Post:
    """A caller with a key of its own; waits where the service asks for it. A context manager."""

    def __init__(self, here: Served) -> None:
        """Take a key of the service."""
        self.key = here.key()
        self._client = httpx.Client(base_url=here.url, headers={"Authorization": f"Bearer {self.key}"}, timeout=60)

    def __enter__(self) -> Self:
        """The caller."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, files: Iterable[tuple[str, bytes]]) -> tuple[str, str]:
        """Send files, each with its name; the submission's id, or else the code with which it was refused."""
        parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
        answer = self._called("POST", "/api/v1/submissions", files=parts)
        if answer.status_code != 202:
            return "", str(answer.json().get("code", answer.status_code))
        return str(answer.json()["submission"]), ""

    def told(self, path: str) -> Any:
        """What the API says under a path."""
        return self._called("GET", f"/api/v1{path}").raise_for_status().json()

    def gap(self) -> int:
        """Pages that are in no place or in two, as the metrics have it."""
        text = self._called("GET", "/metrics").raise_for_status().text
        found = re.search(r"^dossier_conservation_gap (\S+)$", text, re.MULTILINE)
        return int(float(found.group(1))) if found else -1

    def _called(self, method: str, path: str, **more: Any) -> httpx.Response:
        while True:
            answer = self._client.request(method, path, **more)
            if answer.status_code not in {429, 503}:
                return answer
            time.sleep(float(answer.headers["Retry-After"]))

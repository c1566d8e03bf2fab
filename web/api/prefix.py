"""Where the API begins; within a version nothing is renamed or removed."""

from __future__ import annotations

from typing import Final

PREFIX: Final = "/api/v1"

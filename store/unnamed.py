"""Since when the checks of an installation have found an object that no row names: a list in its data folder.

The age of an object does not tell that: by a database that was restored to an older state, old originals are unnamed
from one minute to the next.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.problem import TransientError
from store.blobs import Lying, sync, sync_folder

FILE = "unnamed.json"


def note(data: Path, orphans: Iterable[Lying], now: float) -> Mapping[str, float]:
    """Write down which objects nobody names `now`, and forget all others: since when each was listed, by `name_of`.

    Raises:
        TransientError: the list cannot be written.
    """
    known = _read(data / FILE)
    listed = {name: min(known.get(name, now), now) for name in map(name_of, orphans)}
    try:
        _write(data / FILE, listed)
    except OSError as failure:
        raise TransientError(f"The list {data / FILE} cannot be written ({failure.strerror}).") from None
    return listed


def name_of(one: Lying) -> str:
    """The name of an object in the list."""
    return f"{one.tenant}/{one.sha256}"


def _read(file: Path) -> dict[str, float]:
    """The list; one that is damaged or away counts for nothing: then it begins anew."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    known = told if isinstance(told, dict) else {}
    return {name: float(at) for name, at in known.items() if isinstance(at, int | float)}


def _write(file: Path, listed: Mapping[str, float]) -> None:
    part = file.with_name(f"{FILE}.{uuid.uuid4().hex}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as lines:
            json.dump(listed, lines, indent=0)
            lines.flush()
            sync(lines.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(file.parent)

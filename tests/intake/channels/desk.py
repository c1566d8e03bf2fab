"""A desk that writes down what is brought to it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from actions.sidecars import group_sidecars, is_sidecar
from models.arrival import Accepted, Arrival, ArrivedFile
from models.problem import FileCode, NotFound, TransientError, UsageError


@dataclass(slots=True)
class Notebook:
    """Accepts everything once; `full` takes nothing, `requests` are those that can be answered."""

    most: int = 1_000_000
    full: bool = False
    stopping: bool = False
    requests: frozenset[str] = frozenset()
    stored: dict[str, bytes] = field(default_factory=dict)
    accepted: dict[str, Arrival] = field(default_factory=dict)
    refused: dict[str, Arrival] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    at_store: Callable[[], None] = lambda: None

    def store(self, path: str, chunks: Iterable[bytes]) -> ArrivedFile:
        if self.full:
            raise TransientError("no room")
        content = b"".join(chunks)
        sha256 = hashlib.sha256(content).hexdigest()
        self.stored[sha256] = content
        self.at_store()
        return ArrivedFile(path, sha256, len(content))

    def accept(self, arrival: Arrival) -> Accepted:
        if arrival.answers is not None and arrival.answers not in self.requests:
            raise NotFound("There is no such request.")
        key = str(arrival.source_key)
        known = self.accepted.setdefault(key, arrival)
        if (known.files, known.answers) != (arrival.files, arrival.answers):
            raise UsageError("used with other files")
        self.told.append(f"accept {arrival.name}")
        return Accepted("s", dt.datetime.now(dt.UTC), arrival.files, again=known is not arrival)

    def refuse(self, arrival: Arrival, code: FileCode) -> Accepted:
        self.refused[str(arrival.source_key)] = arrival
        self.told.append(f"refuse {arrival.name} {code}")
        return Accepted("s-refused", dt.datetime.now(dt.UTC), arrival.files)

    def group(self, names: Sequence[str], head: Callable[[str], bytes]) -> tuple[tuple[str, ...], ...]:
        return group_sidecars(names, lambda name: is_sidecar(head(name), name))

    def is_record(self, name: str, head: bytes) -> bool:
        return is_sidecar(head, name)

    def before_file_move(self) -> None:
        self.told.append("move")

    def before_mail_move(self) -> None:
        self.told.append("move")

    def names(self) -> list[tuple[str, ...]]:
        """The files of each submission."""
        return [tuple(file.path for file in arrival.files) for arrival in self.accepted.values()]

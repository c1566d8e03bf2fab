"""What a channel is handed: where it brings files, and learns when their source may forget them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.arrival import Accepted, Arrival, ArrivedFile
from models.problem import FileCode

# A fax is read in pieces of this size.
CHUNK_BYTES = 1 << 20


class Desk(Protocol):
    """Where a channel brings what came in. Nothing may be moved or marked at its source before `accept` returned.

    `most` is how many bytes a file may have. Both methods raise a TransientError when nothing can be taken now; then
    the source keeps what it has.
    """

    @property
    def most(self) -> int:
        """How many bytes a file may have."""

    @property
    def stopping(self) -> bool:
        """Whether the program is about to end: what is not begun is left for the next time."""

    def store(self, path: str, chunks: Iterable[bytes]) -> ArrivedFile:
        """Make the bytes of a file durable."""

    def accept(self, arrival: Arrival) -> Accepted:
        """Accept files that are durable: a submission, the same one for the same source key."""

    def refuse(self, arrival: Arrival, code: FileCode) -> Accepted:
        """Keep a receipt of files that can never be taken, not their bytes; the same one for the same source key."""

    def group(self, names: Sequence[str], head: Callable[[str], bytes]) -> tuple[tuple[str, ...], ...]:
        """The files of a folder that make up one submission each; `head` gives the first bytes of one."""

    def is_record(self, name: str, head: bytes) -> bool:
        """Whether a file is what a fax server wrote down about a fax."""

    def before_file_move(self) -> None:
        """Tell that an accepted file is about to be moved."""

    def before_mail_move(self) -> None:
        """Tell that an accepted mail is about to be moved."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look at a source brought: submissions accepted, files refused, files left for a later look."""

    accepted: int = 0
    refused: int = 0
    left: int = 0

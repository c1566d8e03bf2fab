"""Starting the child, giving it the bytes, hearing it out, and ending it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from intake.raw import ReadOptions
from intake.readers import Reader
from models.problem import FileCode
from sandbox.frames import BadFrame, EndOfFrames, FrameReader, LateFrame
from sandbox.limits import Limits
from sandbox.walls import command, environment, wall_kind, working_folder
from sandbox.watch import HUNGRY, KILLED, LATE

_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
_PIPE_BYTES = 1 << 20
# How long a child that has closed its pipe may take to end by itself, so that its status tells why.
_GRACE_S = 2.0
# bubblewrap and the shell alike report the death of what they started by a signal as 128 + its number.
_BY_SIGNAL = 128


class ChildFailed(Exception):
    """The child is gone or not to be listened to any more; `code` says why."""

    def __init__(self, code: FileCode) -> None:
        """Take the code that the file will be rejected with, should nothing of it be readable."""
        self.code = code
        super().__init__(code.value)


class ChildKilled(ChildFailed):
    """Somebody outside killed it, who may have meant another: the system when memory was short. Once more may do."""

    def __init__(self) -> None:
        """The code stands for what it is most often, should it happen again and again."""
        super().__init__(FileCode.MEMORY_LIMIT)


class SealedBytes:
    """A file's bytes in a memory file that nobody can change; a context manager."""

    def __init__(self, content: bytes) -> None:
        """Copy the bytes and seal them."""
        self.descriptor = os.memfd_create("received", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        view = memoryview(content)
        while view:
            view = view[os.write(self.descriptor, view) :]
        fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, _SEALS)

    def close(self) -> None:
        """Let the memory go."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Start:
    """How a child is started: its command line, its folder, and its whole environment."""

    command: list[str]
    folder: Path
    environment: dict[str, str]


class Errand(Protocol):
    """What a child is started for."""

    def start(self, limits: Limits) -> Start:
        """How to start it; NoWalls where there is nothing to shut it in with."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is to read: by which reader, how, from which page, and which folders of code it may see besides."""

    reader: Reader
    options: ReadOptions
    first_page: int = 1
    code: tuple[Path, ...] = ()

    def start(self, limits: Limits) -> Start:
        """See `Errand`."""
        kind = wall_kind()
        told = {
            "module": self.reader.module,
            "container": self.reader.container,
            "first_page": self.first_page,
            "options": asdict(self.options),
            "walls": kind,
            "code": [str(folder) for folder in self.code],
            "memory_bytes": limits.memory_bytes,
            "cpu_s": cpu_seconds(limits),
        }
        return Start(command(kind, (json.dumps(told),), self.code), working_folder(kind), environment(kind, self.code))


class Child:
    """A running child; a context manager that leaves nothing behind."""

    def __init__(self, sealed: SealedBytes, order: Errand, *, limits: Limits) -> None:
        """Start it.

        Raises:
            NoWalls: there is nothing to shut it in with.
        """
        start = order.start(limits)
        self._process = subprocess.Popen(
            start.command,
            stdin=sealed.descriptor,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=start.folder,
            env=start.environment,
            start_new_session=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - PIPE was asked for
        self._pipe = self._process.stdout
        with contextlib.suppress(OSError):  # a host may allow less; it only makes things faster
            fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self.frames = FrameReader(self._pipe.fileno())

    def hear(self, within_s: float) -> dict[str, object]:
        """The next message's header.

        Raises:
            ChildFailed: it refused the file, died, is late or talks nonsense.
        """
        try:
            header = self.frames.header(within_s)
        except (EndOfFrames, LateFrame, BadFrame) as failure:
            raise self.failed(failure) from None
        if header.get("is") == "refused":
            raise ChildFailed(code_of(header.get("code")))
        return header

    def expect(self, kind: str, within_s: float) -> dict[str, object]:
        """The next message's header, which must be of this kind; ChildFailed otherwise."""
        header = self.hear(within_s)
        if header.get("is") != kind:
            raise self.failed(BadFrame("out of turn"))
        return header

    def payload(self, header: dict[str, object], most: int, within_s: float) -> bytes:
        """The bytes that belong to a header; ChildFailed as above."""
        try:
            return self.frames.payload(header, most, within_s)
        except (EndOfFrames, LateFrame, BadFrame) as failure:
            raise self.failed(failure) from None

    def failed(self, failure: Exception) -> ChildFailed:
        """End the child and say what became of it."""
        if isinstance(failure, LateFrame):
            self.close()
            return ChildFailed(FileCode.TIME_LIMIT)
        if isinstance(failure, BadFrame):
            self.close()
            return ChildFailed(FileCode.PARSER_CRASH)
        return self._cause_of_death()

    def close(self) -> None:
        """Kill what is left of it and take its status; may be called again."""
        self._pipe.close()
        if self._process.returncode is None:
            self._reap(kill=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _cause_of_death(self) -> ChildFailed:
        """Its pipe is closed: it has died, or pretends to."""
        self._reap(kill=False)
        status = self._process.returncode
        if status in (-signal.SIGKILL, _BY_SIGNAL + signal.SIGKILL, KILLED):
            return ChildKilled()
        causes = {LATE: FileCode.TIME_LIMIT, HUNGRY: FileCode.MEMORY_LIMIT}
        return ChildFailed(causes.get(status, FileCode.PARSER_CRASH))

    def _reap(self, *, kill: bool) -> None:
        """Wait for the child's end."""
        self._pipe.close()
        if not kill:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE_S)
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def cpu_seconds(limits: Limits) -> int:
    """The CPU time that the kernel grants a child."""
    return max(1, int(limits.wall_most_s))


def code_of(said: object) -> FileCode:
    """The code that a child named; a crash where it named none of ours."""
    try:
        return FileCode(str(said))
    except ValueError:
        return FileCode.PARSER_CRASH

"""Starting the child, giving it the bytes, hearing it out, and ending it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from intake.raw import ReadOptions
from intake.readers import Reader
from models.problem import FileCode
from sandbox.frames import BadFrame, EndOfFrames, FrameReader, LateFrame
from sandbox.limits import Limits
from sandbox.walls import command, environment, wall_kind, working_folder

_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
# A child that had filled this share of its memory when it died, died of it.
_FULL = 0.5
# The same for its CPU time.
_USED_UP = 0.95
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
class Order:
    """What a child is to read: by which reader, how, from which page, and which folders of code it may see besides."""

    reader: Reader
    options: ReadOptions
    first_page: int = 1
    code: tuple[Path, ...] = ()


class Child:
    """A running child; a context manager that leaves nothing behind."""

    def __init__(self, sealed: SealedBytes, order: Order, *, limits: Limits) -> None:
        """Start it.

        Raises:
            NoWalls: there is nothing to shut it in with.
        """
        kind = wall_kind()
        told = {
            "module": order.reader.module,
            "container": order.reader.container,
            "first_page": order.first_page,
            "options": asdict(order.options),
            "walls": kind,
            "code": [str(folder) for folder in order.code],
            "memory_bytes": limits.memory_bytes,
            "cpu_s": max(1, int(limits.wall_most_s)),
        }
        self._cpu_s = limits.wall_most_s
        self._memory_bytes = limits.memory_bytes
        self._process = subprocess.Popen(
            command(kind, (json.dumps(told),), order.code),
            stdin=sealed.descriptor,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=working_folder(kind),
            env=environment(kind, order.code),
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
        return ChildFailed(self._cause_of_death())

    def close(self) -> None:
        """Kill what is left of it and take its status; may be called again."""
        if self._process.returncode is None:
            self._reap(kill=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _cause_of_death(self) -> FileCode:
        """Its pipe is closed: it has died, or pretends to."""
        usage = self._reap(kill=False)
        if usage.ru_utime + usage.ru_stime >= _USED_UP * self._cpu_s:
            return FileCode.TIME_LIMIT
        status = self._process.returncode
        by = -status if status < 0 else status - _BY_SIGNAL
        hungry = usage.ru_maxrss * 1024 > _FULL * self._memory_bytes and usage.ru_maxrss > _own_peak()
        if by == signal.SIGKILL or hungry:
            return FileCode.MEMORY_LIMIT
        return FileCode.PARSER_CRASH

    def _reap(self, *, kill: bool) -> resource.struct_rusage:
        """Wait for the child's end; what it has used."""
        self._pipe.close()
        deadline = time.monotonic() + (0.0 if kill else _GRACE_S)
        while True:
            found, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if found:
                break
            if time.monotonic() >= deadline:
                os.killpg(self._process.pid, signal.SIGKILL)
                _, status, usage = os.wait4(self._process.pid, 0)
                break
            time.sleep(0.005)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return usage


def _own_peak() -> int:
    """The most memory this program has held, in KiB: Linux counts it to each child too, until the child grows larger.

    Not `ru_maxrss`, which in turn holds the peak of the program that started this one.

    Source:
        proc_pid_status(5), VmHWM.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def code_of(said: object) -> FileCode:
    """The code that a child named; a crash where it named none of ours."""
    try:
        return FileCode(str(said))
    except ValueError:
        return FileCode.PARSER_CRASH

"""A folder into which fax servers and scanners lay files: a PDF or TIFF, perhaps with a record beside it.

A file is taken when it has been left alone for a while and nobody has it open for writing; it is moved to `done/` only
after it was accepted, to `refused/` if it never can be, and then it has a receipt, too. Whenever this process is
killed, the same file is accepted once: its key is made of its inode, its time and its content. Folders inside are left
alone.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from intake.channel import CHUNK_BYTES, Desk, Taken
from intake.channels import mbox
from models.arrival import Arrival, ArrivedFile
from models.problem import FileCode, UsageError

_LOG = logging.getLogger(__name__)

DONE, REFUSED = "done", "refused"
# What programs call a file while they still write it.
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".writing", "~")
_HEAD_BYTES = 1 << 14
# A record waits so many times longer for its fax than a fax for its record.
_LONELY = 12


class _Moving(Exception):
    """The file changed while it was read."""


@dataclass(slots=True)
class Folder:
    """A watched folder; `settle_s` is how long a file must have been left alone. What was seen is kept in memory."""

    path: Path
    desk: Desk
    settle_s: float = 5.0
    _seen: dict[str, tuple[tuple[int, ...], float]] = field(default_factory=dict)

    def look(self) -> Taken:
        """Take what is ready.

        Raises:
            OSError: the folder cannot be read, or nothing can be moved in it.
            TransientError: nothing can be accepted now; everything stays where it is.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        present = self._observe()
        taken = Taken()
        for group in self.desk.group(sorted(present), self._head):
            if self.desk.stopping:
                break
            if not self._ready(group):
                taken = _sum(taken, Taken(left=1))
                continue
            taken = _sum(taken, self._take(group))
        return taken

    def _observe(self) -> set[str]:
        """The files of the folder, and since when each has been as it is."""
        now, present = time.monotonic(), set()
        for entry in os.scandir(self.path):
            if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                continue
            told = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(told.st_mode):
                continue
            present.add(entry.name)
            mark = _mark(told)
            if self._seen.get(entry.name, (None,))[0] != mark:
                self._seen[entry.name] = (mark, now)
        for gone in set(self._seen) - present:
            del self._seen[gone]
        return present

    def _ready(self, group: Sequence[str]) -> bool:
        """Whether all files of a group have been left alone long enough, and nobody writes to them."""
        lonely = len(group) == 1 and self.desk.is_record(group[0], self._head(group[0]))
        wait = self.settle_s * (_LONELY if lonely else 1)
        now = time.monotonic()
        settled = all(now - self._seen[name][1] >= wait for name in group)
        return settled and not any(_is_written(self.path / name) for name in group)

    def _take(self, group: Sequence[str]) -> Taken:
        files = [self.path / name for name in group]
        try:
            if len(files) == 1 and files[0].suffix.lower() == ".mbox":
                return self._take_mailbox(files[0])
            large = [file for file in files if file.stat().st_size > self.desk.most]
            if large:
                return self._refuse_large(files, large)
            files, taken = self._accept(files)
        except (_Moving, FileNotFoundError, PermissionError) as failure:
            _LOG.warning("A file in the watched folder is left for later: %s", type(failure).__name__)
            return Taken(left=1)
        self.desk.before_file_move()
        return _sum(taken, self._move(files, DONE))

    def _take_mailbox(self, file: Path) -> Taken:
        """Accept its mails; where one is too large, a person has to look at it."""
        taken = mbox.take(file, self.desk)
        self.desk.before_file_move()
        if not taken.refused:
            return _sum(taken, self._move([file], DONE))
        told = f"{taken.refused} mails are larger than the {self.desk.most} bytes that can be taken"
        return _sum(taken, self._put_aside([file], f"{told}; the others were accepted."))

    def _accept(self, files: list[Path]) -> tuple[list[Path], Taken]:
        """Accept a file with its records; which of them were."""
        stored = tuple(self._store(file) for file in files)
        key = self._key(files[0], stored[0])
        name = _shown(files[0].name)
        try:
            accepted = self.desk.accept(Arrival("folder", name, stored, source_key=key))
        except UsageError:
            # Accepted before, under another name or without the record that came since: that one is not moved along.
            return files[:1], Taken()
        return files, Taken(accepted=not accepted.again)

    def _store(self, file: Path) -> ArrivedFile:
        stored = self.desk.store(_shown(file.name), _chunks(file))
        self._see_the_same(file)
        return stored

    def _refuse_large(self, files: Sequence[Path], large: Sequence[Path]) -> Taken:
        """Keep a receipt of what is too large, and put it aside with what belongs to it."""
        told = tuple(self._unstored(file) for file in large)
        key = self._key(large[0], told[0])
        arrival = Arrival("folder", _shown(large[0].name), told, source_key=key)
        sentence = f"The file is larger than the {self.desk.most} bytes that can be taken."
        try:
            sentence += f" Its receipt is {self.desk.refuse(arrival, FileCode.TOO_LARGE).submission}."
        except UsageError:
            # Refused before, under another name or with other files: that receipt stays.
            sentence += " It has a receipt under the name that it had before."
        self.desk.before_file_move()
        return _sum(Taken(refused=1), self._put_aside(files, sentence))

    def _unstored(self, file: Path) -> ArrivedFile:
        digest, size = hashlib.sha256(), 0
        for chunk in _chunks(file):
            digest.update(chunk)
            size += len(chunk)
        self._see_the_same(file)
        return ArrivedFile(_shown(file.name), digest.hexdigest(), size)

    def _see_the_same(self, file: Path) -> None:
        if not self._is_the_same(file):
            raise _Moving

    def _is_the_same(self, file: Path) -> bool:
        """Whether a file is as it was before it was read."""
        return _mark(file.lstat()) == self._seen[file.name][0]

    def _key(self, file: Path, stored: ArrivedFile) -> str:
        told = f"{self._seen[file.name][0]} {stored.sha256}"
        return f"folder:{hashlib.sha256(told.encode()).hexdigest()}"

    def _put_aside(self, files: Sequence[Path], sentence: str) -> Taken:
        left = self._move(files, REFUSED)
        note = self.path / REFUSED / f"{files[0].name}.why.txt"
        note.parent.mkdir(exist_ok=True)
        note.write_text(sentence + "\n", encoding="utf-8")
        return left

    def _move(self, files: Sequence[Path], where: str) -> Taken:
        """Move files that are through. One that is another by now stays, and is taken as such: it has another key."""
        target = self.path / where
        target.mkdir(exist_ok=True)
        left = 0
        for file in files:
            if self._is_the_same(file):
                file.rename(_free(target / file.name))
                del self._seen[file.name]
            else:
                left += 1
                _LOG.warning("A file in the watched folder has changed since it was taken: it is taken again")
        return Taken(left=left)

    def _head(self, name: str) -> bytes:
        try:
            with (self.path / name).open("rb") as file:
                return file.read(_HEAD_BYTES)
        except OSError:
            return b""


def _chunks(file: Path) -> Iterator[bytes]:
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as content:
        while chunk := content.read(CHUNK_BYTES):
            yield chunk


def _is_written(file: Path) -> bool:
    """Whether somebody has the file open for writing: then no read lease is granted.

    Where the file is another user's, or its file system knows no leases, only having been left alone counts.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return True
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as failure:
        return failure.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def _mark(told: os.stat_result) -> tuple[int, ...]:
    """What makes a file the same one. The number of its device changes when a network folder is mounted again."""
    return (told.st_ino, told.st_mtime_ns, told.st_size)


def _free(target: Path) -> Path:
    """A name that is not taken yet."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name}.{number}")
    return free


def _shown(name: str) -> str:
    """A name as text that can be written anywhere."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _sum(left: Taken, right: Taken) -> Taken:
    return Taken(left.accepted + right.accepted, left.refused + right.refused, left.left + right.left)

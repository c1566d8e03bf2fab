"""What a PATH on the command line holds: submissions, and the files of each."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.sidecars import group_sidecars, is_sidecar
from intake.mailbox import message_bytes, split_mailbox_file
from models.problem import FileCode, UsageError
from models.received import ReceivedFile

_CHUNK = 1 << 20
_HEAD = 1 << 14


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a received file lie: in a file of its own, or (`start`, `length`) in a mailbox."""

    path: Path
    start: int = 0
    length: int | None = None

    def size(self) -> int:
        """How many bytes it has; OSError when it is gone."""
        return self.length if self.length is not None else self.path.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = self.size()
            while left > 0 and (chunk := file.read(min(left, _CHUNK))):
                left -= len(chunk)
                yield chunk

    def stamp(self) -> str:
        """What tells this place from the same one after a change, without reading it."""
        try:
            told = self.path.stat()
        except OSError:
            return "gone"
        return f"{told.st_size} {told.st_mtime_ns} {self.start} {self.length}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file of a submission: its bytes, or the code of why they were not taken. `sha256` is "" where it is gone."""

    path: str
    sha256: str
    received: ReceivedFile | None
    code: FileCode | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One submission: its path as given, and its files with their paths inside it."""

    name: str
    files: tuple[tuple[str, Place], ...]

    def arrivals(self, most: int) -> Iterator[Arrival]:
        """Read the files one after the other; one of more than `most` bytes is only counted and hashed."""
        for path, place in self.files:
            try:
                if not place.path.is_file():
                    raise OSError("neither file nor folder")
                yield _arrival(path, place, most)
            except OSError:
                yield Arrival(path, "", None, FileCode.NOTHING_READABLE)

    def origin(self) -> str:
        """Where its first file lies, however its path was written; two links to one file are two places."""
        place = self.files[0][1]
        plain = os.path.abspath(place.path)  # noqa: PTH100 - resolve() would follow links
        return f"{_shown(plain)} {place.start}"

    def state(self) -> str:
        """A digest of names, sizes and times of the files: the same as long as nobody has touched them."""
        told = "\n".join(f"{path} {place.stamp()}" for path, place in self.files)
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def sources(paths: Sequence[Path], *, each: bool) -> tuple[Source, ...]:
    """The submissions of some paths, in their order; with `each`, every direct child of a path is one.

    A record that a fax server wrote beside a child goes with it, and each mail of a mailbox is a submission of its own.

    Raises:
        UsageError: a path does not exist or holds no file, or `each` is asked of a file.
    """
    found: list[Source] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is nothing at {path}.")
        if not (path.is_dir() or path.is_file()):
            raise UsageError(f"{path} is neither a file nor a folder.")
        if each and not path.is_dir():
            raise UsageError(f"--each needs a folder, and {path} is a file.")
        inside = [child for child in _listed(path) if not child.name.startswith(".")] if each else [path]
        made = [source for group in _groups(inside) for source in _sources(group) if source.files]
        if not made:
            raise UsageError(f"There is no file in {path}.")
        found.extend(made)
    twice = next((name for name, times in Counter(source.name for source in found).items() if times > 1), None)
    if twice is not None:
        raise UsageError(f"{twice} is given twice. Name each submission once.")
    return tuple(found)


def _listed(folder: Path) -> list[Path]:
    """The children of a folder, sorted; UsageError where it cannot be read, for nothing may be passed over."""
    try:
        return sorted(folder.iterdir())
    except OSError as failure:
        raise UsageError(f"The folder {_shown(folder)} cannot be read ({failure.strerror}).") from None


def _groups(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths, each with the records that a fax server wrote beside it; a mailbox has none."""
    by_name = {path.name: path for path in paths}
    alone = [name for name in by_name if name.lower().endswith(".mbox")]
    grouped = group_sidecars([name for name in by_name if name not in alone], _recorded(by_name))
    yield from sorted([tuple(by_name[name] for name in group) for group in (*grouped, *((name,) for name in alone))])


def _recorded(by_name: Mapping[str, Path]) -> Callable[[str], bool]:
    def recognised(name: str) -> bool:
        try:
            if not by_name[name].is_file():
                return False
            with by_name[name].open("rb") as file:
                return is_sidecar(file.read(_HEAD), name)
        except OSError:
            return False

    return recognised


def _sources(group: tuple[Path, ...]) -> Iterator[Source]:
    """The submissions of a file or folder with its records; of a mailbox, one a mail."""
    path = group[0]
    if path.is_file() and path.suffix.lower() == ".mbox":
        mails = _mails(path)
        for number, (start, length) in enumerate(mails, 1):
            yield Source(f"{_shown(path)}/{number}", ((f"{number}.eml", Place(path, start, length)),))
        if mails:
            return
    own = tuple(_files(path, path)) if path.is_dir() else ((_shown(path.name), Place(path)),)
    yield Source(_shown(path), (*own, *((_shown(record.name), Place(record)) for record in group[1:])))


def _mails(mailbox: Path) -> tuple[tuple[int, int], ...]:
    try:
        with mailbox.open("rb") as file:
            return tuple(split_mailbox_file(file))
    except OSError:
        return ()


def _files(folder: Path, root: Path) -> Iterator[tuple[str, Place]]:
    """All files of a folder and the folders in it, by their path; hidden ones are passed over."""
    within = [
        (child.relative_to(root).as_posix(), child)
        for child in _all_files(folder)
        if not any(step.startswith(".") for step in child.relative_to(root).parts)
    ]
    yield from ((_shown(name), Place(file)) for name, file in sorted(within))


def _all_files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder itself; a link to a folder is not followed, but counts as a file."""
    for child in _listed(folder):
        if child.is_dir() and not child.is_symlink() and not child.name.startswith("."):
            yield from _all_files(child)
        elif not child.is_dir() or child.is_symlink():
            yield child


def _shown(path: Path | str) -> str:
    """A path as text that can be written anywhere; bytes of it that are no UTF-8 are shown as hexadecimal figures."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _arrival(path: str, place: Place, most: int) -> Arrival:
    if place.size() > most:
        digest = hashlib.sha256()
        for chunk in place.chunks():
            digest.update(chunk)
        return Arrival(path, digest.hexdigest(), None, FileCode.TOO_LARGE)
    content = b"".join(place.chunks())
    if place.length is not None:
        content = message_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(path, sha256, ReceivedFile(path=path, content=content, sha256=sha256))

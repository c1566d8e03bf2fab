"""What a PATH on the command line holds: submissions, and the files of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.problem import UsageError
from models.received import ReceivedFile


@dataclass(frozen=True, slots=True)
class Source:
    """One submission: its path as given, and its files with their paths inside it."""

    name: str
    files: tuple[tuple[str, Path], ...]

    def received(self) -> Iterator[tuple[str, ReceivedFile | None]]:
        """Read the files one after the other, each with its path; None for one that this machine cannot read."""
        for path, place in self.files:
            try:
                content = place.read_bytes()
            except OSError:
                yield path, None
            else:
                yield path, ReceivedFile(path=path, content=content, sha256=hashlib.sha256(content).hexdigest())


def sources(paths: Sequence[Path], *, each: bool) -> tuple[Source, ...]:
    """The submissions of some paths, in their order; with `each`, every direct child of a path is one.

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
        inside = sorted(child for child in path.iterdir() if not child.name.startswith(".")) if each else [path]
        made = [source for source in map(_source, inside) if source.files]
        if not made:
            raise UsageError(f"There is no file in {path}.")
        found.extend(made)
    twice = next((name for name, times in Counter(source.name for source in found).items() if times > 1), None)
    if twice is not None:
        raise UsageError(f"{twice} is given twice. Name each submission once.")
    return tuple(found)


def _source(path: Path) -> Source:
    if path.is_dir():
        files = sorted(
            (f.relative_to(path).as_posix(), f) for f in path.rglob("*") if f.is_file() and not _hidden(f, path)
        )
        return Source(str(path), tuple(files))
    return Source(str(path), ((path.name, path),))


def _hidden(file: Path, root: Path) -> bool:
    return any(step.startswith(".") for step in file.relative_to(root).parts)

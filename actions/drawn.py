"""Pages that were drawn, kept so that they need not be drawn again: a folder of a bounded size, the oldest used go."""

from __future__ import annotations

import contextlib
import os
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path


class Drawn:
    """PNGs by the key of their document and the number of their page. The folder may be emptied at any time.

    The folder is looked through once, at the first use; after that what lies in it is counted as it comes and goes.
    """

    def __init__(self, folder: Path, most: int) -> None:
        """Keep at most `most` bytes in a folder, which need not be there yet."""
        self._folder = folder
        self._most = most
        self._sizes: OrderedDict[tuple[str, int], int] | None = None
        self._total = 0
        self._lock = threading.Lock()

    def has(self, key: str, numbers: Iterable[int]) -> bool:
        """Whether all these pages are kept, as far as is known here."""
        with self._lock:
            known = self._known()
            return all((key, number) in known for number in numbers)

    def get(self, key: str, number: int) -> bytes | None:
        """A page that is kept; it is now the last one used."""
        path = self._path(key, number)
        try:
            png = path.read_bytes()
        except OSError:
            with self._lock:
                self._forget(key, number)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        with self._lock:
            self._count(key, number, len(png))
        return png

    def keep(self, key: str, number: int, png: bytes) -> None:
        """Keep a page. One that cannot be kept (the disk is full) is drawn again when it is wanted."""
        if len(png) > self._most:
            return
        path = self._path(key, number)
        part = path.with_suffix(f".{uuid.uuid4().hex}.part")
        with self._lock, contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                part.write_bytes(png)
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
            self._count(key, number, len(png))
            while self._total > self._most:
                self._remove(*next(iter(self._known())))

    def _known(self) -> OrderedDict[tuple[str, int], int]:
        """The sizes of all pages, the last used last."""
        if self._sizes is None:
            found = sorted(_found(self._folder))
            self._sizes = OrderedDict((place, size) for _, place, size in found)
            self._total = sum(self._sizes.values())
        return self._sizes

    def _count(self, key: str, number: int, size: int) -> None:
        self._forget(key, number)
        self._known()[key, number] = size
        self._total += size

    def _forget(self, key: str, number: int) -> None:
        size = self._known().pop((key, number), 0)
        self._total -= size

    def _remove(self, key: str, number: int) -> None:
        self._forget(key, number)
        path = self._path(key, number)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()

    def _path(self, key: str, number: int) -> Path:
        return self._folder / key / f"{number}.png"


def _found(folder: Path) -> list[tuple[float, tuple[str, int], int]]:
    """When each page in the folder was last used, which it is, and its bytes. What was left half-written goes."""
    found = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):
            if path.suffix == ".part":
                path.unlink(missing_ok=True)
            elif path.suffix == ".png" and path.stem.isdecimal():
                told = path.stat()
                found.append((told.st_mtime, (path.parent.name, int(path.stem)), told.st_size))
    return found

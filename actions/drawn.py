"""Pages that were drawn, kept so that they need not be drawn again: a folder of a bounded size, the oldest used go."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

# At most so many files are removed for one that is kept: a folder that was too large shrinks by and by.
_MOST_REMOVED = 20
# The last chunk of a PNG: a file that a power cut has torn does not end with it.
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
# What is being written by others is younger.
_HALF_S = 60.0
_Place = tuple[str, int]


class Drawn:
    """PNGs by the key of their document and the number of their page. The folder may be emptied at any time.

    What lies in it by other `rules` is removed: it may show what is covered by now. The folder is looked through once,
    beside the work, when the first page is kept; after that what lies in it is counted as it comes and goes.
    """

    def __init__(self, folder: Path, most: int, *, rules: str = "0") -> None:
        """Keep at most `most` bytes, drawn by these `rules`, in a folder, which need not be there yet."""
        self._all, self._folder = folder, folder / rules
        self._most = most
        self._sizes: OrderedDict[_Place, int] = OrderedDict()
        self._total = 0
        self._walker: threading.Thread | None = None
        # What went while the folder is looked through, and may have been seen there before.
        self._gone: set[_Place] | None = None
        self._lock = threading.Lock()

    def has(self, key: str, numbers: Iterable[int]) -> bool:
        """Whether all these pages are kept, as far as is known here."""
        with self._lock:
            left = [number for number in numbers if (key, number) not in self._sizes]
        return all(self._path(key, number).is_file() for number in left)

    def get(self, key: str, number: int) -> bytes | None:
        """A page that is kept; it is now the last one used."""
        path = self._path(key, number)
        try:
            png = path.read_bytes()
        except OSError:
            self._forget(key, number)
            return None
        if not png.endswith(_END):
            self._remove(key, number)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        self._count(key, number, len(png))
        return png

    def keep(self, key: str, number: int, png: bytes) -> None:
        """Keep a page. One that cannot be kept (the disk is full) is drawn again when it is wanted."""
        if len(png) > self._most:
            return
        path = self._path(key, number)
        part = path.with_suffix(f".{uuid.uuid4().hex}.part")
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                part.write_bytes(png)
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
            self._count(key, number, len(png))
            self._make_room()
            self._begin_walk()

    def _begin_walk(self) -> None:
        with self._lock:
            if self._walker is None:
                self._gone = set()
                self._walker = threading.Thread(target=self._walk, name="drawn", daemon=True)
                self._walker.start()

    def _walk(self) -> None:
        """Count what lay there at the start: it was used before all that is known by now."""
        try:
            self._learn(sorted(_found(self._folder)))
        finally:
            with self._lock:
                self._gone = None
        self._make_room()
        _drop_others(self._all, self._folder)

    def _learn(self, found: list[tuple[float, _Place, int]]) -> None:
        with self._lock:
            known, gone = self._sizes, self._gone or set()
            left = ((place, size) for _, place, size in found if place not in known and place not in gone)
            self._sizes = OrderedDict(left)
            self._sizes.update(known)
            self._total = sum(self._sizes.values())
            self._gone = None

    def _make_room(self) -> None:
        for place in self._too_many():
            self._remove(*place)

    def _too_many(self) -> list[_Place]:
        """What has to go next, the longest unused first."""
        with self._lock:
            over, going = self._total - self._most, list[_Place]()
            for place, size in self._sizes.items():
                if over <= 0 or len(going) >= _MOST_REMOVED:
                    break
                going.append(place)
                over -= size
            return going

    def _count(self, key: str, number: int, size: int) -> None:
        with self._lock:
            self._total += size - self._sizes.pop((key, number), 0)
            self._sizes[key, number] = size

    def _forget(self, key: str, number: int) -> None:
        with self._lock:
            self._total -= self._sizes.pop((key, number), 0)
            if self._gone is not None:
                self._gone.add((key, number))

    def _remove(self, key: str, number: int) -> None:
        self._forget(key, number)
        path = self._path(key, number)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()

    def _path(self, key: str, number: int) -> Path:
        return self._folder / key / f"{number}.png"


def _found(folder: Path) -> list[tuple[float, _Place, int]]:
    """When each page in the folder was last used, which it is, and its bytes. What was left half-written goes."""
    found, begun = list[tuple[float, _Place, int]](), time.time()
    for path in (path for pages in _listed(folder) for path in _listed(pages)):
        with contextlib.suppress(OSError):
            told = path.stat()
            if path.suffix == ".part" and begun - told.st_mtime > _HALF_S:
                path.unlink(missing_ok=True)
            elif path.suffix == ".png" and path.stem.isdecimal():
                found.append((told.st_mtime, (path.parent.name, int(path.stem)), told.st_size))
    return found


def _drop_others(folder: Path, kept: Path) -> None:
    """Remove pages that were drawn by other rules, and folders that are empty then."""
    inner = [path for others in _listed(folder) if others != kept for path in _listed(others)]
    for path in (*inner, *(path for pages in inner for path in _listed(pages))):
        if path.suffix == ".png":
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                path.parent.rmdir()
                path.parent.parent.rmdir()


def _listed(folder: Path) -> list[Path]:
    """What lies in a folder; nothing if it is none, or is removed while we look: others go on being looked at."""
    found = list[Path]()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        found.extend(Path(entry) for entry in entries)
    return found

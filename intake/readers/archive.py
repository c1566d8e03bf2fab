"""ZIP archives: each entry is a document of its own. What is not safe to unpack is refused, entry by entry."""

from __future__ import annotations

import io
import itertools
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.zip_names import is_litter, is_unsafe, name_of
from intake.zip_repair import Found, recovered

# More entries than an office packs (docs/reliability); the whole archive is then refused.
_ENTRIES = 200
# A page of white in one bit packs a thousandfold, a bomb too; below this size neither does harm.
_RATIO = 100
_RATIO_FROM_BYTES = 20_000_000
_LOCKED = 0x1
_CHUNK = 1 << 20


class Archive:
    """An opened archive; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ()
    sender: str | None = None
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, file: zipfile.ZipFile, options: ReadOptions) -> None:
        """Take the archive."""
        self._file = file
        self._options = options
        self._entries = tuple((entry, name_of(entry)) for entry in file.infolist() if not entry.is_dir())

    def leaves(self) -> Iterator[RawLeaf]:
        """The entries in the order of the archive's directory, without what systems leave behind."""
        for entry, path in self._entries:
            if not is_litter(path):
                yield self._leaf(entry, path)

    def check(self) -> None:
        """Unreadable: F016 when the archive as a whole is not safe to unpack."""
        documents = [entry for entry, path in self._entries if not is_litter(path)]
        if len(documents) > min(_ENTRIES, self._options.leaves):
            raise Unreadable("F016")
        if sum(entry.file_size for entry in documents) > self._options.unpacked or _overlap(documents):
            raise Unreadable("F016")

    def _leaf(self, entry: zipfile.ZipInfo, path: str) -> RawLeaf:
        content, refused = b"", None
        try:
            content = self._content(entry, path)
        except Unreadable as reason:
            refused = reason.code
        return RawLeaf(filename=path[-1000:], media_type="", body=False, content=content, refused=refused)

    def _content(self, entry: zipfile.ZipInfo, path: str) -> bytes:
        """The bytes of an entry. Unreadable: F002 too large, F005 locked, F006 damaged, F016 not safe."""
        if is_unsafe(entry, path):
            raise Unreadable("F016")
        if entry.flag_bits & _LOCKED:
            raise Unreadable("F005")
        most = max(_RATIO * max(1, entry.compress_size), _RATIO_FROM_BYTES)
        if entry.file_size > most:
            raise Unreadable("F016")
        if entry.file_size > self._options.leaf_bytes:
            raise Unreadable("F002")
        try:
            return self._read(entry, min(most, self._options.leaf_bytes))
        except NotImplementedError:
            raise Unreadable("F003") from None
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError):
            raise Unreadable("F006") from None

    def _read(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """Never more than `most` bytes, whatever the directory says of the size."""
        out = bytearray()
        with self._file.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                out += chunk
                if len(out) > most:
                    raise Unreadable("F016")
        return bytes(out)


class RepairedArchive:
    """An archive without a usable directory; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ("F007",)
    sender: str | None = None
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, entries: tuple[Found, ...]) -> None:
        """Take the entries that were found."""
        self._entries = entries

    def leaves(self) -> Iterator[RawLeaf]:
        """The entries as they were found."""
        for found in self._entries:
            entry = zipfile.ZipInfo(found.name.decode("utf-8" if found.is_utf8 else "cp437", "replace"))
            entry.flag_bits = 0x800 if found.is_utf8 else 0
            path = name_of(entry)
            if path.endswith("/") or is_litter(path):
                continue
            refused = "F016" if is_unsafe(entry, path) else found.refused
            content = b"" if refused else found.content
            yield RawLeaf(filename=path[-1000:], media_type="", body=False, content=content, refused=refused)


def load(content: bytes, options: ReadOptions) -> Archive | RepairedArchive:
    """Open an archive.

    Raises:
        Unreadable: F006 nothing of it can be read, F016 too many entries, too much to unpack, or entries that overlap,
            F017 it is empty.
    """
    try:
        archive = Archive(zipfile.ZipFile(io.BytesIO(content)), options)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return _repaired(content, options)
    archive.check()
    return archive


def _repaired(content: bytes, options: ReadOptions) -> RepairedArchive:
    found: list[Found] = []
    room = options.unpacked
    for entry in recovered(content, most=min(options.leaf_bytes, room)):
        found.append(entry)
        room -= len(entry.content)
        if len(found) > _ENTRIES or room < 0:
            raise Unreadable("F016")
    if not found:
        raise Unreadable("F006")
    return RepairedArchive(tuple(found))


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether entries share their bytes, as those of a bomb do that holds one stream under many names.

    Source:
        D. Fifield, "A better zip bomb", WOOT 2019.
    """
    places = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return any(end > start for (_, end), (start, _) in itertools.pairwise(places))

"""The folder of results of a run: three sheets in the order of the submissions, and a folder for each request.

A hidden journal in it says after each submission how far the sheets reach, so that a run that was killed can go on:
what the journal does not vouch for is cut off and done again. Nothing else of a run is kept in memory or elsewhere.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from actions.submissions import Source
from models.problem import UsageError, WritingFailed
from models.request import AuthorizationRequest, HeldPage, Rejection
from models.value import Value

SHEETS = ("requests", "held", "rejected")
_JOURNAL = ".journal.jsonl"
_WORK = ".work"


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission that is done: its files as they were, its pages, and where the sheets ended after it (bytes)."""

    submission: str
    origin: str
    state: str
    files: tuple[str, ...]
    pages: int
    failed: bool
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What the sheets say of one submission."""

    entry: Entry
    requests: tuple[Mapping[str, Any], ...]
    held: tuple[Mapping[str, Any], ...]
    rejected: tuple[Mapping[str, Any], ...]


class ResultFolder:
    """A folder of results that one run fills; a context manager. Make it with `begin` or `go_on`.

    `brought` names the submission that first brought a document, by the document's sha256.
    """

    def __init__(self, out: Path, journal: BinaryIO, started_at: dt.datetime, entries: Sequence[Entry]) -> None:
        """Take the open journal and what it says; the sheets are cut to what it vouches for."""
        self.started_at = started_at
        self._out = out
        self._journal = journal
        self.brought: dict[str, str] = {}
        self._entries = {entry.submission: entry for entry in entries}
        self._origins = {entry.origin: entry.submission for entry in entries}
        ends = entries[-1].ends if entries else (0,) * len(SHEETS)
        self._sheets = tuple(_cut(out / f"{name}.jsonl", end) for name, end in zip(SHEETS, ends, strict=True))
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        for written in self.written():
            for request in written.requests:
                self._remember(written.entry.submission, (document["sha256"] for document in request["documents"]))

    @classmethod
    def begin(cls, out: Path, *, options: Mapping[str, str], now: dt.datetime) -> Self:
        """Take a new or empty folder.

        Raises:
            UsageError: it is a file, holds something, or cannot be made or written to.
        """
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file. Give an empty or new folder for the results.")
        if (out / _JOURNAL).exists():
            raise UsageError(f"The folder {out} holds the results of a run. Go on with --resume, or give a new folder.")
        if out.exists() and any(out.iterdir()):
            raise UsageError(f"The folder {out} is not empty. Give an empty or new folder for the results.")
        try:
            out.mkdir(parents=True, exist_ok=True)
            journal = (out / _JOURNAL).open("x+b")
        except OSError as failure:
            raise UsageError(f"Nothing can be written to {out} ({failure.strerror}). Give another folder.") from None
        _lock(journal, out)
        _put(journal, {"started_at": now.isoformat(), "options": dict(options)})
        return cls(out, journal, now, ())

    @classmethod
    def go_on(cls, out: Path, *, options: Mapping[str, str], now: dt.datetime) -> Self:
        """Take up a run where it stopped; one that never started is begun.

        Raises:
            UsageError: the folder holds no run, or one with other options; or another program is at it.
        """
        if not (out / _JOURNAL).exists():
            if out.is_dir() and any(out.iterdir()):
                raise UsageError(f"The folder {out} holds no run that could be resumed. Give an empty or new folder.")
            return cls.begin(out, options=options, now=now)
        journal = (out / _JOURNAL).open("r+b")
        _lock(journal, out)
        head, entries = _journal(journal)
        if head is None:
            _put(journal, {"started_at": now.isoformat(), "options": dict(options)})
            return cls(out, journal, now, ())
        changed = [name for name in options if head["options"].get(name) != options[name]]
        if changed:
            journal.close()
            raise UsageError(
                f"The run in {out} was started with another {_listed(changed)}. "
                "Resume it with the same, or give a new folder."
            )
        return cls(out, journal, dt.datetime.fromisoformat(head["started_at"]), entries)

    @property
    def work(self) -> Path:
        """Where page images lie while a submission is under way; emptied at the start and the end of a run."""
        return self._out / _WORK

    def has(self, source: Source) -> bool:
        """Whether this submission is done.

        Raises:
            UsageError: it is, but its files have changed since, or it was named in another way.
        """
        entry = self._entries.get(source.name)
        named = self._origins.get(source.origin(), source.name)
        if named != source.name:
            raise UsageError(f"{source.name} was processed as {named}. Name the paths as you did before.")
        if entry is not None and entry.state != source.state():
            raise UsageError(
                f"{source.name} has changed since it was processed. Process it into a new folder, without --resume."
            )
        return entry is not None

    def put(self, request: AuthorizationRequest, name: str, content: bytes) -> None:
        """Write one format of a request into its folder, whole or not at all."""
        folder = self._out / request.id
        part = folder / f".{name}"
        try:
            folder.mkdir(exist_ok=True)
            part.write_bytes(content)
            part.replace(folder / name)
        except OSError as failure:
            raise WritingFailed(str(self._out), failure.strerror or "unknown") from None

    def put_once(self, name: str, content: bytes) -> None:
        """Write what is written once a run beside the sheets, whole or not at all."""
        part = self._out / f".{name}"
        try:
            part.write_bytes(content)
            part.replace(self._out / name)
        except OSError as failure:
            raise WritingFailed(str(self._out), failure.strerror or "unknown") from None

    def requests(self) -> Iterator[AuthorizationRequest]:
        """All requests of the run, read back one at a time."""
        for written in self.written():
            yield from (AuthorizationRequest.model_validate_json(json.dumps(one)) for one in written.requests)

    def drop(self, request: AuthorizationRequest) -> None:
        """Remove the folder of a request that could not be written whole."""
        shutil.rmtree(self._out / request.id, ignore_errors=True)

    def add(
        self,
        source: Source,
        requests: Sequence[AuthorizationRequest],
        held: Sequence[HeldPage],
        *,
        rejected: Sequence[Rejection],
        pages: int,
        failed: bool,
    ) -> None:
        """Write what became of a submission to the sheets, then vouch for it in the journal."""
        files = tuple(path for path, _ in source.files)
        try:
            for sheet, values in zip(self._sheets, (requests, held, rejected), strict=True):
                _write(sheet, values)
            ends = tuple(sheet.tell() for sheet in self._sheets)
            entry = Entry(source.name, source.origin(), source.state(), files, pages, failed, ends)
            _put(self._journal, asdict(entry))
        except OSError as failure:
            raise WritingFailed(str(self._out), failure.strerror or "unknown") from None
        self._entries[source.name] = entry
        self._origins[entry.origin] = source.name
        self._remember(source.name, (document.sha256 for request in requests for document in request.documents))

    def written(self) -> Iterator[Written]:
        """What the sheets say, submission by submission, read back from the disk."""
        with ExitStack() as files:
            sheets = [files.enter_context((self._out / f"{name}.jsonl").open("rb")) for name in SHEETS]
            for entry in self._entries.values():
                told = [tuple(_lines(sheet, end)) for sheet, end in zip(sheets, entry.ends, strict=True)]
                yield Written(entry, *told)

    def _remember(self, submission: str, documents: Iterable[str]) -> None:
        for sha256 in documents:
            self.brought.setdefault(sha256, submission)

    def __enter__(self) -> Self:
        """The folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the sheets and remove page images; the journal stays."""
        for file in (*self._sheets, self._journal):
            file.close()
        shutil.rmtree(self.work, ignore_errors=True)


def _lock(journal: BinaryIO, out: Path) -> None:
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        journal.close()
        raise UsageError(f"Another program is writing to {out}. Wait until it has ended.") from None


def _journal(journal: BinaryIO) -> tuple[dict[str, Any] | None, list[Entry]]:
    """The head and the entries; what a kill or a power cut left of a last line is forgotten."""
    head: dict[str, Any] | None = None
    entries: list[Entry] = []
    good = 0
    for line in iter(journal.readline, b""):
        if not line.endswith(b"\n"):
            break
        try:
            told = json.loads(line)
        except ValueError:
            break
        if head is None:
            head = told
        else:
            entries.append(Entry(**{**told, "files": tuple(told["files"]), "ends": tuple(told["ends"])}))
        good = journal.tell()
    journal.truncate(good)
    journal.seek(good)
    return head, entries


def _cut(sheet: Path, end: int) -> BinaryIO:
    file = sheet.open("r+b" if sheet.exists() else "x+b")
    file.truncate(end)
    file.seek(end)
    return file


def _write(sheet: BinaryIO, values: Iterable[Value]) -> None:
    sheet.writelines(value.model_dump_json(by_alias=True).encode() + b"\n" for value in values)
    sheet.flush()
    os.fsync(sheet.fileno())


def _put(journal: BinaryIO, value: Mapping[str, Any]) -> None:
    journal.write(json.dumps(value).encode() + b"\n")
    journal.flush()
    os.fsync(journal.fileno())


def _lines(sheet: BinaryIO, end: int) -> Iterator[Mapping[str, Any]]:
    while sheet.tell() < end:
        yield json.loads(sheet.readline())


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)

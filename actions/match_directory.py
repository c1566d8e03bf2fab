"""Matching a file of queries against a directory: a line of answer for a line of question."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from actions.directories import Directories
from models.directory import DirectoryProvider, Member
from models.problem import UsageError, WritingFailed
from models.request import Match
from store.directory import FILE

MatchKind = Literal["members", "providers"]
_ROWS: Mapping[MatchKind, type[Member | DirectoryProvider]] = {"members": Member, "providers": DirectoryProvider}


@dataclass(slots=True)
class Matched:
    """How many queries came to each decision."""

    link: int = 0
    possible_link: int = 0
    non_link: int = 0


def match_directory(kind: MatchKind, queries: Path, out: Path, data: Path, *, told: Callable[[int], None]) -> Matched:
    """Match every query of a file, in its order; `told` is called with the number done now and then.

    Each line of `out` is {"query_id", "decision", "record", "probability", "candidates": [{"record", "probability"}]}.

    Raises:
        UsageError: the queries cannot be read, or there is no such directory in the data folder.
    """
    sums = Matched()
    # Looked for before anything is opened: opening would make an empty directory.
    if not (data / FILE).is_file():
        raise _no_directory(kind, data)
    with Directories.open(data) as directories:
        if kind not in directories.kinds:
            raise _no_directory(kind, data)
        try:
            with out.open("w", encoding="utf-8") as lines:
                for number, (query_id, query) in enumerate(_queries(kind, queries), 1):
                    match = _asked(directories, query)
                    setattr(sums, match.decision, getattr(sums, match.decision) + 1)
                    lines.write(json.dumps(_line(query_id, match), ensure_ascii=False) + "\n")
                    if number % 1000 == 0:
                        told(number)
        except OSError as failure:
            raise WritingFailed(str(out), failure.strerror or "unknown") from None
    return sums


def _no_directory(kind: MatchKind, data: Path) -> UsageError:
    return UsageError(f"There are no {kind} in {data}. Load them with: dossier directory import {kind} FILE.csv")


def _asked(directories: Directories, query: Member | DirectoryProvider) -> Match:
    return directories.member(query) if isinstance(query, Member) else directories.provider(query)


def _line(query_id: str, match: Match) -> dict[str, Any]:
    return {
        "query_id": query_id,
        "decision": match.decision,
        "record": match.record,
        "probability": match.probability,
        "candidates": [candidate.model_dump() for candidate in match.candidates],
    }


def _queries(kind: MatchKind, file: Path) -> Iterator[tuple[str, Member | DirectoryProvider]]:
    """The queries of a file; columns that are not there are empty, short rows are filled up."""
    made = _ROWS[kind]
    try:
        with file.open("r", encoding="utf-8-sig", newline="") as stream:
            sheet = csv.reader(stream)
            header = [cell.strip().lower() for cell in next(sheet, [])]
            if header[:1] != ["query_id"]:
                raise UsageError(f"{file.name} must begin with the column query_id.")
            known = {each.name for each in fields(made)} - {"attributes"}
            for cells in sheet:
                if any(cells):
                    given = {n: cell.strip() for n, cell in zip(header, cells, strict=False) if n in known}
                    yield cells[0].strip(), made(**given)
    except FileNotFoundError:
        raise UsageError(f"There is no file {file}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} is not UTF-8 text. Save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise UsageError(f"{file.name} is not CSV: {error}.") from None

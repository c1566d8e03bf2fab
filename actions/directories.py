"""Asking the directories: blocking keys go to the store, what it brings is matched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.import_directory import Imported, load
from matching.blocking import member_keys, provider_keys
from matching.members import match_member
from matching.providers import match_provider
from models.directory import (
    DirectoryKind,
    DirectoryProvider,
    EarlierAuthorization,
    Known,
    Member,
    MemberCandidates,
    Population,
    ProviderCandidates,
    Questions,
)
from models.request import Match
from store.directory import FILE, DirectoryStore, reading

KINDS: tuple[DirectoryKind, ...] = ("members", "providers", "authorizations")
# The answer to a request that says nothing of its patient.
NOBODY = Match(decision="non_link", record=None, probability=0.0)


@dataclass(frozen=True, slots=True)
class Directories:
    """The directories of a data folder, and which of them there are; the frequencies of names are read once.

    `signature` tells directories apart that were loaded for one run.
    """

    store: DirectoryStore
    kinds: frozenset[DirectoryKind]
    people: Population
    practices: Population
    signature: str = ""

    @classmethod
    @contextmanager
    def open(cls, data: Path) -> Iterator[Directories]:
        """The directories of a data folder for the time of a `with`; those without a row count as not there."""
        with reading(data) as store:
            sizes = {kind: store.size(kind) for kind in KINDS}
            kept = cls.of(store, frozenset(kind for kind, size in sizes.items() if size))
            yield replace(kept, signature=f"{data}: {sizes}")

    @classmethod
    @contextmanager
    def chosen(
        cls, files: Mapping[DirectoryKind, Path], data: Path, *, told: Callable[[DirectoryKind, Imported], None]
    ) -> Iterator[Directories | None]:
        """The directories of CSV files for the time of a `with`, kept nowhere; without files those of the data folder.

        None if there are neither. `told` is called with what became of each file.
        """
        if not files:
            with cls.open(data) if (data / FILE).is_file() else nullcontext() as kept:
                yield kept if kept is not None and kept.kinds else None
            return
        with TemporaryDirectory(prefix="dossier-") as folder, reading(Path(folder)) as store:
            digest = hashlib.sha256()
            for kind, file in sorted(files.items()):
                told(kind, load(store, kind, file, told=lambda _: None))
                digest.update(kind.encode() + hashlib.sha256(file.read_bytes()).digest())
            yield replace(cls.of(store, frozenset(files)), signature=digest.hexdigest())

    @classmethod
    def of(cls, store: DirectoryStore, kinds: frozenset[DirectoryKind]) -> Directories:
        """Directories in a store that is open."""
        return cls(store, kinds, store.population("members"), store.population("providers"))

    def member(self, query: Member) -> Match:
        """Which member it is."""
        return match_member(query, MemberCandidates(self.store.members(member_keys(query)), self.people))

    def provider(self, query: DirectoryProvider) -> Match:
        """Which provider it is."""
        return match_provider(query, ProviderCandidates(self.store.providers(provider_keys(query)), self.practices))

    def answer(self, questions: Questions) -> Known:
        """What the directories say of those a request speaks of."""
        member = None
        if "members" in self.kinds:
            member = self.member(questions.member) if questions.member_said else NOBODY
        linked = member.record if member is not None and member.decision == "link" else None
        earlier: tuple[EarlierAuthorization, ...] | None = None
        if "authorizations" in self.kinds:
            number = linked or (questions.member.member_id if member is None else "")
            earlier = self.store.authorizations(number) if number else ()
        return Known(
            member=member,
            coverage=self.store.coverage(linked) if linked else (),
            providers={role: self.provider(query) for role, query in questions.providers}
            if "providers" in self.kinds
            else {},
            earlier=earlier,
        )

"""Everything that the service offers to whoever may ask for it: what the API and the pages are made of."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.receive import Inbox
from actions.render_page import PageRoom
from assembly.corrections import correct
from emit.format import Format
from emit.formats import FORMATS
from models.access import demand
from models.checklist import MissingItem
from models.correction import Correction, CorrectionKind
from models.page_image import PageImage
from models.principal import Principal
from models.problem import NotFound, UsageError
from models.request import AuthorizationRequest
from store import keys, migrate
from store.blobs import Blobs
from store.db import Database
from store.repository import Repository, Sheet, StoredRequest


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a person wants changed, as the contract's PATCH has it."""

    path: str
    value: Any
    kind: CorrectionKind
    reason: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The service of one installation. Each method asks first whether the caller may, and tells the audit."""

    database: Database
    blobs: Blobs
    inbox: Inbox
    pages: PageRoom

    def caller(self, key: str) -> Principal | None:
        """Whose API key it is; None for one that does not hold."""
        return keys.find(self.database, key)

    def ready(self) -> tuple[bool, str]:
        """Whether work can be accepted, and what is wrong if not."""
        with contextlib.suppress(Exception):
            if not migrate.is_current(self.database):
                return False, "the database is not migrated"
            self.blobs.check()
            return True, "ready"
        return False, "the database or the store does not answer"

    def submission(self, who: Principal, identifier: str) -> dict[str, Any]:
        """A submission with its files and pages."""
        demand(who, "submission.read")
        return Repository(self.database, who).submission(identifier)

    def submissions(self, who: Principal, *, cursor: str | None, most: int, state: str | None = None) -> Sheet:
        """Submissions, the newest first."""
        demand(who, "submission.list")
        return Repository(self.database, who).submissions(cursor=cursor, most=most, state=state)

    def requests(
        self, who: Principal, *, cursor: str | None, most: int, status: str | None = None, payer: str | None = None
    ) -> Sheet:
        """Requests, the newest first."""
        demand(who, "request.list")
        return Repository(self.database, who).requests(cursor=cursor, most=most, status=status, payer=payer)

    def search(
        self, who: Principal, *, name: str | None, birth_date: str | None, member_id: str | None,
        cursor: str | None, most: int,
    ) -> Sheet:  # fmt: skip
        """Requests of a patient."""
        demand(who, "request.search")
        repository = Repository(self.database, who)
        found = repository.search(name=name, birth_date=birth_date, member_id=member_id, cursor=cursor, most=most)
        repository.looked("request.search", "-")
        return found

    def request(self, who: Principal, identifier: str) -> StoredRequest:
        """A request."""
        demand(who, "request.read")
        repository = Repository(self.database, who)
        found = repository.request(identifier)
        repository.looked("request.read", identifier)
        return found

    def change(
        self, who: Principal, identifier: str, changes: Sequence[Change], *, version: int | None, now: dt.datetime
    ) -> int:
        """Correct values of a request; the new version. Its case is put together anew soon after.

        Raises:
            UsageError: a value cannot be corrected so; nothing is changed.
            Changed: the request is not in the `version` that the caller saw.
        """
        demand(who, "request.change")
        repository = Repository(self.database, who)
        stored = repository.request(identifier)
        made = [Correction(one.path, one.value, one.kind, who.actor, now, one.reason, one.document) for one in changes]
        request = stored.request
        for one in made:
            if one.kind == "provider_change" and one.document is None:
                raise UsageError("A change by the provider needs the document that shows it.")
            request = correct(request, one)
        return repository.correct(identifier, made, version=version)

    def formatted(self, who: Principal, identifier: str, name: str) -> tuple[bytes, str]:
        """A request in one of the formats: the bytes and the file's extension.

        Raises:
            NotFound: there is no such request or format.
        """
        demand(who, "request.format")
        chosen = next((one for one in FORMATS if one.name == name), None)
        if chosen is None:
            raise NotFound(f"There is no format '{name}'. Known formats: {', '.join(one.name for one in FORMATS)}.")
        repository = Repository(self.database, who)
        stored = repository.request(identifier)
        repository.looked("request.format", identifier)
        if isinstance(chosen, Format):
            return chosen.run(stored.request, _Pictures(self, repository, stored)), chosen.extension
        return chosen.run((stored.request,)), chosen.extension

    def missing(self, who: Principal, identifier: str) -> tuple[MissingItem, ...]:
        """What is missing of a request."""
        demand(who, "missing.read")
        return self.request(who, identifier).request.missing_items

    def page_image(self, who: Principal, key: str, number: int, *, upright: bool) -> bytes:
        """A page as a PNG."""
        demand(who, "page.image")
        repository = Repository(self.database, who)
        image = self.pages.image(repository.document(key), number, upright=upright)
        repository.looked("page.image", f"{key}/{number}")
        return image

    def page_words(self, who: Principal, key: str, number: int) -> dict[str, Any]:
        """The words of a page."""
        demand(who, "page.words")
        repository = Repository(self.database, who)
        words = self.pages.words(repository.document(key), number)
        repository.looked("page.words", f"{key}/{number}")
        return words


class _Pictures(Mapping[tuple[str, int], PageImage]):
    """The page images of a request, drawn when a format asks for them."""

    def __init__(self, service: Service, repository: Repository, stored: StoredRequest) -> None:
        self._service = service
        self._repository = repository
        self._stored = stored

    def __getitem__(self, key: tuple[str, int]) -> PageImage:
        document, number = key
        if key not in set(self):
            raise KeyError(key)
        try:
            found = self._repository.document(self._stored.keys[document])
            return self._service.pages.picture(found, number)
        except NotFound:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[tuple[str, int]]:
        yield from _pages(self._stored.request, self._stored.keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _pages(request: AuthorizationRequest, keys: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for document in request.documents:
        if document.id in keys:
            yield from ((document.id, page) for part in document.parts for page in part.pages)

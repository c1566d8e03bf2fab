"""Everything that the service offers to whoever may ask for it: what the API and the pages are made of."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from actions.masking import masked
from actions.receive import Inbox
from actions.render_page import PageRoom
from assembly.corrections import anchor_of, correct
from emit.format import Format
from emit.formats import FORMATS
from emit.formats.html import POLICY
from models.access import FULL_IDENTIFIERS, Operation, demand
from models.checklist import MissingItem
from models.correction import Correction, CorrectionKind
from models.page_image import PageImage
from models.principal import MAIN, Principal
from models.problem import NotFound, UsageError
from models.request import AuthorizationRequest
from store import audit, keys, migrate, people
from store.blobs import Blobs, Writer
from store.db import Database, Scope
from store.measures import Measures, measure
from store.people import Session
from store.repository import CURSOR, Repository, Sheet, StoredRequest

_LOG = logging.getLogger("dossier.service")

# The web knows the store by these alone.
__all__ = [
    "CURSOR", "Ask", "Change", "Measures", "Service", "Session", "Sheet", "StoredRequest", "Writer", "Written",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a person wants changed, as the contract's PATCH has it."""

    path: str
    value: Any
    kind: CorrectionKind
    reason: str | None = None
    document: str | None = None


_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be asked for: which of the missing items, by which channel, in which language, until when (ISO)."""

    channel: str
    language: str
    due_on: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A request in a format: its bytes, the extension of a file of it, and what a browser has to know of it."""

    content: bytes
    extension: str
    media_type: str
    policy: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """The service of one installation. Each method asks first whether the caller may, and tells the audit.

    `payers` are the ids that a submission may name; None: whatever is named is taken.
    """

    database: Database
    blobs: Blobs
    inbox: Inbox
    pages: PageRoom
    payers: tuple[str, ...] | None = None

    def caller(self, key: str) -> Principal | None:
        """Whose API key it is; None for one that does not hold."""
        return keys.find(self.database, key)

    def session(self, token: str, *, used: bool = True) -> Session | None:
        """Whose browser it is; None for a session that does not hold."""
        return people.find(self.database, token, used=used)

    def familiar(self, name: str, mark: str, *, tenant: str = MAIN) -> bool:
        """Whether a person of this name has signed in by the browser with this mark."""
        return people.familiar(self.database, name, mark, tenant=tenant)

    def sign_in(
        self, name: str, password: str, *, tenant: str = MAIN, earlier: str | None = None, known: bool = False
    ) -> Session | None:
        """Begin a session; None if name and password do not belong together, or the person is kept out.

        From a browser that is `known` nobody is kept out for what others tried.
        """
        return people.sign_in(self.database, name, password, tenant=tenant, earlier=earlier, known=known)

    def sign_out(self, session: Session) -> None:
        """End a session."""
        people.sign_out(self.database, session)

    def refused(self, who: Principal, operation: Operation, subject: str = "-") -> None:
        """Tell the audit that a known caller was refused. `subject` is an id of ours, or nothing."""
        with self.database.begin(Scope(who.tenant, who.office)) as connection:
            audit.record(connection, who, operation, subject, "refused")

    def measures(self) -> Measures:
        """What the service counts of itself; whoever calls this has asked for the right."""
        return measure(self.database)

    def ready(self) -> tuple[bool, str]:
        """Whether work can be accepted, and what is wrong if not."""
        try:
            if not migrate.is_current(self.database):
                return False, "the database is not migrated"
            self.blobs.check()
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing can be taken
            name = type(error).__name__
            _LOG.warning("not ready: %s", name, extra={"error": name})
            return False, "the database or the store does not answer"
        return True, "ready"

    def submission(self, who: Principal, identifier: str) -> dict[str, Any]:
        """A submission with its files and pages."""
        demand(who, "submission.read")
        repository = Repository(self.database, who)
        found = repository.submission(identifier)
        # Names of files and the note may name a patient.
        repository.looked("submission.read", identifier)
        return found

    def submissions(self, who: Principal, *, cursor: str | None, most: int, state: str | None = None) -> Sheet:
        """Submissions, the newest first."""
        demand(who, "submission.list")
        return Repository(self.database, who).submissions(cursor=cursor, most=most, state=state)

    def placed(self, who: Principal, submissions: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many pages and files of each submission are where: "pages:held", "files:rejected" and so on."""
        demand(who, "submission.list")
        return Repository(self.database, who).placed(submissions)

    def progress(self, who: Principal, identifier: str) -> tuple[str, dict[str, int]]:
        """Where a submission stands, and how many of its pages and files are where."""
        demand(who, "submission.read")
        repository = Repository(self.database, who)
        state = repository.state(identifier)
        return state, repository.placed([identifier])[identifier]

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

    def glance(self, who: Principal, identifier: str) -> dict[str, Any]:
        """A request as a list shows it, without a word of what it says."""
        demand(who, "request.read")
        return Repository(self.database, who).glance(identifier)

    def request(self, who: Principal, identifier: str) -> StoredRequest:
        """A request."""
        demand(who, "request.read")
        return self._request(who, identifier, "request.read")

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
        known = {*stored.keys, *stored.keys.values()}
        request, made = stored.request, list[Correction]()
        for one in changes:
            if one.kind == "provider_change" and one.document is None:
                raise UsageError("A change by the provider needs the document that shows it.")
            if one.document is not None and one.document not in known:
                raise UsageError("There is no such document in this request. Name one of its documents by id or key.")
            anchor = anchor_of(request, one.path)
            said = Correction(one.path, one.value, one.kind, who.actor, now, one.reason, one.document, anchor)
            request = correct(request, said)
            made.append(said)
        body = request.model_dump_json(by_alias=True)
        return repository.correct(identifier, made, body=body, version=version)

    def formatted(
        self, who: Principal, identifier: str, name: str, *, operation: Operation = "request.format"
    ) -> Written:
        """A request in one of the formats. To look at it as a page is to read it: `operation` says which right is used.

        Raises:
            NotFound: there is no such request or format.
        """
        demand(who, operation)
        chosen = next((one for one in FORMATS if one.name == name), None)
        if chosen is None:
            raise NotFound(f"There is no format of this name. Known formats: {', '.join(one.name for one in FORMATS)}.")
        stored = self._request(who, identifier, operation)
        policy = POLICY if chosen.extension == "html" else None
        media_type = _MEDIA_TYPES.get(chosen.extension, "application/octet-stream")
        if isinstance(chosen, Format):
            if not chosen.wanted(stored.request):
                raise NotFound(f"There is nothing to write in the format '{name}': nothing is missing.")
            content = chosen.run(stored.request, _Pictures(self, Repository(self.database, who), stored, _name(who)))
        else:
            content = chosen.run((stored.request,))
        return Written(content, chosen.extension, media_type, policy)

    def missing(self, who: Principal, identifier: str) -> tuple[MissingItem, ...]:
        """What is missing of a request."""
        demand(who, "missing.read")
        return self._request(who, identifier, "missing.read").request.missing_items

    def ask(self, who: Principal, identifier: str, wanted: Ask) -> str:
        """Have what is missing of a request asked for: queued for a transport; the id of the message.

        Raises:
            NotFound: there is no such request.
            UsageError: an item is not among those that are missing.
        """
        demand(who, "missing.ask")
        repository = Repository(self.database, who)
        missing = {item.id for item in repository.request(identifier).request.missing_items}
        if not set(wanted.items) <= missing:
            raise UsageError("An item is not among those that are missing. Look at the list again.")
        told = {"channel": wanted.channel, "language": wanted.language, "due_on": wanted.due_on}
        return repository.ask(identifier, {**told, "items": sorted(wanted.items), "by": who.actor})

    def page_image(self, who: Principal, key: str, number: int, *, upright: bool) -> bytes:
        """A page as a PNG."""
        demand(who, "page.image")
        repository = Repository(self.database, who)
        image = self.pages.image(repository.document(key), number, upright=upright, who=_name(who))
        repository.looked("page.image", f"{key}/{number}")
        return image

    def page_words(self, who: Principal, key: str, number: int) -> dict[str, Any]:
        """The words of a page."""
        demand(who, "page.words")
        repository = Repository(self.database, who)
        full = FULL_IDENTIFIERS in who.scopes
        words = self.pages.words(repository.document(key), number, full=full)
        repository.looked("page.words", f"{key}/{number}")
        return words

    def _request(self, who: Principal, identifier: str, operation: Operation) -> StoredRequest:
        """A request as this caller may see it, told to the audit."""
        repository = Repository(self.database, who)
        found = repository.request(identifier)
        repository.looked(operation, identifier)
        return found if FULL_IDENTIFIERS in who.scopes else replace(found, request=masked(found.request))


class _Pictures(Mapping[tuple[str, int], PageImage]):
    """The page images of a request, drawn when a format asks for them: with the first page all of its document."""

    def __init__(self, service: Service, repository: Repository, stored: StoredRequest, who: str) -> None:
        self._service = service
        self._who = who
        self._repository = repository
        self._stored = stored
        self._drawn: dict[str, dict[int, PageImage]] = {}

    def __getitem__(self, key: tuple[str, int]) -> PageImage:
        document, number = key
        if document not in self._drawn:
            self._drawn[document] = self._draw(document)
        return self._drawn[document][number]

    def _draw(self, document: str) -> dict[int, PageImage]:
        numbers = {number for name, number in self if name == document}
        try:
            found = self._repository.document(self._stored.keys[document])
            return self._service.pages.pictures(found, numbers, who=self._who)
        except NotFound:
            return {}

    def __iter__(self) -> Iterator[tuple[str, int]]:
        yield from _pages(self._stored.request, self._stored.keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _name(who: Principal) -> str:
    """One caller among all of the installation."""
    return f"{who.tenant}/{who.actor}"


def _pages(request: AuthorizationRequest, keys: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for document in request.documents:
        if document.id in keys:
            yield from ((document.id, page) for part in document.parts for page in part.pages)

"""Whether the objects of an installation are all there, as they were stored, and named by somebody."""

from __future__ import annotations

from dataclasses import dataclass

from actions.checkpoints import furthest
from actions.house import House, open_house
from actions.installation import Installation
from models.problem import FOUND, DossierError, TransientError
from store import audit, objects, unnamed
from store.blobs import Lying
from store.db import now
from store.objects import Compared


class NothingRemoved(DossierError):
    """What was found does not fit together: to remove by it would be wrong. Exit status 4: a person must look."""

    exit_status = FOUND


@dataclass(frozen=True, slots=True)
class Storage:
    """How many objects there are and their bytes; a line for each that is gone or damaged, and for each orphan.

    An orphan is named by no received file: it costs only space. `removed` of these were removed. `stopped` says why not
    all could be looked at, where something was found before.
    """

    count: int
    bytes: int
    lost: tuple[str, ...]
    orphans: tuple[str, ...] = ()
    removed: int = 0
    stopped: str | None = None


def check_storage(installation: Installation, *, delete: bool = False) -> Storage:
    """Compare the names of all objects with the rows, and list the orphans in the data folder.

    With `delete`, those are removed that an earlier check listed 30 days ago, and that nobody named since.

    Raises:
        NothingRemoved: nothing may be removed, for the database and the store do not fit together.
        TransientError: the database or the store is away.
    """
    with open_house(installation, begins=False) as house:
        with house.database.read() as connection:
            at = now(connection)
        found = objects.compare(house.database, house.blobs, now=at)
        listed = unnamed.note(installation.data, found.orphans, at)
        removed: tuple[Lying, ...] = ()
        if delete:
            _see_that_it_is_the_latest(installation, house)
            _see_that_they_fit(found)
            _see_that_it_is_ours(house)
            may = objects.removable(house.database, found.orphans, listed, now=at)
            removed = tuple(one for one in may if objects.remove(house.database, house.blobs, one, now=at))
        lost = tuple(_line("gone", house, *one) for one in found.gone)
    orphans = tuple(_orphan(one, removed=one in removed) for one in found.orphans)
    return Storage(found.count, found.bytes, lost, orphans, len(removed))


def scrub_storage(installation: Installation, *, rate: float = objects.RATE) -> Storage:
    """Read every object at no more than `rate` bytes a second and compare it with its SHA-256.

    Raises:
        TransientError: the database or the store is away, and nothing was found before.
    """
    count = size = 0
    lost: list[str] = []
    stopped: str | None = None
    with open_house(installation, begins=False) as house:
        try:
            for one, whole in objects.damaged(house.blobs, rate=rate):
                count, size = count + 1, size + one.size
                if not whole:
                    lost.append(_line("damaged", house, one.tenant, one.sha256))
        except TransientError as failure:
            # Reading may have taken days: what it has found must not be lost with the rest.
            if not lost:
                raise
            stopped = str(failure)
    return Storage(count, size, tuple(lost), stopped=stopped)


def _see_that_they_fit(found: Compared) -> None:
    """A database that is not the one of these objects names none, or others: by it, all of them would be orphans."""
    if found.gone or (found.orphans and len(found.orphans) == found.count):
        raise NothingRemoved(
            "The database names objects that are gone, or none of those that are there. Is it the one that belongs to "
            "them? Nothing was removed; see dossier storage check."
        )


def _see_that_it_is_ours(house: House) -> None:
    foreign = house.blobs.foreign()
    if foreign is not None:
        raise NothingRemoved(
            f"The bucket holds something that is not of this service, at {foreign.partition('/')[0]}. Nothing was "
            "removed: give the service a bucket of its own."
        )


def _see_that_it_is_the_latest(installation: Installation, house: House) -> None:
    """A database that was restored to an older state does not name what came after: the checkpoints still know."""
    signed = furthest(installation)
    with house.database.read() as connection:
        behind = [tenant for tenant, number in sorted(signed.items()) if audit.head(connection, tenant) < number]
    if behind:
        unnamed.note(installation.data, (), 0.0)
        raise NothingRemoved(
            f"A checkpoint speaks of a row that the audit of tenant {behind[0]} does not have: the database was "
            "restored to an older state, or its end was cut off. Nothing was removed; see dossier audit verify."
        )


def _line(kind: str, house: House, tenant: str, sha256: str) -> str:
    files = objects.files_of(house.database, tenant, sha256)
    return "\t".join((kind, tenant, sha256, *(f"file {one}" for one in files)))


def _orphan(one: Lying, *, removed: bool) -> str:
    kind = "removed" if removed else "orphan"
    return f"{kind}\t{one.tenant}\t{one.sha256}\t{one.size} bytes"

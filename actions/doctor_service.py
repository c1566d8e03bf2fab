"""Examine an installation of the service: its database, its objects, Redis and its work, in words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from actions.checkpoints import KEY_GONE, folder_of, is_key_gone
from actions.doctor import Check
from actions.house import open_blobs
from actions.installation import Installation
from models.problem import DossierError, TransientError
from store import migrate
from store.db import FILE, Database, DatabaseDamaged, open_database
from store.measures import measure
from store.queue import open_bell
from store.signing import find_signer


def examine_service(installation: Installation) -> tuple[Check, ...]:
    """Look at everything that `serve` needs; nothing is made or changed."""
    return tuple(
        check for each in (_data, _database, _objects, _audit, _redis, _mailbox) for check in each(installation)
    )  # fmt: skip


def _data(installation: Installation) -> Iterator[Check]:
    folder = installation.data
    nearest = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield Check(
            "data folder", ok=False, detail=f"{nearest} cannot be written: give it to the user that runs dossier"
        )
        return
    if folder.exists() and folder.stat().st_mode & 0o007:
        told = f"{folder.absolute()} is open to other users of this machine: chmod 700"
        yield Check("data folder", ok=False, detail=told)
    if not folder.exists():
        yield Check("data folder", ok=True, detail=f"{folder.absolute()} is not there yet: the first start makes it")
        return
    free = shutil.disk_usage(folder).free
    try:
        installation.reserve.check(shutil.disk_usage(folder))
        yield Check("data folder", ok=True, detail=f"{folder.absolute()}, {free / 1e9:.1f} GB free")
    except DossierError:
        told = f"only {free / 1e9:.1f} GB free: nothing new is accepted. Make room, or lower DOSSIER_RESERVE__BYTES"
        yield Check("data folder", ok=False, detail=told)


def _database(installation: Installation) -> Iterator[Check]:
    where = _place(installation)
    if installation.database_url is None and not (installation.data / FILE).is_file():
        yield Check("database", ok=True, detail=f"{where} is not there yet: the first start makes it")
        return
    database = open_database(installation.data, installation.database_url)
    try:
        if not migrate.is_current(database):
            told = f"{where} answers, but is of another version: the next start of serve, api or worker brings it up"
            yield Check("database", ok=False, detail=told)
            return
        yield Check("database", ok=True, detail=f"{where} answers and is of this version")
        yield from _walls_of(database)
        yield from _work(database)
    except DossierError as failure:
        told = f"{where}: {failure}"
        started = "" if isinstance(failure, DatabaseDamaged) else " Start it, or correct DOSSIER_DATABASE_URL"
        yield Check("database", ok=False, detail=told + started)
    finally:
        database.close()


def _walls_of(database: Database) -> Iterator[Check]:
    """Row-level security binds no superuser: then offices are kept apart by one wall only."""
    if not database.postgres:
        return
    with database.read() as connection:
        free = connection.execute(
            sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).scalar()
    told = "the role is a superuser, whom row-level security does not bind: use a role of its own (docs/operations.md)"
    yield Check("database role", ok=not free, detail=told if free else "row-level security binds it")


def _work(database: Database) -> Iterator[Check]:
    told = measure(database)
    counts: dict[str, int] = {}
    for (_, state), count in told.work.items():
        counts[state] = counts.get(state, 0) + count
    waiting = counts.get("ready", 0) + counts.get("waiting_retry", 0)
    kept = counts.get("quarantined", 0)
    said = f"{waiting} waiting, {counts.get('leased', 0)} under way, {kept} in quarantine"
    yield Check("work", ok=True, detail=said + (": a person must look at these" if kept else ""))
    gap = "every page is in one place" if not told.gap else f"{told.gap} pages are in no place or in two: report this"
    yield Check("pages", ok=not told.gap, detail=gap)


def _objects(installation: Installation) -> Iterator[Check]:
    if installation.bucket is None:
        yield Check("objects", ok=True, detail=f"in {(installation.data / 'blobs').absolute()}")
        return
    where = f"bucket {installation.bucket.bucket} at {installation.bucket.endpoint}"
    try:
        open_blobs(installation).check()
        yield Check("objects", ok=True, detail=f"{where} answers; that it is durable is your word, not ours")
    except DossierError as failure:
        yield Check("objects", ok=False, detail=f"{where}: {failure}")


def _audit(installation: Installation) -> Iterator[Check]:
    """Where checkpoints are signed; workers that share no data folder need one key."""
    try:
        known = find_signer(installation.data, installation.audit.key)
        gone = is_key_gone(installation)
    except TransientError:
        # The bucket is away: its own line says so.
        gone = False
    except DossierError as failure:
        yield Check("audit", ok=False, detail=f"{failure} Correct DOSSIER_AUDIT__KEY")
        return
    if gone:
        yield Check("audit", ok=False, detail=f"nothing is signed. {KEY_GONE}")
        return
    told = f"checkpoints in {folder_of(installation).absolute()}"
    if known is None:
        told += ", signed by a key that the first worker makes"
    if installation.audit.key is None and installation.database_url is not None:
        told += "; give workers on several machines one key (DOSSIER_AUDIT__KEY_FILE)"
    yield Check("audit", ok=True, detail=told)


def _redis(installation: Installation) -> Iterator[Check]:
    if installation.redis_url is None:
        yield Check("redis", ok=True, detail=f"none: workers look for work every {installation.pace.poll_s:g} s")
    elif open_bell(installation.redis_url).answers():
        yield Check("redis", ok=True, detail="answers")
    else:
        told = "does not answer: nothing is lost, workers look for themselves. Start it, or correct DOSSIER_REDIS_URL"
        yield Check("redis", ok=False, detail=told)


def _mailbox(installation: Installation) -> Iterator[Check]:
    if installation.mailbox is not None:
        yield Check("mailbox", ok=True, detail=f"{installation.mailbox.mailbox} at {installation.mailbox.host}")


def _place(installation: Installation) -> str:
    """Where the database is, without the key to it."""
    if installation.database_url is None:
        return str(Path(installation.data / FILE).absolute())
    url = make_url(installation.database_url)
    return f"{url.get_backend_name()} {url.host or ''}:{url.port or ''}/{url.database or ''}"

"""Comparing what the senders know with what the installation holds when nothing is left to do."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from models.problem import TransientError
from store import audit, conservation
from store.blobs import Blobs
from store.db import Database
from store.tables import AUDIT, DOCUMENT, FILE, PAGE, REQUEST, SUBMISSION, WORK
from store.work import quarantined, release
from tests.reliability.history import History

Rows = Sequence[sa.Row[Any]]


@dataclass(slots=True)
class Verdict:
    """`lost` and `doubled` name keys; `wrong` are sentences about everything else that is not as promised."""

    acked: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.wrong)


def wait_until_quiet(database: Database, *, seconds: float) -> bool:
    """Wait until there is nothing to do; whether it came to that in time."""
    end = time.monotonic() + seconds
    busy = sa.select(sa.func.count()).where(WORK.c.state.not_in(("done", "quarantined")))
    while time.monotonic() < end:
        # The first connections after its server was killed are dead.
        with suppress(TransientError), database.read() as connection:
            if connection.execute(busy).scalar_one() == 0:
                return True
        time.sleep(0.1)
    return False


def release_all(database: Database) -> frozenset[str]:
    """Have everything in quarantine tried again, as a person does who has found nothing wrong; what it is about."""
    kept = quarantined(database)
    with database.begin() as connection:
        release(connection, [one.id for one in kept])
    return frozenset(one.subject for one in kept)


def judge(history: History, database: Database, blobs: Blobs, released: frozenset[str] = frozenset()) -> Verdict:
    """What was lost, doubled or is otherwise wrong; by what is stored, not by what is said.

    `released` files and cases may have been gone on without first, and so be put together twice.
    """
    verdict = Verdict(acked=len(history.acked))
    with database.read() as connection:
        stored = connection.execute(sa.select(SUBMISSION)).all()
        files = connection.execute(sa.select(FILE)).all()
        documents = connection.execute(sa.select(DOCUMENT)).all()
        pages = connection.execute(sa.select(PAGE)).all()
        requests = connection.execute(sa.select(REQUEST)).all()
        work = connection.execute(sa.select(WORK)).all()
        written = (
            connection.execute(sa.select(AUDIT.c.subject).where(AUDIT.c.action == "case.assemble")).scalars().all()
        )
        gap = conservation.gap(connection)
    by_key = {row.source_key.split(":")[-1]: row for row in stored if row.source_key}
    for key, receipts in history.acked.items():
        row = by_key.get(key)
        if row is None or row.id not in receipts:
            verdict.lost.append(key)
            continue
        if len(receipts) > 1:
            verdict.doubled.append(key)
        own = [file for file in files if file.submission == row.id]
        sent = history.sent[key]
        if [file.sha256 for file in own] != [sent.sha256] or blobs.get(row.tenant, own[0].sha256) != sent.content:
            verdict.lost.append(key)
        verdict.wrong.extend(_untreated(key, row, own, requests, work, released))
    for name, count in Counter(row.source_key for row in stored if row.source_key).items():
        if count > 1:
            verdict.doubled.append(name)
    for place, count in Counter((row.file, row.ordinal) for row in documents).items():
        if count > 1:
            verdict.doubled.append(f"document {place}")
    # Whatever puts a case together is one unit of work, and is written down once.
    done = Counter(one.subject for one in work if one.stage == "assemble" and one.state == "done")
    verdict.doubled.extend(f"case {case}" for case in Counter(written) - done)
    if gap or any(page.state == "in_progress" for page in pages):
        verdict.wrong.append(f"{gap} pages are in no place")
    if len(pages) != sum(row.page_count for row in documents):
        verdict.wrong.append("the number of pages is not that of the documents")
    _, breaks = audit.verify(database)
    verdict.wrong.extend(one.reason for one in breaks)
    return verdict


def _untreated(
    key: str, row: sa.Row[Any], own: Rows, requests: Rows, work: Rows, released: frozenset[str]
) -> list[str]:
    """What was not done with a submission."""
    found = []
    if row.state != "done":
        found.append(f"{key} is {row.state}")
    if [file.state for file in own] != ["read"]:
        found.append(f"{key} has files that are {[file.state for file in own]}")
    made = [one for one in requests if one.case_id == row.case_id and one.status != "withdrawn"]
    if len(made) != 1:
        found.append(f"{key} became {len(made)} requests")
    subjects = {row.case_id, *(file.id for file in own)}
    done = Counter((one.stage, one.subject) for one in work if one.subject in subjects)
    if subjects & released:
        return found
    # A worker that lost its lease and writes all the same has the case put together a second time.
    if any(count != 1 for count in done.values()) or len(done) != 1 + len(own):
        found.append(f"{key} was worked on {sum(done.values())} times")
    return found

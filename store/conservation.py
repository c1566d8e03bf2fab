"""Whether every received page is in exactly one place."""

from __future__ import annotations

import sqlalchemy as sa

from store.tables import DOCUMENT, FILE, PAGE, SUBMISSION, WORK


def gap(connection: sa.Connection) -> int:
    """Pages that are in no place or in two while nobody works on their case: always 0.

    A case that waits for a person (`quarantined` in the metrics of work) is not counted.
    """
    assembling = sa.select(WORK.c.subject).where(WORK.c.stage == "assemble", WORK.c.state != "done")
    reading = (
        sa.select(SUBMISSION.c.case_id)
        .join(FILE, FILE.c.submission == SUBMISSION.c.id)
        .join(WORK, WORK.c.subject == FILE.c.id)
        .where(WORK.c.stage == "read", WORK.c.state.in_(("ready", "leased", "waiting_retry")))
    )
    counted = sa.select(sa.func.count()).where(
        PAGE.c.state == "in_progress", PAGE.c.case_id.not_in(assembling), PAGE.c.case_id.not_in(reading)
    )
    expected = sa.select(sa.func.coalesce(sa.func.sum(DOCUMENT.c.page_count), 0))
    total = connection.execute(expected).scalar_one()
    pages = connection.execute(sa.select(sa.func.count()).select_from(PAGE)).scalar_one()
    return int(connection.execute(counted).scalar_one()) + abs(int(total) - int(pages))

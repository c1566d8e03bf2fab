from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.assemble_service import open_service
from actions.assemble_worker import context_of, open_worker
from models.arrival import Arrival
from models.principal import MAIN, Principal
from models.problem import UsageError
from tests.actions import papers
from tests.actions.installations import installation

WHO = Principal(MAIN, "key:t", "supervisor")


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_is_accepted_by_the_service_is_read_by_a_worker(tmp_path: Path) -> None:
    made = installation(tmp_path, work={"poll_s": 0.05})
    stop = threading.Event()
    with open_service(made) as service:
        assert service.ready() == (True, "ready")
        assert service.payers
        stored = service.inbox.store(WHO, "form.pdf", [papers.pdf(papers.form())])
        accepted = service.inbox.accept(Arrival("api", "upload", (stored,)), WHO)
        with open_worker(made, stop) as (worker, wait):
            assert (tmp_path / "audit.key").exists()
            for chore in worker.chores:
                chore()
            assert worker.once()
            assert worker.once()
            assert not worker.once()
            started = time.monotonic()
            wait(60.0)
            assert time.monotonic() - started < 30
        told = service.submission(WHO, accepted.submission)
        assert (told["state"], len(told["requests"])) == ("done", 1)


def test_the_payer_of_the_settings_rules_what_names_none(tmp_path: Path) -> None:
    context = context_of(installation(tmp_path))
    assert (context.payer, context.market) == (None, "us")
    payer = next(one for one in context.policies.payers if one.market == "hk")
    named = context_of(installation(tmp_path, payer=payer.id))
    assert (named.payer, named.market) == (payer, "hk")
    with pytest.raises(UsageError):
        context_of(installation(tmp_path, payer="no-such-payer"))

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.campaign import run
from tests.reliability.fleet import EVERYBODY, Servers
from tests.reliability.site import Site
from tests.services.postgres import Postgres
from tests.services.redis import RedisServer
from tests.services.s3 import S3Server

Size = Callable[[int, int], int]
Record = Callable[[str, object], None]


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.promise("durable", "once", "placed", "away")
def test_nothing_acknowledged_is_lost_or_done_twice_whichever_server_is_killed(
    tmp_path: Path,
    postgres: Postgres,
    redis: RedisServer,
    s3: S3Server,
    sized: Size,
    record_property: Record,
) -> None:
    site = Site(tmp_path, postgres.new_database(), redis.url, s3.new_bucket(), readers=1)
    kills = sized(24, 304)
    servers = Servers(postgres, redis, s3)
    outcome = run(site, kills=kills, seed=61, of=EVERYBODY, servers=servers, quiet_s=sized(180, 1800))
    for name, value in outcome.figures().items():
        record_property(name, value)
    assert outcome.verdict.good, outcome.verdict
    assert outcome.kills.total() == kills
    assert outcome.verdict.acked > kills

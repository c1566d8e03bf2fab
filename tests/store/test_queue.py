from __future__ import annotations

import threading
import time

import pytest
from rq import Queue
from rq.serializers import JSONSerializer

from store.queue import NAME, open_bell
from tests.services.redis import RedisServer
from tests.services.server import running


def test_a_call_wakes_one_that_waits_and_leaves_nothing_behind(redis: RedisServer) -> None:
    redis.client().flushall()
    bell, stop = open_bell(redis.url), threading.Event()
    bell.wake(["w1"])
    (job,) = Queue(NAME, connection=redis.client(), serializer=JSONSerializer).jobs
    assert (job.func_name, job.args, job.kwargs) == ("worker.look", ["w1"], {})
    started = time.monotonic()
    bell.wait(60.0, stop)
    assert time.monotonic() - started < 30.0
    assert redis.client().keys("*") in ([], [b"rq:queues"])


def test_waiting_ends_after_its_time_and_when_told_to_stop(redis: RedisServer) -> None:
    redis.client().flushall()
    bell, stop = open_bell(redis.url), threading.Event()
    started = time.monotonic()
    bell.wait(1.0, stop)
    assert 0.9 < time.monotonic() - started < 30.0
    stop.set()
    started = time.monotonic()
    bell.wait(60.0, stop)
    assert time.monotonic() - started < 30.0


def test_what_was_forgotten_by_redis_wakes_nobody_and_hurts_nobody(redis: RedisServer) -> None:
    bell = open_bell(redis.url)
    bell.wake(["w1", "w2"])
    redis.client().flushall()
    bell.wait(1.0, threading.Event())
    bell.wake(["w3"])
    redis.client().delete(*redis.client().keys("rq:job:*"))
    bell.wait(1.0, threading.Event())
    assert redis.client().llen(f"rq:queue:{NAME}") == 0
    assert redis.client().keys("*") in ([], [b"rq:queues"])


def test_calls_that_nobody_hears_do_not_pile_up(redis: RedisServer) -> None:
    redis.client().flushall()
    bell = open_bell(redis.url)
    bell.wake([f"w{number}" for number in range(1500)])
    bell.wake(["one more"])
    assert redis.client().llen(f"rq:queue:{NAME}") == 1000
    redis.client().flushall()


def test_where_redis_is_away_waking_is_nothing_and_waiting_is_sleeping(caplog: pytest.LogCaptureFixture) -> None:
    bell = open_bell("redis://127.0.0.1:1/0")
    bell.wake(["w1"])
    assert not bell.answers()
    started = time.monotonic()
    bell.wait(0.5, threading.Event())
    assert 0.4 < time.monotonic() - started < 30.0
    assert caplog.text.count("Redis is away (ConnectionError) and wakes nobody") == 1
    assert "w1" not in caplog.text


def test_a_redis_that_comes_back_wakes_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    server = RedisServer()
    with running(server):
        bell, stop = open_bell(server.url), threading.Event()
        server.kill()
        bell.wait(0.2, stop)
        server.start()
        started = time.monotonic()
        threading.Timer(0.2, lambda: open_bell(server.url).wake(["w1"])).start()
        bell.wait(60.0, stop)
        assert time.monotonic() - started < 30.0
    assert [record.message.split(" (")[0] for record in caplog.records] == ["Redis is away", "Redis is back"]

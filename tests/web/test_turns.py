from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from models.limits import UploadLimits
from web.limits import Limits
from web.problems import Refusal
from web.turns import Streams, Turns

LIMITS = Limits(upload=UploadLimits(at_once=2, waiting=3, of_a_caller=3, patience_s=0.2))


async def hold(turns: Turns, caller: str, done: list[str], until: asyncio.Event) -> None:
    async with turns.taking(caller):
        done.append(caller)
        await until.wait()


def run(story: Callable[[Turns], Awaitable[None]], limits: Limits = LIMITS) -> None:
    async def all_of_it() -> None:
        turns = Turns(limits)
        await story(turns)
        assert (turns.taken.total(), turns.line) == (0, [])

    asyncio.run(all_of_it())


async def started(*tasks: asyncio.Task[None]) -> None:
    await asyncio.sleep(0.01)


def test_one_caller_has_no_more_than_its_share() -> None:
    async def story(turns: Turns) -> None:
        until, done = asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(turns, "a", done, until)) for _ in range(4)]
        await started(*tasks)
        assert done == ["a", "a"]
        with pytest.raises(Refusal, match="too-many-calls"):
            await tasks[3]
        until.set()
        await asyncio.gather(*tasks[:3])
        assert done == ["a"] * 3

    run(story)


def test_whoever_has_fewer_comes_first() -> None:
    async def story(turns: Turns) -> None:
        ends, done = [asyncio.Event() for _ in range(4)], list[str]()
        tasks = []
        for caller, end in zip(("a", "a", "a", "b"), ends, strict=True):
            tasks.append(asyncio.create_task(hold(turns, caller, done, end)))
            await started()
        ends[0].set()
        await started()
        assert done == ["a", "a", "b"]
        for end in ends:
            end.set()
        await asyncio.gather(*tasks)

    run(story)


def test_the_line_is_short_and_nobody_waits_for_ever() -> None:
    async def story(turns: Turns) -> None:
        until, done = asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(turns, f"c{n}", done, until)) for n in range(6)]
        await started()
        with pytest.raises(Refusal, match="busy"):
            await tasks[5]
        for late in tasks[2:5]:
            with pytest.raises(Refusal, match="busy"):
                await late
        until.set()
        await asyncio.gather(*tasks[:2])

    run(story)


def test_a_caller_who_goes_away_leaves_the_line() -> None:
    async def story(turns: Turns) -> None:
        until, done = asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(turns, f"c{n}", done, until)) for n in range(4)]
        await started()
        tasks[2].cancel()
        tasks[0].cancel()
        await asyncio.wait([tasks[0], tasks[2]])
        await started()
        assert done == ["c0", "c1", "c3"]
        until.set()
        await asyncio.gather(tasks[1], tasks[3])

    run(story)


def test_streams_are_bounded_in_all_and_by_caller() -> None:
    streams = Streams(Limits(streams=3, streams_of_a_caller=2))
    with streams.taking("a"), streams.taking("a"):
        with pytest.raises(Refusal, match="too-many-calls"), streams.taking("a"):
            pass
        with streams.taking("b"), pytest.raises(Refusal, match="busy"), streams.taking("c"):
            pass
        with streams.taking("c"):
            pass
    assert not streams.open

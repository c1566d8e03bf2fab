from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from actions.logbook import Lines, begin_log


def lines(told: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


@pytest.fixture
def told() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(told: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(told)
    handler.setFormatter(Lines())
    logger = logging.Logger("actions.test")
    logger.addHandler(handler)
    return logger


def test_a_line_is_one_json_object(logger: logging.Logger, told: io.StringIO) -> None:
    logger.warning("Work %s failed:\nagain", "w1")
    (line,) = lines(told)
    assert (line["level"], line["logger"], line["message"]) == ("warning", "actions.test", "Work w1 failed:\nagain")
    assert str(line["at"]).endswith("+00:00")


def test_of_a_fault_only_its_kind_and_place_are_told(logger: logging.Logger, told: io.StringIO) -> None:
    try:
        raise ValueError("Jane Sample, born 1960-05-12")
    except ValueError:
        logger.exception("Something failed")
    (line,) = lines(told)
    assert (line["fault"], str(line["place"]).split(":")[0]) == ("ValueError", "test_logbook.py")
    assert "Jane" not in told.getvalue()


def test_everything_goes_to_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    kept, level, told = root.handlers[:], root.level, io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    try:
        begin_log()
        logging.getLogger("any").info("one")
        logging.getLogger("alembic.runtime").info("two")
        logging.getLogger("urllib3.connectionpool").warning("/bucket/main/ab/cd/abcd")
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        logging.captureWarnings(capture=False)
    assert [line["message"] for line in lines(told)] == ["one"]

from __future__ import annotations

from intake.channel import Desk, Taken
from tests.intake.channels.desk import Notebook


def test_a_desk_of_tests_is_a_desk() -> None:
    desk: Desk = Notebook()
    assert desk.most == 1_000_000
    assert Taken() == Taken(0, 0, 0)

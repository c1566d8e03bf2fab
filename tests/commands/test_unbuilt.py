from __future__ import annotations

import pytest

from commands.unbuilt import UNBUILT
from tests.commands.runner import dossier


@pytest.mark.parametrize("name", UNBUILT)
def test_it_says_so_in_a_sentence_and_ends_with_two(name: str) -> None:
    ended = dossier(name, "something", "--data", "x")
    assert (ended.status, ended.out, ended.err) == (2, "", f"dossier {name}: not built yet.\n")

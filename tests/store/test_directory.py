from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.directory import EarlierAuthorization, Member
from models.problem import TransientError
from store.directory import FILE, DirectoryStore, reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DirectoryStore]:
    with reading(tmp_path / "data") as opened:
        yield opened


def keys(row: object) -> tuple[int, ...]:
    assert isinstance(row, Member)
    return tuple(ord(letter) for letter in row.family_name)


def add(store: DirectoryStore, *rows: Member) -> int:
    return store.add("members", rows, keys=keys, told=lambda _: None)


ONE = Member(member_id="m1", family_name="AB", given_name="X", effective_on="2026-01-01", postal_code="1")
TWO = Member(member_id="m2", family_name="BC", given_name="X", effective_on="2026-01-01")


def test_rows_are_found_by_their_keys_the_rarest_first(store: DirectoryStore) -> None:
    add(store, ONE, TWO)
    assert {row.member_id for row in store.members([ord("B")])} == {"m1", "m2"}
    assert store.members([ord("C")]) == (TWO,)
    assert store.members([ord("Q")]) == ()
    assert store.members([]) == ()


def test_a_row_takes_the_place_of_its_former_state(store: DirectoryStore) -> None:
    add(store, ONE, TWO)
    assert add(store, replace(ONE, family_name="Z")) == 1
    assert store.size("members") == 2
    assert store.members([ord("A")]) == ()
    assert store.members([ord("Z")])[0].member_id == "m1"


def test_a_member_has_a_row_for_each_effective_date(store: DirectoryStore) -> None:
    later = replace(ONE, effective_on="2026-06-01")
    assert add(store, later, ONE) == 0
    assert store.coverage("m1") == (ONE, later)


def test_a_key_that_very_many_share_finds_nobody(store: DirectoryStore) -> None:
    add(store, *(Member(member_id=str(n), family_name="D" if n else "DE") for n in range(400)))
    assert store.members([ord("D")]) == ()
    assert [row.member_id for row in store.members([ord("D"), ord("E")])] == ["0"]


def test_a_few_of_many_are_handed_on_those_with_most_keys_among_them(store: DirectoryStore) -> None:
    add(store, *(Member(member_id=str(n), family_name="DE" if n == 150 else "D") for n in range(200)))
    found = store.members([ord("D"), ord("E")])
    assert len(found) == 40
    assert "150" in {row.member_id for row in found}


def test_names_are_counted(store: DirectoryStore) -> None:
    add(store, ONE, TWO)
    store.count("members", lambda row: (row.family_name, row.given_name, ""))  # type: ignore[union-attr]
    population = store.population("members")
    assert (population.size, population.given, population.family) == (2, {"X": 2}, {"AB": 1, "BC": 1})
    assert store.population("providers").size == 0


def test_a_roster_tells_how_many_share_name_and_birth(store: DirectoryStore) -> None:
    born = [replace(ONE, member_id=str(n), birth_date="2000-01-01") for n in range(2)]
    add(store, *born, TWO)
    assert store.population("members").alike == (2, 2)
    add(store, replace(TWO, phone="1"))
    assert store.population("members").alike is None


def test_all_rows_of_a_file_or_none(store: DirectoryStore) -> None:
    def failing() -> Iterator[Member]:
        yield ONE
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        store.add("members", failing(), keys=keys, told=lambda _: None)
    assert store.size("members") == 0


def test_authorizations_of_a_member_the_latest_first(store: DirectoryStore) -> None:
    old = EarlierAuthorization(authorization_number="1", member_id="m1", code="A", start_on="2025-01-01")
    new = replace(old, authorization_number="2", start_on="2026-01-01")
    store.add("authorizations", [old, new, replace(old, member_id="m2", code="B")], keys=lambda _: (), told=print)
    assert store.authorizations("m1") == (new, old)


def test_it_lies_in_the_data_folder(tmp_path: Path) -> None:
    with reading(tmp_path / "new" / "data") as store:
        add(store, ONE)
    assert (tmp_path / "new" / "data" / FILE).is_file()
    with reading(tmp_path / "new" / "data") as store:
        assert store.coverage("m1") == (ONE,)


def test_two_programs_do_not_write_at_once(tmp_path: Path) -> None:
    with reading(tmp_path) as one, reading(tmp_path) as other:
        other._connection.execute("PRAGMA busy_timeout = 10")

        def while_writing() -> Iterator[Member]:
            with pytest.raises(TransientError, match="Try again"):
                add(other, TWO)
            yield ONE

        one.add("members", while_writing(), keys=keys, told=lambda _: None)
        assert other.size("members") == 1

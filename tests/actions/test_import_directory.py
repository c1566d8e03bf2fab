from __future__ import annotations

from pathlib import Path

import pytest

from actions.directories import Directories
from actions.import_directory import import_directory
from models.directory import Member
from models.problem import UsageError
from store.directory import reading


def write(folder: Path, *lines: str, name: str = "members.csv") -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder / name


def test_rows_are_loaded_and_bad_ones_told_with_their_lines(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "member_id,family_name,given_name,birth_date,effective_on,colour",
        "M1,Smith,John,1962-03-14,2026-01-01,blue",
        ",Smith,Nobody,1962-03-14,2026-01-01,",
        '"M2","Two',
        'Lines",Ann,03/02/1970,2026-01-01,',
        "M3,Smith,Jane,1962-02-31,2026-01-01,",
        "M4,Smith",
        "",
        "M5,Smith,Jim,,,",
    )
    told: list[int] = []
    done = import_directory("members", file, tmp_path / "data", told=told.append)
    assert (done.rows, done.replaced, done.skipped) == (3, 0, 3)
    assert [(bad.line, bad.reason) for bad in done.bad] == [
        (3, "has no member_id"),
        (6, "birth_date is no date"),
        (7, "has 2 cells; the header has 6"),
    ]
    assert told[-1] == 3
    with reading(tmp_path / "data") as store:
        assert store.coverage("M1")[0].attributes == '{"colour": "blue"}'
        assert store.coverage("M2")[0].birth_date == "1970-03-02"
        assert store.population("members").given == {"JOHN": 1, "ANN": 1, "JIM": 1}


def test_loading_again_refreshes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    import_directory("members", write(tmp_path, "member_id,family_name", "M1,Smith", "M2,Jones"), data, told=print)
    done = import_directory("members", write(tmp_path, "member_id,family_name", "M1,Brown"), data, told=print)
    assert (done.rows, done.replaced) == (1, 1)
    with reading(data) as store:
        assert store.population("members").family == {"BROWN": 1, "JONES": 1}


def test_a_provider_without_number_goes_by_its_npi(tmp_path: Path) -> None:
    file = write(tmp_path, "npi,family_name", "2123456785,Okafor", ",Nobody")
    done = import_directory("providers", file, tmp_path / "data", told=print)
    assert (done.rows, done.skipped) == (1, 1)
    with reading(tmp_path / "data") as store:
        found = store.provider("2123456785")
    assert found is not None
    assert found.family_name == "Okafor"


def test_authorizations_have_from_and_to(tmp_path: Path) -> None:
    file = write(tmp_path, "authorization_number,member_id,from,to", "A1,M1,2026-01-01,2026-12-31", "A2,M1,soon,")
    done = import_directory("authorizations", file, tmp_path / "data", told=print)
    assert [bad.reason for bad in done.bad] == ["start_on is no date"]
    with reading(tmp_path / "data") as store:
        assert store.authorizations("M1")[0].end_on == "2026-12-31"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name\nSmith\n", "has no column member_id"),
        (b"", "has no column member_id"),
        (b"member_id,family_name\nM1,N\xfa\xf1ez\n", "is not UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "members.csv").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        import_directory("members", tmp_path / "members.csv", tmp_path / "data", told=print)
    with pytest.raises(UsageError, match="cannot be read"):
        import_directory("members", tmp_path / "away.csv", tmp_path / "data", told=print)


def test_what_was_loaded_is_found(tmp_path: Path) -> None:
    rows = [f"M{n:07d},Name{chr(65 + n % 26)}{n},Given{n},19{n % 90 + 10}-0{n % 9 + 1}-1{n % 9}" for n in range(300)]
    file = write(tmp_path, "member_id,family_name,given_name,birth_date", *rows)
    import_directory("members", file, tmp_path / "data", told=print)
    with Directories.open(tmp_path / "data") as directories:
        assert directories.kinds == {"members"}
        found = directories.member(Member(member_id="M0000123", given_name="Given123", birth_date="1943-07-16"))
    assert (found.decision, found.record) == ("link", "M0000123")

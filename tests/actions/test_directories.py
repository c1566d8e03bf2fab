from __future__ import annotations

from pathlib import Path

from actions.directories import Directories
from actions.import_directory import import_directory
from models.directory import DirectoryKind, Member, Questions

MEMBERS = "member_id,family_name,given_name,birth_date,sex,effective_on\nM1234567,Smith,John,1962-03-14,M,2026-01-01\n"
HISTORY = "authorization_number,member_id,code\nA1,M1234567,72148\nA2,M7,72148\n"
JOHN = Member(member_id="M1234567", family_name="Smith", given_name="John", birth_date="1962-03-14")


def files(folder: Path, **texts: str) -> dict[DirectoryKind, Path]:
    made: dict[DirectoryKind, Path] = {}
    for kind in ("members", "authorizations"):
        if kind in texts:
            made[kind] = folder / f"{kind}.csv"
            (folder / f"{kind}.csv").write_text(texts[kind], "utf-8")
    return made


def test_a_link_brings_coverage_and_history(tmp_path: Path) -> None:
    given = files(tmp_path, members=MEMBERS, authorizations=HISTORY)
    with Directories.chosen(given, tmp_path / "none", told=lambda *_: None) as directories:
        assert directories is not None
        known = directories.answer(Questions(JOHN, (), member_said=True))
    assert known.member is not None
    assert known.member.decision == "link"
    assert [row.effective_on for row in known.coverage] == ["2026-01-01"]
    assert known.earlier is not None
    assert [one.authorization_number for one in known.earlier] == ["A1"]
    assert known.providers == {}


def test_who_is_not_named_is_not_found(tmp_path: Path) -> None:
    given = files(tmp_path, members=MEMBERS)
    with Directories.chosen(given, tmp_path / "none", told=lambda *_: None) as directories:
        assert directories is not None
        known = directories.answer(Questions(Member(), (), member_said=False))
    assert known.member is not None
    assert known.member.decision == "non_link"
    assert known.earlier is None


def test_history_alone_goes_by_the_number_on_the_form(tmp_path: Path) -> None:
    given = files(tmp_path, authorizations=HISTORY)
    with Directories.chosen(given, tmp_path / "none", told=lambda *_: None) as directories:
        assert directories is not None
        known = directories.answer(Questions(JOHN, (), member_said=True))
    assert known.member is None
    assert known.earlier is not None
    assert len(known.earlier) == 1


def test_without_files_the_data_folder_counts_if_it_has_any(tmp_path: Path) -> None:
    with Directories.chosen({}, tmp_path / "none", told=lambda *_: None) as directories:
        assert directories is None
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    import_directory("members", tmp_path / "members.csv", tmp_path / "data", told=lambda _: None)
    with Directories.chosen({}, tmp_path / "data", told=lambda *_: None) as directories:
        assert directories is not None
        assert directories.member(JOHN).record == "M1234567"

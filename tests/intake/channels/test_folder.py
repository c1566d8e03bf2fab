from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from pathlib import Path

import pytest

from intake.channel import Taken
from intake.channels import folder as channel
from intake.channels.folder import Folder
from models.problem import TransientError, UsageError
from samples.envelope import Sending, sidecar
from tests.intake.channels.desk import Notebook

AT = dt.datetime(2026, 9, 14, 14, 5, tzinfo=dt.UTC)
RECORD = sidecar(Sending("Lakeview", "2165550192", "8005550100", AT, 5), kind="xml", received_at=AT)
MAIL = b"From a@example.org Mon Sep 14 10:00:00 2026\nSubject: %d\n\ntext\n\n"


@pytest.fixture
def desk() -> Notebook:
    return Notebook()


@pytest.fixture
def folder(tmp_path: Path, desk: Notebook) -> Folder:
    return Folder(tmp_path, desk, settle_s=0.0)


def test_a_file_is_moved_after_it_was_accepted(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    (tmp_path / "fax.pdf").write_bytes(b"%PDF a fax")
    assert folder.look() == Taken(accepted=1)
    assert desk.told == ["accept fax.pdf", "move"]
    assert (tmp_path / "done/fax.pdf").read_bytes() == b"%PDF a fax"
    assert folder.look() == Taken()
    assert not (tmp_path / "fax.pdf").exists()


def test_a_record_goes_with_its_fax(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    (tmp_path / "0001.tif").write_bytes(b"II*\0 a fax")
    (tmp_path / "0001.xml").write_bytes(RECORD)
    (tmp_path / "0002.tif").write_bytes(b"II*\0 another")
    assert folder.look().accepted == 2
    assert sorted(desk.names()) == [("0001.tif", "0001.xml"), ("0002.tif",)]
    assert {path.name for path in (tmp_path / "done").iterdir()} == {"0001.tif", "0001.xml", "0002.tif"}


def test_a_record_waits_for_its_fax(tmp_path: Path, desk: Notebook) -> None:
    folder = Folder(tmp_path, desk, settle_s=0.05)
    (tmp_path / "0001.xml").write_bytes(RECORD)
    folder.look()
    time.sleep(0.1)
    assert folder.look() == Taken(left=1)
    (tmp_path / "0001.tif").write_bytes(b"II*\0 a fax")
    folder.look()
    time.sleep(0.1)
    assert folder.look() == Taken(accepted=1)
    assert desk.names() == [("0001.tif", "0001.xml")]


def test_a_file_that_still_grows_is_left_alone(tmp_path: Path, desk: Notebook) -> None:
    folder = Folder(tmp_path, desk, settle_s=0.2)
    file = tmp_path / "fax.pdf"
    for piece in range(4):
        with file.open("ab") as out:
            out.write(b"%d" % piece)
        assert folder.look() == Taken(left=1)
        time.sleep(0.1)
    time.sleep(0.2)
    assert folder.look() == Taken(accepted=1)
    assert list(desk.stored.values()) == [b"0123"]


def test_a_file_that_somebody_has_open_for_writing_is_left_alone(
    folder: Folder, desk: Notebook, tmp_path: Path
) -> None:
    with (tmp_path / "fax.pdf").open("wb") as out:
        out.write(b"half")
        out.flush()
        assert folder.look() == Taken(left=1)
        out.write(b" whole")
    assert folder.look() == Taken(accepted=1)
    assert list(desk.stored.values()) == [b"half whole"]


def change(file: Path) -> None:
    file.write_bytes(b"second, longer")


def test_a_file_that_changes_while_it_is_read_is_left_for_later(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "fax.pdf"
    file.write_bytes(b"first")
    desk.at_store = lambda: change(file)
    assert folder.look() == Taken(left=1)
    assert desk.accepted == {}
    desk.at_store = lambda: None
    assert folder.look() == Taken(accepted=1)
    assert (tmp_path / "done/fax.pdf").read_bytes() == b"second, longer"


def test_when_the_program_ends_what_is_not_begun_is_left(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.pdf").write_bytes(b"%d" % number)
    desk.at_store = lambda: setattr(desk, "stopping", True)
    assert folder.look() == Taken(accepted=1)
    assert len(desk.accepted) == 1
    desk.stopping, desk.at_store = False, lambda: None
    assert folder.look() == Taken(accepted=2)


@pytest.mark.parametrize("name", [".hidden.pdf", "fax.pdf.part", "fax.tmp", "fax.pdf~"])
def test_what_is_not_finished_by_its_name_is_not_looked_at(
    folder: Folder, desk: Notebook, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "subfolder").mkdir()
    (tmp_path / "link.pdf").symlink_to("/etc/hostname")
    assert folder.look() == Taken()
    assert desk.stored == {}


class Died(BaseException):
    """The process was killed."""


def killed() -> None:
    raise Died


def test_a_process_that_dies_before_the_move_takes_the_file_once(
    tmp_path: Path, desk: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fax.pdf").write_bytes(b"a fax")
    monkeypatch.setattr(Notebook, "before_file_move", lambda _: killed())
    with pytest.raises(Died):
        Folder(tmp_path, desk, 0.0).look()
    monkeypatch.undo()
    assert Folder(tmp_path, desk, 0.0).look() == Taken()
    assert len(desk.accepted) == 1
    assert (tmp_path / "done/fax.pdf").exists()


def test_a_record_that_comes_after_its_fax_was_accepted_does_not_double_it(
    tmp_path: Path, desk: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0001.tif").write_bytes(b"II*\0 a fax")
    monkeypatch.setattr(Notebook, "before_file_move", lambda _: killed())
    with pytest.raises(Died):
        Folder(tmp_path, desk, 0.0).look()
    monkeypatch.undo()
    (tmp_path / "0001.xml").write_bytes(RECORD)
    folder = Folder(tmp_path, desk, 0.0)
    folder.look()
    assert (tmp_path / "done/0001.tif").exists()
    assert (tmp_path / "0001.xml").exists()
    assert folder.look() == Taken(accepted=1)
    assert sorted(desk.names()) == [("0001.tif",), ("0001.xml",)]


def test_where_nothing_can_be_accepted_everything_stays(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    (tmp_path / "fax.pdf").write_bytes(b"a fax")
    desk.full = True
    with pytest.raises(TransientError):
        folder.look()
    assert (tmp_path / "fax.pdf").exists()
    desk.full = False
    assert folder.look() == Taken(accepted=1)


def test_a_file_that_is_too_large_is_put_aside_with_the_reason(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    desk.most = 10
    (tmp_path / "fax.pdf").write_bytes(b"x" * 11)
    assert folder.look() == Taken(refused=1)
    assert (tmp_path / "refused/fax.pdf").exists()
    assert "larger than the 10 bytes" in (tmp_path / "refused/fax.pdf.why.txt").read_text()
    assert "receipt is s-refused" in (tmp_path / "refused/fax.pdf.why.txt").read_text()
    assert (desk.accepted, desk.stored) == ({}, {})
    assert desk.told == ["refuse fax.pdf F002", "move"]
    ((told,),) = [arrival.files for arrival in desk.refused.values()]
    assert (told.path, told.sha256, told.size) == ("fax.pdf", hashlib.sha256(b"x" * 11).hexdigest(), 11)


def test_a_file_that_was_refused_and_got_another_name_is_put_aside(
    folder: Folder, desk: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UsageError("used with other files")

    monkeypatch.setattr(Notebook, "refuse", refuse)
    (tmp_path / "fax.pdf").write_bytes(b"more than ten bytes")
    desk.most = 10
    assert folder.look() == Taken(refused=1)
    assert (tmp_path / "refused/fax.pdf").exists()
    assert "receipt under the name that it had" in (tmp_path / "refused/fax.pdf.why.txt").read_text()


def test_a_folder_that_is_mounted_again_brings_nothing_twice(
    folder: Folder, desk: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fax.pdf").write_bytes(b"a fax")
    monkeypatch.setattr(Notebook, "before_file_move", lambda _: killed())
    with pytest.raises(Died):
        folder.look()
    monkeypatch.undo()
    mark = channel._mark

    def elsewhere(told: os.stat_result) -> tuple[int, ...]:
        return mark(os.stat_result((told.st_mode, told.st_ino, 99, *told[3:]), {"st_mtime_ns": told.st_mtime_ns}))

    monkeypatch.setattr(channel, "_mark", elsewhere)
    assert Folder(tmp_path, desk, 0.0).look() == Taken()
    assert len(desk.accepted) == 1


def test_what_belongs_to_a_file_that_is_too_large_goes_with_it(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    desk.most = 5000
    (tmp_path / "0001.tif").write_bytes(b"II*\0" + bytes(5000))
    (tmp_path / "0001.xml").write_bytes(RECORD)
    assert folder.look() == Taken(refused=1)
    assert {path.name for path in (tmp_path / "refused").iterdir()} == {"0001.tif", "0001.xml", "0001.tif.why.txt"}
    assert [[file.path for file in arrival.files] for arrival in desk.refused.values()] == [["0001.tif"]]


def test_a_file_that_changes_after_it_was_accepted_is_taken_again_as_another(
    folder: Folder, desk: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "fax.pdf"
    file.write_bytes(b"first")
    monkeypatch.setattr(Notebook, "before_file_move", lambda _: change(file))
    assert folder.look() == Taken(accepted=1, left=1)
    assert file.exists()
    assert "has changed since it was taken" in caplog.text
    assert "fax" not in caplog.text
    monkeypatch.undo()
    assert folder.look() == Taken(accepted=1)
    assert (tmp_path / "done/fax.pdf").read_bytes() == b"second, longer"
    assert list(desk.stored.values()) == [b"first", b"second, longer"]
    assert len(desk.accepted) == 2


def test_the_same_name_again_is_kept_beside_the_first(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    for text in (b"first", b"second"):
        (tmp_path / "fax.pdf").write_bytes(text)
        assert folder.look().accepted == 1
    assert {path.read_bytes() for path in (tmp_path / "done").iterdir()} == {b"first", b"second"}
    assert len(desk.accepted) == 2


def test_each_mail_of_a_mailbox_is_a_submission(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    (tmp_path / "mails.mbox").write_bytes(MAIL % 1 + MAIL % 2)
    assert folder.look() == Taken(accepted=2)
    assert (tmp_path / "done/mails.mbox").exists()
    assert [arrival.channel for arrival in desk.accepted.values()] == ["email", "email"]


def test_a_mailbox_with_a_mail_that_is_too_large_is_put_aside(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    desk.most = 100
    (tmp_path / "mails.mbox").write_bytes(MAIL % 1 + (MAIL % 2).replace(b"text", b"text" * 50))
    assert folder.look() == Taken(accepted=1, refused=1)
    assert "1 mails are larger" in (tmp_path / "refused/mails.mbox.why.txt").read_text()


def test_a_name_that_is_no_text_is_shown_by_its_bytes(folder: Folder, desk: Notebook, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/fax-\xff.pdf")).write_bytes(b"a fax")
    assert folder.look() == Taken(accepted=1)
    assert desk.names() == [("fax-\\xff.pdf",)]

from __future__ import annotations

from pathlib import Path

from actions.parts import command, parts_of, surroundings
from tests.actions.installations import installation

MAIL = {"host": "mail", "user": "u", "password": "p"}


def test_a_machine_that_does_it_all_has_an_api_workers_and_channels(tmp_path: Path) -> None:
    parts = parts_of(installation(tmp_path, workers=2, imap=MAIL))
    assert [part.name for part in parts] == ["api", "worker 1", "worker 2", "channel folder", "channel imap"]
    assert [part.nice for part in parts] == [0, 10, 10, 0, 0]
    assert [part.name for part in parts_of(installation(tmp_path, workers=1))] == ["api", "worker 1", "channel folder"]
    assert all(Path(part.command[1]).is_file() for part in parts)
    assert command("cli", "channel", "imap")[-2:] == ("channel", "imap")


def test_what_the_command_line_changed_holds_for_all_parts(tmp_path: Path) -> None:
    given = {"DOSSIER_PORT": "1", "DOSSIER_DATA_FILE": "/x", "DOSSIER_REDIS_URL": "redis://r", "PATH": "/bin"}
    told = surroundings(installation(tmp_path, port=8123, workers=2), given)
    assert told == {
        "PATH": "/bin", "DOSSIER_REDIS_URL": "redis://r", "DOSSIER_DATA": str(tmp_path), "DOSSIER_PORT": "8123",
        "DOSSIER_HOST": "127.0.0.1", "DOSSIER_WORKERS": "2",
    }  # fmt: skip

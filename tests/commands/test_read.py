from __future__ import annotations

import json
from pathlib import Path

from tests.actions import papers
from tests.commands.runner import dossier


def test_a_file_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(papers.pdf(papers.form(), papers.note()))
    ended = dossier("read", str(tmp_path / "a.pdf"))
    assert ended.status == 0, ended.err
    head, *rest = ended.out.splitlines()
    assert head == "a.pdf  application/pdf  2 pages"
    assert rest[0].startswith("  prior-authorization-form, pages 1")
    assert "Patient Name: Jane Sample" in ended.out


def test_json_is_one_object_a_document(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(papers.mail("See the form.\n", ("a.pdf", papers.pdf(papers.form()))))
    ended = dossier("read", str(tmp_path / "m.eml"), "--json")
    assert ended.status == 0, ended.err
    said = [json.loads(line) for line in ended.out.splitlines()]
    assert [one["path"].rsplit("/", 1)[-1] for one in said] == ["m.eml", "body", "a.pdf"]


def test_what_cannot_be_read_ends_with_four_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "e.pdf").write_bytes(papers.encrypted())
    ended = dossier("read", str(tmp_path / "e.pdf"), "--json")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err == "e.pdf: F005. The file is protected by a password. Please send it without one.\n"


def test_a_partly_bad_container_gives_what_is_good(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(
        papers.mail("See.\n", ("a.pdf", papers.pdf(papers.form())), ("b.pdf", papers.encrypted()))
    )
    ended = dossier("read", str(tmp_path / "m.eml"), "--json")
    assert ended.status == 4
    assert any(json.loads(line)["path"].endswith("a.pdf") for line in ended.out.splitlines())
    assert "b.pdf: F005" in ended.err

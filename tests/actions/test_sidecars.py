from __future__ import annotations

import datetime as dt

from actions.sidecars import faxes_of, group_sidecars, is_sidecar
from models.parsed import Envelope, FaxRecord
from samples.envelope import Sending, sidecar

AT = dt.datetime(2026, 9, 14, 14, 5, tzinfo=dt.UTC)
RECORD = sidecar(Sending("Lakeview", "2165550192", "8005550100", AT, 5), kind="xml", received_at=AT)


def grouped(*names: str, known: tuple[str, ...] = (".xml", ".txt")) -> tuple[tuple[str, ...], ...]:
    return group_sidecars(names, lambda name: name.lower().endswith(known))


def test_a_sidecar_goes_with_the_file_of_its_stem() -> None:
    assert grouped("a.tif", "a.xml", "b.tif", "b.txt") == (("a.tif", "a.xml"), ("b.tif", "b.txt"))


def test_or_of_its_whole_name_and_case_does_not_count() -> None:
    assert grouped("A.TIF", "a.tif.xml", "a.txt") == (("A.TIF", "a.tif.xml", "a.txt"),)


def test_a_text_that_is_no_sidecar_is_a_submission() -> None:
    assert grouped("a.tif", "a.txt", "a.xml", known=(".xml",)) == (("a.tif", "a.xml"), ("a.txt",))


def test_a_sidecar_without_its_fax_is_alone() -> None:
    assert grouped("index.xml", "a.tif") == (("index.xml",), ("a.tif",))


def test_of_files_of_one_stem_the_first_takes_it() -> None:
    assert grouped("a.pdf", "a.tif", "a.xml") == (("a.pdf", "a.xml"), ("a.tif",))


def test_nothing_is_lost_and_only_candidates_are_looked_into() -> None:
    asked: list[str] = []

    def recognised(name: str) -> bool:
        asked.append(name)
        return True

    names = ("a.tif", "a.xml", "c.pdf", "d.json", "folder")
    groups = group_sidecars(names, recognised)
    assert sorted(name for group in groups for name in group) == sorted(names)
    assert asked == ["a.xml"]


def test_the_content_decides() -> None:
    assert is_sidecar(RECORD, "0001.xml")
    assert not is_sidecar(RECORD, "0001.tif")
    assert not is_sidecar(b"Dear plan, please see the pages.", "0001.txt")


def test_of_an_index_only_the_own_files_count() -> None:
    one, other = FaxRecord(file="a.tif", pages=2), FaxRecord(file="b.tif", pages=3)
    assert faxes_of([Envelope(faxes=(one, other))], ["A.tif", "index.xml"]) == (one,)
    assert faxes_of([Envelope(faxes=(FaxRecord(file="FAX1.TIF", pages=2),))], ["0001.tif"]) != ()
    assert faxes_of([Envelope()], ["a.tif"]) == ()

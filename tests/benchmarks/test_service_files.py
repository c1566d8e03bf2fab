from __future__ import annotations

from pathlib import Path

from benchmarks.service_door import attempts, line
from benchmarks.service_files import packed

RECORD = "<Fax><CallerID>3125550100</CallerID><CSID>OFFICE</CSID><Pages>2</Pages></Fax>"


def laid(folder: Path, *names: str) -> list[Path]:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(RECORD if name.endswith(".xml") else f"Note {name}", encoding="utf-8")
    return [folder / name for name in names]


def test_a_seed_draws_an_order_and_each_file_is_linked(tmp_path: Path) -> None:
    files = laid(tmp_path / "in", *(f"{n}.txt" for n in range(20)))
    parcels = packed(files, tmp_path / "received", seed=6)
    assert parcels == packed(files, tmp_path / "received", seed=6)
    assert [parcel.files[0][1] for parcel in parcels] != files
    assert {path for parcel in parcels for _, path in parcel.files} == set(files)
    for parcel in parcels:
        ((name, path),) = parcel.files
        assert name == parcel.name
        assert (tmp_path / "received" / parcel.name).read_bytes() == path.read_bytes()


def test_a_record_goes_with_its_fax(tmp_path: Path) -> None:
    parcels = packed(laid(tmp_path / "in", "1.tif", "1.xml", "2.tif"), tmp_path / "received", seed=6)
    names = sorted(tuple(name for name, _ in parcel.files) for parcel in parcels)
    assert ("1.tif", "1.xml") in names
    assert len(names) == 2
    folder = next(parcel.name for parcel in parcels if len(parcel.files) == 2)
    assert (tmp_path / "received" / folder / "1.xml").is_file()


def test_what_should_not_come_through_the_door_is_marked() -> None:
    first = next(attempts(10))
    assert len(first.body["files"][0][1][1]) == 11
    assert line(first, 413, "too-large") == "door  413 too-large                a file of a byte too much"
    assert "FAULT: expected 413" in line(first, 202, "")

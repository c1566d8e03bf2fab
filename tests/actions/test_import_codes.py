from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from actions.code_tables import imported, listed
from actions.import_codes import Imported, import_codes
from models.problem import UsageError
from tests.codes.layouts.test_hcpcs import record
from tests.codes.layouts.test_icd10cm import LINES

TODAY = dt.date(2026, 11, 22)


def load(name: str, file: Path, data: Path, effective_on: dt.date | None = None) -> Imported:
    return import_codes(name, file, data, effective_on=effective_on, today=TODAY, told=lambda _: None)


def test_a_file_is_loaded_under_the_date_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "icd10cm-order-2027.txt"
    file.write_text("".join((*LINES, "rubbish\n")), "utf-8")
    done = load("icd10cm", file, tmp_path / "data")
    assert (done.effective_on, done.rows, done.skipped) == (dt.date(2026, 10, 1), 3, 1)
    assert (done.bad[0].line, done.bad[0].reason) == (4, "no ICD-10-CM code in columns 7 to 13")
    (table,) = imported(tmp_path / "data").of("ICD-10-CM")
    assert table.find("S83.511A") is not None
    lines = listed(tmp_path / "data")
    assert lines[0].startswith("ICD-10-CM  2026-04-01")
    assert lines[1] == "ICD-10-CM  2026-10-01  3 rows  icd10cm-order-2027.txt"


def test_gzip_and_a_date_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "codes.txt.gz"
    file.write_bytes(gzip.compress(record("J0135", "3", "Injection").encode("cp1252")))
    with pytest.raises(UsageError, match="--effective"):
        load("hcpcs", file, tmp_path)
    assert load("hcpcs", file, tmp_path, dt.date(2026, 4, 1)).effective_on == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("hcpsc", b"", "Did you mean 'hcpcs'"),
        ("icd10cm", b"nothing of that kind\n", "holds no row of the layout icd10cm. Line 1: no ICD-10-CM code"),
        ("icd10cm", b"\xff\xfe\n", "is not text in utf-8"),
        ("ndc", b"", "no column NDCPACKAGECODE"),
    ],
)
def test_what_cannot_be_loaded_is_said_in_words(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / "icd10cm-order-2027.txt"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        load(name, file, tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load("nppes", tmp_path / "away.csv", tmp_path)

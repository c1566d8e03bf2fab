from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from models.geometry import Box
from models.identifiers import npi_ok
from models.truth import FileTruth
from samples.demo import main, make
from tests.samples.ink import frames, ink_around

NAMES = ["fax-arthritis.tif", "fax-sleep-apnea.tif", "form-back-pain.pdf", "mail-psoriasis.eml"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[FileTruth, ...]]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, make(folder, seed=7)


def values(truth: FileTruth) -> dict[str, str]:
    return {value.path: value.value for page in truth.pages for value in page.values}


def test_four_files_are_made_the_same_each_time(made: tuple[Path, tuple[FileTruth, ...]], tmp_path: Path) -> None:
    folder, truths = made
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert make(tmp_path, seed=7) == truths
    for name in NAMES:
        one, other = (hashlib.sha256((place / name).read_bytes()).digest() for place in (folder, tmp_path))
        assert one == other, name


def test_another_seed_makes_other_people(made: tuple[Path, tuple[FileTruth, ...]], tmp_path: Path) -> None:
    _, truths = made
    others = make(tmp_path, seed=8)
    assert [values(one) for one in truths] != [values(other) for other in others]


def test_every_place_lies_on_its_page(made: tuple[Path, tuple[FileTruth, ...]]) -> None:
    for truth in made[1]:
        for page in truth.pages:
            whole = Box(0, 0, page.width, page.height)
            boxes = [word.box for word in page.words] + [box for value in page.values for box in value.boxes]
            assert boxes
            for box in boxes:
                assert whole.common(box) == pytest.approx(box.area)


def test_every_word_of_the_faxes_has_ink(made: tuple[Path, tuple[FileTruth, ...]]) -> None:
    folder, truths = made
    for truth in truths[:2]:
        for (pixels, x, y), page in zip(frames(folder / truth.path), truth.pages, strict=True):
            for word in page.words:
                assert ink_around(pixels, word.box, x=x / 72, y=y / 72, margin=0) is not None, word


@pytest.mark.parametrize("which", range(4))
def test_what_a_request_needs_is_stated(made: tuple[Path, tuple[FileTruth, ...]], which: int) -> None:
    stated = values(made[1][which])
    assert {"/patient/birth_date", "/coverage/member_id", "/requesting_provider/npi", "/signature/state"} <= set(stated)
    assert any(path.startswith("/service_lines/0/") for path in stated)
    assert not set(made[1][which].absent) & set(stated)


def test_the_planted_defects_are_there(made: tuple[Path, tuple[FileTruth, ...]]) -> None:
    arthritis, apnea, back, psoriasis = made[1]
    assert arthritis.defects
    assert not npi_ok(values(apnea)["/requesting_provider/npi"])
    assert values(back)["/signature/state"] == "unsigned"
    assert npi_ok(values(psoriasis)["/requesting_provider/npi"])
    words = {word.text.lower().strip(".,") for page in arthritis.pages[1:] for word in page.words}
    assert "tuberculosis" not in words


def test_ticks_say_the_urgency(made: tuple[Path, tuple[FileTruth, ...]]) -> None:
    for truth, urgency in zip(made[1][:3], ("urgent", "standard", "standard"), strict=True):
        ticked = {
            mark.value
            for page in truth.pages
            for mark in page.marks
            if mark.path == "/level_of_service" and mark.ticked
        }
        assert ticked == {urgency}


def test_the_command_writes_the_truth_beside_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["demo", str(tmp_path), "--seed", "7"])
    main()
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert sorted(path.name for path in (tmp_path / "received").iterdir()) == NAMES
    assert [entry["path"] for entry in truth] == [*NAMES[:3], "mail-psoriasis.eml/1/letter.pdf"]
    assert len(truth[0]["pages"][0]["words"][0]["box"]) == 4
    assert "made 4 files" in capsys.readouterr().out

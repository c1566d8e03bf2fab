from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from models.truth import PacketTruth
from models.truth_json import dump, load
from samples.channels import CHANNELS
from samples.designs import DESIGNS
from samples.packets import main, make

COUNT, SEED = 6, 41


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[PacketTruth, ...]]:
    folder = tmp_path_factory.mktemp("packets")
    return folder, make(folder, count=COUNT, seed=SEED, jobs=2)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(made: tuple[Path, tuple[PacketTruth, ...]], tmp_path: Path) -> None:
    again = make(tmp_path / "again", count=COUNT, seed=SEED, jobs=1)
    assert again == made[1]
    assert contents(tmp_path / "again") == contents(made[0])


def test_the_truth_is_written_as_it_is(made: tuple[Path, tuple[PacketTruth, ...]]) -> None:
    lines = (made[0] / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    read = tuple(load(json.loads(line)) for line in lines)
    assert [dump(packet) for packet in read] == [dump(packet) for packet in made[1]]
    assert [packet.name for packet in read] == sorted(child.name for child in (made[0] / "received").iterdir())


def test_every_page_belongs_to_a_paper(made: tuple[Path, tuple[PacketTruth, ...]]) -> None:
    for packet in made[1]:
        pages = [page for file in packet.files for page in file.pages]
        assert {page.paper for page in pages} == set(range(len(packet.papers)))
        assert all(page.part == packet.papers[page.paper].part for page in pages)
        assert any(paper.request for paper in packet.papers)
        assert all(paper.case is not None or paper.patient != "same" for paper in packet.papers)


def test_the_files_have_the_pages_of_the_truth(made: tuple[Path, tuple[PacketTruth, ...]]) -> None:
    for packet in made[1]:
        child = made[0] / "received" / packet.name
        if child.suffix == ".tif":
            with Image.open(child) as image:
                assert sum(1 for _ in ImageSequence.Iterator(image)) == len(packet.files[0].pages)
        elif child.suffix == ".pdf":
            assert len(pypdfium2.PdfDocument(child)) == len(packet.files[0].pages)
        elif child.is_dir():
            assert sorted(file.path for file in packet.files) == sorted(file.name for file in child.iterdir())


def test_designs_and_channels_are_dealt_in_turn(tmp_path: Path) -> None:
    kept = [design.name for design in DESIGNS if design.measuring]
    counts = Counter(packet.design for packet in make(tmp_path / "a", count=len(kept), seed=3, measuring=True))
    assert counts == dict.fromkeys(kept, 1)
    native = make(tmp_path / "b", count=3, seed=4, measuring=False, channels=("native-pdf",))
    assert {packet.channel for packet in native} == {"native-pdf"}
    assert not any(packet.measuring for packet in native)


def test_three_forms_and_two_letters_are_kept_for_measuring() -> None:
    kept = [design for design in DESIGNS if design.measuring]
    assert sum(design.form is not None for design in kept) >= 3
    assert sum(design.letter is not None for design in kept) >= 2
    assert sum(design.form is not None for design in DESIGNS) >= 12
    assert sum(design.letter is not None for design in DESIGNS) >= 4
    assert len({design.name for design in DESIGNS}) == len(DESIGNS)


def test_the_command_says_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(tmp_path / "out"), "--count", "1", "--seed", "9", "--channels", "native-pdf", "--developing"]
    monkeypatch.setattr("sys.argv", ["packets", *arguments])
    main()
    assert capsys.readouterr().out.startswith("seed 9: 1 packets with ")
    assert set(CHANNELS) > {"native-pdf"}

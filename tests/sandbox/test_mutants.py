"""Two hundred damaged files through the sandbox: each ends with pages, leaves or a code, and nothing is raised."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.endings import Ending, ending_of
from benchmarks.mutants import LIMITS, endings_of, mutant, offence
from benchmarks.seeds import seeds

SEED = 3
COUNT = 200
CONTAINERS = ("scans.zip", "two.mbox", "winmail.dat")
# Two seconds each in LibreOffice, which has its own tests.
OFFICE = ("letter.docx", "letter.odt", "letter.rtf")


def test_sound_files_are_sound() -> None:
    """What mutants are made of can be read: else their refusal would say nothing."""
    sound = {name: content for name, content in seeds().items() if name not in OFFICE}
    endings = [ending_of(name, content, LIMITS) for name, content in sound.items()]
    refused = {ending.name: ending.codes for ending in endings if not ending.opened}
    assert {name: codes for name, codes in refused.items() if name not in CONTAINERS or codes != ["F003"]} == {}


def test_no_mutant_is_lost_raises_or_dies_unexplained() -> None:
    sound = {name: content for name, content in seeds().items() if name not in OFFICE}
    endings = list(endings_of(sound, SEED, range(COUNT)))
    assert {ending.name: offence(ending) for ending in endings if offence(ending)} == {}
    assert len({ending.group for ending in endings}) > 10


def test_a_mutant_is_made_again_from_its_numbers() -> None:
    assert mutant(SOUND, 5, 17) == mutant(dict(SOUND), 5, 17)
    assert mutant(SOUND, 5, 17) != mutant(SOUND, 6, 17)
    assert mutant(SOUND, 5, 17)[0] == "5-17-b.txt"


def test_what_the_bars_forbid_is_told() -> None:
    fine = Ending("1-1-a.pdf", "PDF", documents=1)
    assert offence(fine) == ""
    assert offence(replace(fine, crash="Traceback")) == "CRASH"
    assert offence(replace(fine, late=True)) == "LATE"
    assert offence(replace(fine, documents=0)) == "LOST"
    assert offence(replace(fine, deaths=["F013"])) == "F013"


SOUND = {"a.txt": b"a letter " * 40, "b.txt": b"another " * 40}

"""Whether this machine can do the work at all, asked once before any file is opened."""

from __future__ import annotations

from actions.means import Means
from intake.ocr import EngineMissing
from intake.page import open_eyes
from models.problem import NotReady
from sandbox.walls import wall_kind


def check_machine(means: Means) -> None:
    """Find the walls and an OCR engine.

    Raises:
        NoWalls: nothing here shuts untrusted files in.
        NotReady: no OCR engine works; the message says why.
    """
    wall_kind()
    try:
        open_eyes(means.tessdata)
    except EngineMissing as failure:
        raise NotReady(f"no OCR engine works on this machine: {failure}. See dossier doctor.") from failure

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from samples import faces
from samples.faces import CHINESE, HANDWRITTEN, MissingFace, face


@pytest.mark.parametrize("name", [*HANDWRITTEN, CHINESE, "Helvetica"])
def test_every_face_can_be_drawn_with(name: str) -> None:
    assert stringWidth("Jane", face(name), 10) > 10


def test_a_missing_face_says_which_package_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(faces, "_FOLDER", tmp_path)
    face.cache_clear()
    try:
        with pytest.raises(MissingFace, match="apt-get install fonts-klee"):
            face("Klee")
    finally:
        face.cache_clear()

from __future__ import annotations

from models.reading import Reading
from models.request import Rejection


def test_files_that_could_not_be_opened_have_no_pages() -> None:
    refused = Rejection(submission="s", file="a.pdf", sha256="0" * 64, code="F006", message="damaged")
    assert Reading((), (refused,), ()).pages == 0

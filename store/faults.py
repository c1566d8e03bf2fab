"""Named points of the protocol at which a test may stop a process; in the product nothing happens there.

tests/reliability puts a function of its own into `hook` before it starts the service in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

POINTS: Final = (
    "after_part_write",
    "after_fsync",
    "after_rename",
    "after_dirsync",
    "before_commit",
    "after_commit_before_reply",
    "after_lease",
    "mid_ocr",
    "before_result_commit",
    "after_result_commit",
    "before_outbox_send",
    "after_send_before_mark",
    "before_mail_move",
    "before_file_move",
    "during_migration",
)


def _nothing(point: str) -> None:
    """Go on."""


hook: Callable[[str], None] = _nothing


def reached(point: str) -> None:
    """Tell that the protocol has come to a point."""
    hook(point)

"""The channels by which files come in unasked. To add one: a file here, its line below, and its test.

Uploads come through the API, which is no channel of this kind: whoever uploads waits for the receipt.
"""

from __future__ import annotations

from types import ModuleType

from intake.channels import folder, imap, mbox

CHANNELS: tuple[ModuleType, ...] = (folder, imap, mbox)
NAMES = tuple(channel.__name__.rpartition(".")[2] for channel in CHANNELS)

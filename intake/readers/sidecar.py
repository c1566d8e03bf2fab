"""Sidecars: what a fax server laid beside the fax's image. They tell of faxes and have no page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.fax_record import read_records
from intake.raw import RawFax, RawLeaf, ReadOptions, Unreadable
from intake.readers.text import decode


class Sidecar:
    """An opened sidecar; see `intake.raw.LeafSource`. It holds no documents."""

    notes: tuple[str, ...] = ()
    sender: str | None = None
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, faxes: tuple[RawFax, ...]) -> None:
        """Take what it tells."""
        self.faxes = faxes

    def leaves(self) -> Iterator[RawLeaf]:
        """None."""
        return iter(())


def load(content: bytes, options: ReadOptions) -> Sidecar:
    """Read a sidecar. Unreadable: F017 when it tells of no fax after all.

    A record of one fax that names no file goes by the sidecar's own name, whose stem is the fax's.
    """
    faxes = read_records(decode(content))
    if not faxes:
        raise Unreadable("F017")
    if len(faxes) == 1 and faxes[0].file is None:
        faxes = (replace(faxes[0], file=options.filename.rpartition("/")[2] or None),)
    return Sidecar(faxes[: options.pages])

"""The files that fax servers lay beside a fax: which belong to which, and what they say about a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from intake.sniff import SIDECAR_SUFFIXES, media_type_of
from models.parsed import Envelope, FaxRecord
from models.received import SIDECAR


def is_sidecar(content: bytes, name: str) -> bool:
    """Whether a file called `name` is what a fax server wrote down about a fax, by its suffix and its first bytes."""
    return name.lower().endswith(SIDECAR_SUFFIXES) and media_type_of(content, name) == SIDECAR


def group_sidecars(names: Sequence[str], recognised: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    """The files of one folder that make up one submission each: a file with its sidecars behind it, or a file alone.

    A sidecar has the stem of its file ("0001.xml" beside "0001.tif") or its whole name before its suffix
    ("0001.tif.xml"), upper and lower case alike. `recognised` is asked only of a file that could be one, and says
    whether its content is (`is_sidecar`). Where several files share a stem the first of them takes it. The groups are
    in the order of their first file in `names`; a sidecar that belongs to none is alone.
    """
    owners: dict[str, str] = {}
    candidates = [name for name in names if name.lower().endswith(SIDECAR_SUFFIXES)]
    for name in names:
        if name not in candidates:
            owners.setdefault(name.lower(), name)
            owners.setdefault(_stem(name), name)
    beside: dict[str, list[str]] = {}
    for name in candidates:
        owner = owners.get(_stem(name))
        if owner is not None and recognised(name):
            beside.setdefault(owner, []).append(name)
    taken = {name for each in beside.values() for name in each}
    return tuple((name, *beside.get(name, ())) for name in names if name not in taken)


def faxes_of(envelopes: Iterable[Envelope], names: Sequence[str]) -> tuple[FaxRecord, ...]:
    """What the envelopes of a submission tell of its own faxes; `names` are the names of its files.

    An index of several faxes may name files of other submissions: of such a one only the records that name a file of
    this submission count.
    """
    known = {name.lower() for name in names} | {_stem(name) for name in names}
    found: list[FaxRecord] = []
    for envelope in envelopes:
        own = [fax for fax in envelope.faxes if fax.file is not None and _named(fax.file, known)]
        found.extend(envelope.faxes if len(envelope.faxes) == 1 else own)
    return tuple(found)


def _named(file: str, known: set[str]) -> bool:
    return file.lower() in known or _stem(file) in known


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.lower()

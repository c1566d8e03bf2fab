"""Those who come with a key or a session that does not hold: how often they may fail."""

from __future__ import annotations

import contextlib
import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from web.pace import Pace
from web.problems import Refusal

# How long, in seconds, and of how many secrets it is remembered whether they held.
_KNOWN_S, _MOST_KNOWN = 600.0, 10_000


class Unknown(Refusal):
    """The key or the session does not hold."""

    def __init__(self, detail: str | None = None) -> None:
        """Say why, where there is more to say than what to send."""
        super().__init__("unauthenticated", detail)


@dataclass(slots=True)
class Strangers:
    """The attempts of strangers by their address: `pace` bounds those that fail, `lookups` generously all of them.

    Many callers may share an address, so a secret is looked up before its address counts: one that holds is not
    refused for what others tried. Digests of what has just held, and of what has not, spare the next lookup's bound,
    or the lookup.
    """

    pace: Pace
    lookups: Pace
    known: OrderedDict[bytes, float] = field(default_factory=OrderedDict)
    wrong: OrderedDict[bytes, float] = field(default_factory=OrderedDict)

    @contextlib.contextmanager
    def trying(self, address: str, secret: str) -> Iterator[None]:
        """An attempt to be known by a secret; `Unknown` within it counts against the address.

        Raises:
            Refusal: too many attempts from the address have failed, and this one, too; or more than can be looked up.
        """
        digest, at = hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest(), time.monotonic()
        if not _lately(self.known, digest, at):
            if _lately(self.wrong, digest, at):
                self.pace.check(address)
            self.lookups.step(address)
        try:
            yield
        except Unknown:
            self.known.pop(digest, None)
            _note(self.wrong, digest, at)
            self.pace.step(address)
            raise
        _note(self.known, digest, at)


def _lately(noted: OrderedDict[bytes, float], digest: bytes, at: float) -> bool:
    return at - noted.get(digest, -math.inf) < _KNOWN_S


def _note(noted: OrderedDict[bytes, float], digest: bytes, at: float) -> None:
    # Calls run in threads: each of these steps holds whatever another one does between them.
    noted.pop(digest, None)
    noted[digest] = at
    if len(noted) > _MOST_KNOWN:
        noted.popitem(last=False)

"""Those who come with a key or a session that does not hold: how often they may try, before anything is looked up."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from web.pace import Pace
from web.problems import Refusal

# Whose secret has just held may try again from an address that others make trouble from.
_KNOWN_S, _MOST_KNOWN = 600.0, 10_000


class Unknown(Refusal):
    """The key or the session does not hold."""

    def __init__(self, detail: str | None = None) -> None:
        """Say why, where there is more to say than what to send."""
        super().__init__("unauthenticated", detail)


@dataclass(slots=True)
class Strangers:
    """The attempts of strangers by their address, and whom we know by now: digests of what has just held."""

    pace: Pace
    known: OrderedDict[bytes, float] = field(default_factory=OrderedDict)

    @contextlib.contextmanager
    def trying(self, address: str, secret: str) -> Iterator[None]:
        """An attempt to be known by a secret; `Unknown` within it counts against the address.

        Raises:
            Refusal: too many attempts from the address have failed; nothing was looked up.
        """
        digest, at = hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest(), time.monotonic()
        if at - self.known.get(digest, -_KNOWN_S) >= _KNOWN_S:
            self.pace.check(address)
        try:
            yield
        except Unknown:
            self.known.pop(digest, None)
            self.pace.failed(address)
            raise
        self.known[digest] = at
        if len(self.known) > _MOST_KNOWN:
            self.known.popitem(last=False)

"""Locks of files (`flock`) that are waited for only so long: whoever holds one may have been stopped, or hang."""

from __future__ import annotations

import errno
import fcntl
import time

from models.problem import TransientError

# Whoever is alive holds a lock for a rename, or for a line: a hundredth of a second.
_LOOK_S = 0.02
# What a file system says that knows no locks.
_NONE = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


def lock(descriptor: int, kind: int, *, patience_s: float) -> bool:
    """Lock an open file until it is closed; False where its file system knows no locks.

    Raises:
        TransientError: others have held it for `patience_s` seconds.
    """
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise TransientError("Another process holds a lock for too long. Is it stopped? Try again.") from None
            time.sleep(_LOOK_S)
        except OSError as failure:
            if failure.errno not in _NONE:
                raise
            return False
        else:
            return True

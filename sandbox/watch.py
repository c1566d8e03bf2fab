"""Why a reader died, told by the process that started it: the only one that can know.

The child splits itself in two before it sees a byte of the file. One half reads behind the walls; the other, which does
nothing else, waits for its end. What a process has used is told to its direct parent alone: further out, the larger
program around it hides it.
"""

from __future__ import annotations

import os
import signal

# Exit statuses of the watching half, chosen beside those of the shell, of Python and of bubblewrap.
HUNGRY = 75
LATE = 76
CRASHED = 77
KILLED = 78
# A reader that had filled this share of its memory when it died, died of it; the same for its CPU time.
_FULL = 0.5
_USED_UP = 0.95
# What libraries say on their last breath, to standard error, when they get no memory.
_LAST_WORDS = (b"bad_alloc", b"MemoryError", b"out of memory", b"Out of memory", b"Cannot allocate memory")
_TAIL_BYTES = 4096


def split() -> int:
    """Fork; 0 in the half that is to read, whose standard error the other half hears; there, that descriptor."""
    hears, speaks = os.pipe()
    if os.fork() == 0:
        os.close(hears)
        os.dup2(speaks, 2)
        os.close(speaks)
        return 0
    os.close(speaks)
    # The reader's end must be the end of the pipe to the parent.
    for descriptor in (0, 1):
        os.close(descriptor)
    return hears


def see_out(hears: int, memory_bytes: int, cpu_s: int) -> int:
    """Wait for the reader's end; the exit status that tells what it died of, or its own."""
    tail = b""
    while said := os.read(hears, 1 << 16):
        tail = (tail + said)[-_TAIL_BYTES:]
    _, status, usage = os.wait4(-1, 0)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    by = os.WTERMSIG(status)
    if by == signal.SIGXCPU or usage.ru_utime + usage.ru_stime >= _USED_UP * cpu_s:
        return LATE
    if usage.ru_maxrss * 1024 > _FULL * memory_bytes or any(words in tail for words in _LAST_WORDS):
        return HUNGRY
    return KILLED if by == signal.SIGKILL else CRASHED

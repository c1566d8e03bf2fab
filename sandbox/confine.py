"""What the child does to itself before it sees a byte of the file. It cannot be undone.

Imported by the child: nothing heavy here.
"""

from __future__ import annotations

import errno
import os
import resource
import sys
from pathlib import Path
from types import ModuleType
from typing import Literal

Kind = Literal["bubblewrap", "landlock"]
KINDS: tuple[Kind, ...] = ("bubblewrap", "landlock")
PACKAGES = ("models", "intake", "sandbox")
ROOT = Path(__file__).resolve().parent.parent


def limit_resources(memory_bytes: int, cpu_s: int, *, file_bytes: int = 0) -> None:
    """Hold address space, CPU time, the size of a file to write, cores (none)."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(what, (most, most))


def shut_in(kind: Kind, code: tuple[Path, ...] = ()) -> None:
    """Close the file system (Landlock; bubblewrap has done it already) and the calls that no reader needs (seccomp).

    Raises:
        OSError, ImportError, RuntimeError: a wall of this kind does not stand.
    """
    # Loaded first: it looks for its C library in places that are closed afterwards.
    import pyseccomp

    if kind == "landlock":
        _landlock(code)
    _refuse_calls(pyseccomp)


def shut_in_converter() -> None:
    """Close the calls that a converter does not need either: it may write in its workplace and become the converter
    (exec), nothing more. What it may see is bubblewrap's.
    """
    import pyseccomp

    _refuse_calls(pyseccomp, spared=_CONVERTER_NEEDS)


def interpreter() -> tuple[str, ...]:
    """The folders of this Python and its virtual environment, as far as they do not lie under /usr."""
    places = {Path(place) for place in (sys.prefix, sys.base_prefix)}
    places |= {place.resolve() for place in places}
    return tuple(sorted(str(place) for place in places if not place.is_relative_to("/usr")))


def _landlock(code: tuple[Path, ...]) -> None:
    import landlock

    readable = landlock.FSAccess.READ_FILE | landlock.FSAccess.READ_DIR
    rules = landlock.Ruleset()
    packages = [str(ROOT / package) for package in PACKAGES]
    for place in ("/usr", "/lib", "/lib64", *interpreter(), *packages, *(str(folder) for folder in code)):
        if Path(place).exists():
            rules.allow(place, rules=readable)
    rules.apply()


# Calls that no reader needs: the network, other processes, other name spaces, and the kernel's wide, young interfaces.
_DENIED = """
    socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg
    fork vfork execve execveat ptrace process_vm_readv process_vm_writev kill tkill pidfd_open pidfd_getfd
    unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen bpf perf_event_open userfaultfd
    io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key init_module finit_module
    delete_module kexec_load memfd_create open_by_handle_at name_to_handle_at chmod fchmod fchmodat chown fchown
    lchown fchownat link linkat symlink symlinkat rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir
    mknod mknodat truncate utimensat setxattr pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo process_madvise kcmp
"""
_CLONE_THREAD = 0x00010000
_AF_UNIX = 1
# To be executed, to look for another of its kind (a socket in its own name space), and to keep house in its workplace.
# Programs that it may become can still not fork.
_CONVERTER_NEEDS = """
    execve socket bind listen accept accept4 connect
    chmod fchmod fchmodat link linkat symlink symlinkat rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir
    truncate utimensat
"""


def _refuse_calls(pyseccomp: ModuleType, spared: str = "") -> None:
    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    for name in sorted(set(_DENIED.split()) - set(spared.split())):
        try:
            calls.add_rule(refuse, name)
        except OSError:  # this kernel or library does not know the call
            continue
    if "socket" in spared.split():
        calls.add_rule(refuse, "socket", pyseccomp.Arg(0, pyseccomp.NE, _AF_UNIX))
    # A process may end itself (abort), not another.
    calls.add_rule(refuse, "tgkill", pyseccomp.Arg(0, pyseccomp.NE, os.getpid()))
    calls.add_rule(refuse, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, 0))
    # Its flags lie in memory where a filter cannot look; the C library falls back to clone on ENOSYS.
    calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    calls.load()

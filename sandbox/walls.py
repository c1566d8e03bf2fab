"""The walls around the child: bubblewrap where namespaces work, else seccomp and Landlock; rlimits always.

Inside: the Python that runs us and its packages, our code, nothing to write to, no home, no network, no other process.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from models.problem import DossierError
from sandbox.confine import KINDS, PACKAGES, ROOT, Kind, interpreter

_INSIDE = Path("/dossier")
# Where a converter writes, inside.
WORKPLACE = Path("/work")
# A child that has started answers at once; a machine that needs longer than this is not one to work on.
_PROBE_S = 20.0


class NoWalls(DossierError):
    """This machine offers no way to shut untrusted files in. Nothing is opened."""

    state = "unchanged"

    def __init__(self) -> None:
        """Say what to install."""
        super().__init__(
            "no sandbox on this machine: install bubblewrap (and allow user namespaces), "
            "or run a kernel with seccomp and Landlock (5.13 or later)"
        )


@functools.cache
def wall_kind() -> Kind:
    """Which walls this machine offers; tried once a process.

    Raises:
        NoWalls: none of them.
    """
    for kind in KINDS:
        if stands(kind):
            return kind
    raise NoWalls


def describe_walls() -> str:
    """The walls in words, or that there are none."""
    try:
        kind = wall_kind()
    except NoWalls as missing:
        return f"none: {missing}"
    if kind == "bubblewrap":
        return "bubblewrap (own namespaces, no network, read-only) + seccomp + rlimits"
    return "seccomp + Landlock (no network, read-only) + rlimits"


def stands(kind: Kind) -> bool:
    """Whether a child of this kind can be started here and shuts itself in."""
    if kind == "bubblewrap" and shutil.which("bwrap") is None:
        return False
    try:
        done = subprocess.run(
            command(kind, ("--probe", kind)),
            cwd=working_folder(kind),
            env=environment(kind),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def command(kind: Kind, arguments: tuple[str, ...], code: tuple[Path, ...] = ()) -> list[str]:
    """The command line that starts a child of this kind. `code` names further folders of packages it may import."""
    python = [sys.executable, "-B", "-s", "-m", "sandbox.child", *arguments]
    return [*_bubblewrap(code), *python] if kind == "bubblewrap" else python


def converter_command(arguments: tuple[str, ...], folders: tuple[str, ...], *, room_bytes: int) -> list[str]:
    """The command line that starts a converter's keeper: `folders` to read besides, a workplace in memory to write to.

    Only behind bubblewrap: without its private file system a converter would need a place on a disk.
    """
    more = ["--size", str(room_bytes), "--tmpfs", str(WORKPLACE)]
    for folder in ("/etc/fonts", *folders):
        more += ["--ro-bind-try", folder, folder]
    python = [sys.executable, "-B", "-s", "-m", "sandbox.keeper", *arguments]
    return [*_bubblewrap((), tuple(more)), *python]


def working_folder(kind: Kind) -> Path:
    """Where the child starts, so that it finds our packages: outside the walls for one, inside for the other."""
    return Path("/") if kind == "bubblewrap" else ROOT


def environment(kind: Kind, code: tuple[Path, ...] = ()) -> dict[str, str]:
    """The child's whole environment."""
    return {
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(str(place) for place in (_INSIDE if kind == "bubblewrap" else ROOT, *code)),
    }


def _bubblewrap(code: tuple[Path, ...], more: tuple[str, ...] = ()) -> list[str]:
    arguments = ["bwrap", "--unshare-all", "--as-pid-1", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    arguments += ["--uid", "65534", "--gid", "65534", "--dev", "/dev"]
    for place in ("/usr", "/lib", "/lib64", "/bin", "/sbin"):
        path = Path(place)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), place]
        elif path.exists():
            arguments += ["--ro-bind", place, place]
    arguments += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    for place in interpreter():
        arguments += ["--ro-bind", place, place]
    for package in PACKAGES:
        arguments += ["--ro-bind", str(ROOT / package), str(_INSIDE / package)]
    for folder in code:
        arguments += ["--ro-bind", str(folder), str(folder)]
    return [*arguments, *more, "--chdir", str(_INSIDE), "--"]

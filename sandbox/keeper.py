"""The throw-away process around a converter (LibreOffice): lays the file into the workplace, hands over the PDF.

Started by `sandbox.convert` behind bubblewrap with one JSON argument. The workplace is memory of limited size and goes
with the process. The converter cannot start other programs, so nothing of it outlives this process either.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

from intake.raw import Unreadable
from sandbox.confine import limit_resources, shut_in_converter
from sandbox.frames import standard_input, write_frame

# LibreOffice ends with it when its new profile is made and it wants to be started again.
_ONCE_MORE = 81
_STARTS = 3
_MANIFEST_BYTES = 1 << 20
# Of the memory it was given: a converter that had more than this share when it died, died of it.
_FULL = 0.5
# Macros off, whatever signs them; links to other files and hosts are not followed. The last two spare a second start.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Misc", "FirstRun", "false"),
)


def main(arguments: list[str]) -> int:
    """Convert as told; returns the exit status."""
    order = json.loads(arguments[0])
    with os.fdopen(os.dup(1), "wb", buffering=1 << 16) as out:
        write_frame(out, {"is": "ready"})
        try:
            _convert(out, order)
        except Unreadable as refused:
            write_frame(out, {"is": "refused", "code": refused.code})
        except MemoryError:
            write_frame(out, {"is": "refused", "code": "F012"})
        except OSError:  # the workplace is full before the converter has begun
            write_frame(out, {"is": "refused", "code": "F010"})
    return 0


def _convert(out: BinaryIO, order: dict[str, object]) -> None:
    place = Path(str(order["workplace"]))
    content = standard_input()
    if _is_locked(content):
        raise Unreadable("F005")
    source = place / f"in.{order['suffix']}"
    source.write_bytes(content)
    _make_profile(place / "profile", Path(str(order["release"])))
    for _ in range(_STARTS):
        status, usage = _run([*cast("list[str]", order["program"]), str(source)], order)
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) != _ONCE_MORE:
            break
    _judge(status, usage, place, order)
    made = place / "out" / "in.pdf"
    if not made.is_file() or made.is_symlink():
        raise Unreadable("F006")
    if made.stat().st_size > cast(int, order["file_bytes"]):
        raise Unreadable("F010")
    write_frame(out, {"is": "converted"}, made.read_bytes())


def _is_locked(content: bytes) -> bool:
    """Whether the document is encrypted, which the converter itself does not tell.

    Source:
        MS-OFFCRYPTO 2.3.4.4 (the stream EncryptedPackage), MS-DOC 2.5.2 (FibBase, bit fEncrypted; the stream begins in
        the first sector as Word writes it), OpenDocument 1.2 part 3, 3.4 (manifest:encryption-data).
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        word = content[512:524]
        encrypted = word.startswith(b"\xec\xa5") and bool(word[11] & 1)
        return encrypted or "EncryptedPackage".encode("utf-16-le") in content
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(_MANIFEST_BYTES)
    except Exception:  # noqa: BLE001 - no manifest that could be read: the converter is to say what it is
        return False


def _run(command: list[str], order: dict[str, object]) -> tuple[int, resource.struct_rusage]:
    """The converter's status and what it used."""
    process = os.fork()
    if process == 0:
        try:
            _become(command, order)
        finally:
            os._exit(1)
    _, status, usage = os.wait4(process, 0)
    return status, usage


def _become(command: list[str], order: dict[str, object]) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.closerange(3, 256)
    for number in (signal.SIGXFSZ, signal.SIGPIPE):  # which Python ignores, and so would the converter
        signal.signal(number, signal.SIG_DFL)
    os.chdir(str(order["workplace"]))
    limit_resources(
        cast(int, order["memory_bytes"]), cast(int, order["cpu_s"]), file_bytes=cast(int, order["file_bytes"])
    )
    shut_in_converter()
    os.execve(command[0], command, cast("dict[str, str]", order["environment"]))  # noqa: S606 - that is its errand


def _judge(status: int, usage: resource.struct_rusage, place: Path, order: dict[str, object]) -> None:
    """Unreadable with the limit that it ran into, where it ran into one."""
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    room = os.statvfs(place)
    if by == signal.SIGXFSZ or room.f_bavail == 0:
        raise Unreadable("F010")
    if by == signal.SIGXCPU or usage.ru_utime + usage.ru_stime >= cast(int, order["cpu_s"]):
        raise Unreadable("F011")
    if by == signal.SIGKILL or (status and usage.ru_maxrss * 1024 > _FULL * cast(int, order["memory_bytes"])):
        raise Unreadable("F012")
    if status:
        raise Unreadable("F006")


def _make_profile(profile: Path, release: Path) -> None:
    user = profile / "user"
    for extensions in ("bundled", "shared"):
        (user / "extensions" / extensions).mkdir(parents=True)
        (user / "extensions" / extensions / "lastsynchronized").write_text("0", encoding="ascii")
    build = [line[8:] for line in _lines(release) if line.startswith("buildid=")]
    (user / "extensions" / "buildid").write_text("".join(build[:1]), encoding="ascii")
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    settings = (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )
    (user / "registrymodifications.xcu").write_text(settings, encoding="utf-8")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

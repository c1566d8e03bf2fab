"""A converter that does what the file it gets tells it to: a program of its own, run in LibreOffice's place."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

PDF = Path("out/in.pdf")


def main() -> int:
    """The file's first word is the order; whatever follows its first line is the PDF."""
    content = Path(sys.argv[-1]).read_bytes()
    order, _, pdf = content.partition(b"\n")
    PDF.parent.mkdir()
    PDF.write_bytes(pdf)
    ORDERS[order.decode().strip(" {}\\").removeprefix("rtf ")]()
    return 0


def _die() -> None:
    os.abort()


def _again() -> None:
    sys.exit(81)


def _hang() -> None:
    time.sleep(3600)


def _spin() -> None:
    while True:
        pass


def _flood() -> None:
    with PDF.open("wb") as out:
        while True:
            out.write(b"%PDF-" * (1 << 20))


def _fill() -> None:
    for number in range(10_000):
        Path(f"{number}").write_bytes(b"x" * (1 << 20))


def _hog() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(b"x" * (16 << 20)))


def _link() -> None:
    PDF.unlink()
    PDF.symlink_to("/etc/fonts/fonts.conf")


def _lose() -> None:
    PDF.unlink()


def _pry() -> None:
    """Tell what could be reached, in place of a PDF, whose bytes name a file that exists outside."""
    secret = Path(PDF.read_bytes().decode())
    attempts: dict[str, Callable[[], object]] = {
        "read the secret": secret.read_bytes,
        "read /etc/passwd": lambda: Path("/etc/passwd").read_bytes(),
        "list /home": lambda: list(Path("/home").iterdir()),
        "list /proc": lambda: list(Path("/proc").iterdir()),
        "write outside": lambda: Path("/usr/written").write_bytes(b"x"),
        "open a network socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "open a datagram socket": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        "open a netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "fork": os.fork,
        "signal another": lambda: os.kill(1, 0),
        "give a file away": lambda: os.chown(PDF, 0, 0),
    }
    PDF.write_bytes(b"%PDF-reached:" + "\n".join(name for name in attempts if _succeeds(attempts[name])).encode())


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


ORDERS: dict[str, Callable[[], None]] = {
    "convert": lambda: None,
    "die": _die,
    "again": _again,
    "hang": _hang,
    "spin": _spin,
    "flood": _flood,
    "fill": _fill,
    "hog": _hog,
    "link": _link,
    "lose": _lose,
    "pry": _pry,
}

if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    sys.exit(main())

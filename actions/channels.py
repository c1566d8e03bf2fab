"""Running a channel: its source is looked at every few seconds, and what it brings is accepted."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.house import House, open_house
from actions.installation import Installation
from actions.sidecars import group_sidecars, is_sidecar
from intake.channel import Taken
from intake.channels import NAMES, folder, imap, mbox
from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import MAIN, Principal
from models.problem import FileCode, TransientError, UsageError
from store import faults

_LOG = logging.getLogger(__name__)

# Seconds until the next look where the store, the database or the mail server was away.
_AWAY_S = 10.0


@dataclass(frozen=True, slots=True)
class Counter:
    """The desk of one channel: it accepts in the name of the channel."""

    house: House
    who: Principal
    most: int
    stop: threading.Event

    @property
    def stopping(self) -> bool:
        """Whether the program is about to end."""
        return self.stop.is_set()

    def store(self, path: str, chunks: Iterable[bytes]) -> ArrivedFile:
        """Make the bytes of a file durable."""
        return self.house.inbox.store(self.who, path, chunks)

    def accept(self, arrival: Arrival) -> Accepted:
        """Accept files that are durable."""
        return self.house.inbox.accept(arrival, self.who)

    def refuse(self, arrival: Arrival, code: FileCode) -> Accepted:
        """Keep a receipt of files that can never be taken."""
        return self.house.inbox.refuse(arrival, self.who, code)

    def group(self, names: Sequence[str], head: Callable[[str], bytes]) -> tuple[tuple[str, ...], ...]:
        """The files of a folder that make up one submission each; a mailbox has no record beside it."""
        alone = [name for name in names if name.lower().endswith(".mbox")]
        others = [name for name in names if name not in alone]
        grouped = group_sidecars(others, lambda name: is_sidecar(head(name), name))
        return (*grouped, *((name,) for name in alone))

    def is_record(self, name: str, head: bytes) -> bool:
        """Whether a file is what a fax server wrote down about a fax."""
        return is_sidecar(head, name)

    def before_file_move(self) -> None:
        """Tell that an accepted file is about to be moved."""
        faults.reached("before_file_move")

    def before_mail_move(self) -> None:
        """Tell that an accepted mail is about to be moved."""
        faults.reached("before_mail_move")


def check_channel(name: str, installation: Installation) -> None:
    """See that there is such a channel to watch, and where its source is.

    Raises:
        UsageError: there is none, or the settings do not say.
    """
    if name not in {"folder", "imap"}:
        raise UsageError(f"There is no channel '{name}' to watch. Known channels: {', '.join(NAMES)}.")
    if name == "imap" and installation.mailbox is None:
        raise UsageError("There is no mailbox to look at. Set DOSSIER_IMAP__HOST, __USER and __PASSWORD.")


def run_channel(name: str, installation: Installation, stop: threading.Event) -> None:
    """Look at the source of a channel (`check_channel`) again and again until `stop` is set."""
    # A lease on a file that somebody opens for writing while we look at it is broken by this signal.
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    with open_house(installation) as house:
        looks, pause_s = _sources(name, installation, _desk(name, installation, house, stop))
        while not stop.is_set():
            stop.wait(_look(name, looks, pause_s))


def take_mailboxes(files: Sequence[Path], installation: Installation) -> Taken:
    """Accept all mails of some mailbox files (mbox), once.

    Raises:
        UsageError: a file cannot be read.
        TransientError: nothing can be accepted now; take the files again later.
    """
    with open_house(installation) as house:
        desk = _desk("mbox", installation, house, threading.Event())
        accepted = refused = 0
        for file in files:
            try:
                taken = mbox.take(file, desk)
            except OSError as failure:
                raise UsageError(f"{file} cannot be read ({failure.strerror}).") from None
            accepted, refused = accepted + taken.accepted, refused + taken.refused
    return Taken(accepted, refused)


def _look(name: str, looks: Sequence[Callable[[], Taken]], pause_s: float) -> float:
    """Look everywhere once; the seconds until the next time."""
    accepted = refused = 0
    for look in looks:
        try:
            taken = look()
        except (TransientError, imap.MailServerAway, OSError) as away:
            _LOG.warning("Channel %s takes nothing in: %s", name, type(away).__name__)
            pause_s = max(pause_s, _AWAY_S)
        else:
            accepted, refused = accepted + taken.accepted, refused + taken.refused
    if accepted or refused:
        _LOG.info("Channel %s: %d accepted, %d refused", name, accepted, refused)
    return pause_s


def _desk(name: str, installation: Installation, house: House, stop: threading.Event) -> Counter:
    return Counter(house, Principal(MAIN, f"channel:{name}", "intake"), installation.means.limits.file_bytes, stop)


def _sources(name: str, installation: Installation, desk: Counter) -> tuple[list[Callable[[], Taken]], float]:
    if name == "imap" and installation.mailbox is not None:
        return [imap.Mailbox(installation.mailbox, desk).look], installation.mailbox_poll_s
    watched = installation.folder
    folders = [folder.Folder(path, desk, watched.settle_s) for path in installation.watched]
    return [one.look for one in folders], watched.poll_s

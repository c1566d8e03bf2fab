"""A worker: takes what is due, does it, and writes what came of it, as long as it holds the lease."""

from __future__ import annotations

import hashlib
import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from actions.case import StaleReading, assemble_case, context_of, read_case
from actions.directories import Directories
from actions.means import Means
from actions.page_pool import Readers
from actions.reading import read_submission
from actions.reading_json import dump_reading
from actions.submissions import Arrival
from models.problem import DossierError, TransientError
from models.reading import Reading
from models.received import ReceivedFile
from models.work import Lease, LeaseLost
from pipeline import PIPELINE_VERSION, Context
from sandbox.walls import NoWalls
from store import assemblies, cases, faults, readings, work
from store.blobs import Blobs
from store.cases import StoredFile
from store.db import Database
from store.readings import ReadDocument

_LOG = logging.getLogger(__name__)

# What was read by a later version is left to workers of that one.
VERSION = int(PIPELINE_VERSION)
# Seconds after which a worker with nothing to do looks again, if nobody wakes it.
IDLE_S = 1.0
# Seconds after which it tries again where the database or the store does not answer.
_AWAY_S = 5.0
# Seconds that work stands back whose surroundings failed: an object that cannot be read must not keep all others.
_TURN_S = 30.0
# Seconds that the end of a worker waits for what is done every now and then; a folder that hangs does not keep it.
_CHORE_S = 5.0


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long leases hold, how often they are renewed, and how often expired ones are taken back, in seconds."""

    lease_s: float = work.LEASE_S
    heartbeat_s: float = work.HEARTBEAT_S
    reconcile_s: float = 15.0


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A stored file as a submission of its own."""

    name: str
    file: StoredFile
    blobs: Blobs

    def arrivals(self, most: int) -> Iterator[Arrival]:  # noqa: ARG002 - larger ones were never accepted
        """The file, its bytes checked against their name."""
        content = self.blobs.get(self.file.tenant, self.file.sha256)
        sha256 = hashlib.sha256(content).hexdigest()
        received = ReceivedFile(
            path=self.file.path, content=content, sha256=sha256, declared_type=self.file.declared_type
        )
        yield Arrival(self.file.path, sha256, received)


@dataclass(slots=True)
class Worker:
    """One process's share of the work. `name` is for people; `stop` ends it after what it is doing.

    `chores` are done as often as expired leases are looked for, but apart from that.
    """

    name: str
    database: Database
    blobs: Blobs
    means: Means
    context: Context
    readers: Readers
    data: Path
    tempo: Tempo = Tempo()
    chores: tuple[Callable[[], object], ...] = ()
    stop: threading.Event = field(default_factory=threading.Event)
    version: int = VERSION
    holds: Lease | None = None

    def run(self, wait: Callable[[float], None]) -> None:
        """Work until `stop` is set; `wait` returns after some seconds, or when there may be something to do."""
        with self._reconciling():
            while not self.stop.is_set():
                try:
                    if not self.once():
                        wait(IDLE_S)
                except TransientError as away:
                    _LOG.warning("Waiting: %s", type(away).__name__)
                    self.stop.wait(_AWAY_S)

    def once(self) -> bool:
        """Do the one thing that is due soonest; False if there is none."""
        lease = work.take(self.database, self.name, lease_s=self.tempo.lease_s, knows=self.version)
        if lease is None:
            return False
        self.holds = lease
        with self._heartbeat(lease):
            try:
                self._do(lease)
            except LeaseLost:
                _LOG.warning("Work %s was taken over by another worker", lease.work)
            except (TransientError, NoWalls) as away:
                _LOG.warning("Work %s is given back: %s", lease.work, type(away).__name__)
                work.give_back(self.database, lease, wait_s=_TURN_S)
                raise
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with one file, the others go on
                self._failed(lease, fault)
            finally:
                self.holds = None
        return True

    def give_back(self) -> None:
        """Leave what is being done to another worker; whatever comes of it here is not written any more."""
        lease = self.holds
        if lease is not None:
            work.give_back(self.database, lease)

    def _do(self, lease: Lease) -> None:
        if lease.stage == "read":
            self._read(lease)
        else:
            self._assemble(lease)

    def _read(self, lease: Lease) -> None:
        file = cases.find_file(self.database, lease)
        source = StoredSource(file.submission, file, self.blobs)
        reading = read_submission(
            source,
            self.means,
            readers=self.readers,
            pictures=None,
            turned=_turned,
            whole=cases.is_alone(self.database, file),
        )
        stored = self.blobs.put(file.tenant, dump_reading(reading))
        readings.save_reading(
            self.database, lease, result=stored.sha256, documents=_documents(reading), version=self.version
        )

    def _assemble(self, lease: Lease) -> None:
        case = cases.find_case(self.database, lease.subject)
        if case.version > self.version:
            _LOG.info("Work %s is left to a worker of version %d", lease.work, case.version)
            work.give_back(self.database, lease, needs=case.version)
            return
        context = context_of(case, self.context)
        try:
            reading = read_case(case, self.blobs, context)
        except StaleReading as stale:
            readings.read_again(self.database, lease, stale.file, needs=self.version)
            return
        with Directories.chosen({}, self.data, told=lambda _, __: None) as directories:
            assembly = assemble_case(reading, context, directories)
        keys = cases.keys_of(self.database, {d: (f.id, n) for n, (d, f) in _numbered(reading.owners)})
        assemblies.save_assembly(
            self.database, lease, seen=case, requests=assembly.requests, held=assembly.held, documents=keys
        )

    def _failed(self, lease: Lease, fault: Exception) -> None:
        """Have it tried again; a message may quote a document, so only the fault's name and place are kept."""
        _LOG.error("Work %s failed: %s in %s", lease.work, type(fault).__name__, _where(fault))
        permanent = isinstance(fault, DossierError) and not fault.retry
        work.put_off(self.database, lease, type(fault).__name__, readings.end_file, last=permanent)

    def _take_back(self) -> None:
        work.reconcile(self.database, readings.end_file)

    @contextmanager
    def _heartbeat(self, lease: Lease) -> Iterator[None]:
        """Renew the lease while something is done with it."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(self.tempo.heartbeat_s):
                try:
                    work.renew(self.database, lease, lease_s=self.tempo.lease_s)
                except LeaseLost:
                    return
                except Exception as fault:  # noqa: BLE001 - a heart that stops for a fault would cost the lease
                    _LOG.warning("A heartbeat failed: %s", type(fault).__name__)

        thread = threading.Thread(target=beat, name=f"heartbeat-{self.name}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    @contextmanager
    def _reconciling(self) -> Iterator[None]:
        """Take expired leases back every now and then, and do the chores, which may hang without anybody's harm."""
        over = threading.Event()
        threads = [
            threading.Thread(target=self._look_after, args=(over, acts), name=f"{name}-{self.name}", daemon=True)
            for name, acts in (("chores", self.chores), ("reconciler", (self._take_back,)))
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(_CHORE_S)

    def _look_after(self, over: threading.Event, acts: tuple[Callable[[], object], ...]) -> None:
        while not over.wait(self.tempo.reconcile_s):
            for act in acts:
                try:
                    act()
                except Exception as fault:  # noqa: BLE001 - it looks again soon
                    _LOG.warning("A look after the work failed: %s in %s", type(fault).__name__, _where(fault))


def _turned() -> None:
    faults.reached("mid_ocr")


def _documents(reading: Reading) -> tuple[ReadDocument, ...]:
    """The leaves of a file in the order of their ids, then those that were refused."""
    read = [
        ReadDocument(d.path, d.sha256, d.media_type, tuple(page.number for page in d.pages))
        for d in (result.document for result in reading.results)
    ]
    refused = [ReadDocument(one.file, one.sha256, None, (), one.code) for one in reading.rejected]
    return (*read, *refused)


def _numbered(owners: dict[str, StoredFile]) -> Iterator[tuple[int, tuple[str, StoredFile]]]:
    """Each document with its file and its place in that file, from 1."""
    counts: dict[str, int] = {}
    for document, file in owners.items():
        counts[file.id] = counts.get(file.id, 0) + 1
        yield counts[file.id], (document, file)


def _where(fault: Exception) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"

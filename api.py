"""The API: one process that takes uploads in and hands requests out. Wiring only."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import uvicorn

import config
from actions.assemble_service import open_service
from actions.installation import install
from actions.listening import see_that_it_is_free
from actions.logbook import begin_log
from models.problem import DossierError, UsageError
from web.app import make_app
from web.limits import limits_of


def main() -> int:
    """Serve until told to stop; uploads that have begun may end. The exit status."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    begin_log()
    try:
        installation = install(config.load().model_dump())
        see_that_it_is_free(installation.host, installation.port)
        with open_service(installation) as service:
            server = uvicorn.Server(
                uvicorn.Config(
                    make_app(service, limits_of(installation)),
                    host=installation.host,
                    port=installation.port,
                    log_config=None,
                    # A log of paths and addresses would tell who looks at what; the audit does, and is guarded.
                    access_log=False,
                    server_header=False,
                    # It would believe whoever calls from this machine; whom to believe is a setting (web.addresses).
                    proxy_headers=False,
                    timeout_graceful_shutdown=round(installation.pace.grace_s),
                )
            )
            # Uvicorn ends in order and then raises the signal once more; that one has done its work.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, _done)
            server.run()
            return 0 if server.started else 1
    except DossierError as error:
        print(f"dossier api: {error}", file=sys.stderr)  # noqa: T201
        return 2 if isinstance(error, UsageError) else 1


def _done(number: int, frame: FrameType | None) -> None:
    """Do nothing."""
    del number, frame


if __name__ == "__main__":
    sys.exit(main())

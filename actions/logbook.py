"""What the service writes down about itself: one JSON object a line, ids only."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback
from pathlib import Path

_NOISY = ("alembic", "rq")
# What these warn of names addresses, objects or words of a document; what matters of it we log ourselves.
_INDISCREET = ("urllib3", "multipart", "python_multipart", "PIL", "pdfminer")


class Lines(logging.Formatter):
    """A record as JSON. Of an exception only its kind and place: its message may quote a document."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            told["fault"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            told["place"] = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
        return json.dumps(told, ensure_ascii=False)


def begin_log() -> None:
    """Have everything that is logged in this process go to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _INDISCREET:
        logging.getLogger(name).setLevel(logging.ERROR)

"""An installation of a test's own, with everything under one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import config
from actions.installation import Installation, install


def installation(data: Path, **settings: Any) -> Installation:
    """What settings come to; nothing of the environment counts."""
    given = {"reserve": {"share": 0, "bytes": 0}, **settings}
    chosen = config.Settings(data=data, **given)
    return install(chosen.model_dump(), config.shown(chosen))

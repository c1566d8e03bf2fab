"""A client that calls an application in this process."""

from __future__ import annotations

import warnings

__all__ = ["TestClient"]

with warnings.catch_warnings():
    # It asks for another library to be made of; this one is what we have.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

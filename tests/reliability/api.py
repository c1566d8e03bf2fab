"""The API of an installation under test."""

from __future__ import annotations

from fastapi import FastAPI

from actions.render_page import PageRoom
from actions.service import Service
from tests.reliability.site import Site
from web.app import make_app


def app_of(site: Site) -> FastAPI:
    """Its app, on connections of its own."""
    database = site.open()
    pages = PageRoom(site.blobs(), site.means(), site.data / "pages")
    return make_app(Service(database, site.blobs(), site.inbox(database), pages))

"""The REST API, in the order of contract 6. To add a part: a file here, its line below, and its test."""

from __future__ import annotations

from fastapi import APIRouter

from web.api import documents, health, requests, submissions

ROUTERS: tuple[APIRouter, ...] = (submissions.ROUTER, requests.ROUTER, documents.ROUTER, health.ROUTER)

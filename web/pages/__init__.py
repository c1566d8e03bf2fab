"""Pages for people, made on the server; no script is needed. To add one: a file here, its line below, its test."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from web.pages import requests, sessions, submissions, upload

STATIC = Path(__file__).resolve().parent / "static"
ROUTERS: tuple[APIRouter, ...] = (sessions.ROUTER, submissions.ROUTER, requests.ROUTER, upload.ROUTER)

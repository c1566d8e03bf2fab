"""Loaded once by the server that the processes under test fork from: everything, and what is built at first use."""

from __future__ import annotations

import uvicorn

import pipeline
from actions.checklists import policies
from tests.actions import papers
from tests.extractors.documents import document_from_lines
from tests.reliability.api import app_of

policies()
pipeline.understand(document_from_lines(papers.form(), pages=[papers.note()]))
__all__ = ["app_of", "uvicorn"]

"""A setting as it is shown."""

from __future__ import annotations

NOT_SET = "(not set)"
"""Stands for the value of a setting that has none."""

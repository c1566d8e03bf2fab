"""National Drug Codes with and without hyphens, in the eleven digits of claims."""

from __future__ import annotations

import re

# Labeler, product and package: 4-4-2, 5-3-2 or 5-4-1 digits, on claims 5-4-2 (FDA, 21 CFR 207.33; HIPAA standard).
_HYPHENS = re.compile(r"(\d{4,5})-(\d{3,4})(?:-(\d{1,2}))?")


def ndc_digits(text: str) -> str | None:
    """The eleven digits of an NDC, nine if it names no package; None where ten digits without hyphens leave it open."""
    text = text.strip()
    match = _HYPHENS.fullmatch(text)
    if match is not None:
        package = match[3].zfill(2) if match[3] else ""
        return match[1].zfill(5) + match[2].zfill(4) + package
    return text if re.fullmatch(r"\d{11}", text) else None

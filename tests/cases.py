"""The sample cases: what their forms say as paths of the contract, their ticks, and their pages as a fax."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

CASES = ("001a", "001b", "004a", "004b")

# Each key of form_truth.json and the leaves of the request that hold its value.
PATHS: dict[str, str] = {
    "payer": "coverage.payer_name",
    "prescriber": "requesting_provider.name",
    "prescriber_id": "requesting_provider.dea",
    "npi": "requesting_provider.npi",
    "office_phone": "requesting_provider.phone",
    "office_fax": "requesting_provider.fax",
    "office_address": "requesting_provider.address",
    "member_name": "patient.name.full",
    "member_id": "coverage.member_id",
    "dob": "patient.birth_date",
    "member_phone": "patient.phone",
    "member_address": "patient.address",
    "urgent": "level_of_service",
    "medication": "service_lines.0.drug",
    "strength": "service_lines.0.drug.strength",
    "dosage_form": "service_lines.0.drug.form",
    "quantity": "service_lines.0.drug.quantity",
    "duration": "service_lines.0.drug.duration",
    "diagnosis": "diagnoses.0.text",
    "icd10": "diagnoses.0.code",
    "specialty": "requesting_provider.specialty",
    "contact": "requesting_provider.contact_name",
    "prior_drugs": "service_lines.0.drug.prior_treatments",
}
# Not typed into the form, or said by other keys.
OTHER_KEYS = {"form", "prescriber_id_type", "npi_valid", "expected_findings"}

# Identifiers too short to be one: value null, unclear "invalid", the characters kept.
INVALID = {"prescriber_id": "12345678", "npi": "1237865"}

# The ticked options of the four forms, read off the pages: words of the question, and the option.
TICKS: dict[str, set[tuple[str, str]]] = {
    "001a": {
        ("Urgency", "Urgent"),
        ("terminal illness", "No"),
        ("alternative of the requested", "No"),
        ("alternative treatments", "Yes"),
    },
    "001b": {
        ("Urgency", "Urgent"),
        ("terminal illness", "No"),
        ("alternative of the requested", "No"),
        ("alternative treatments", "No"),
        ("any other alternatives", "No"),
    },
    "004a": set(),
    "004b": set(),
}
# How many boxes each form prints.
BOXES = {"001a": 14, "001b": 14, "004a": 13, "004b": 13}

PART_TYPES = {
    "pa_form": "prior-authorization-form",
    "doctor_notes": "progress-note",
    "labs": "laboratory-report",
    "imaging": "imaging-report",
}


def truth(data: Path, case: str) -> dict[str, Any]:
    """What the case's form says, by the keys of form_truth.json."""
    found: dict[str, Any] = json.loads((data / "cases" / "form_truth.json").read_text(encoding="utf-8"))[case]
    assert set(found) <= set(PATHS) | OTHER_KEYS, "a key of form_truth.json is not in the table"
    return found


def fax(case: Path, out: Path) -> Path:
    """The files of a case as faxes: one-bit G4 TIFFs at 204 x 196, folders kept."""
    for pdf in sorted(case.rglob("*.pdf")):
        target = out / pdf.relative_to(case).with_suffix(".tif")
        target.parent.mkdir(parents=True, exist_ok=True)
        pages = list(_pages(pdf))
        pages[0].save(target, save_all=True, append_images=pages[1:], compression="group4", dpi=(204, 196))
    return out


def _pages(pdf: Path) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        bitmap = page.render(scale=408 / 72, grayscale=True, may_draw_forms=True)
        grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        width, height = (round(side / 72 * dpi) for side, dpi in zip(page.get_size(), (204, 196), strict=True))
        small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
        yield Image.fromarray(np.where(small > 140, 255, 0).astype(np.uint8)).convert("1")
    document.close()


def leaf(request: dict[str, Any], path: str) -> Any:
    """The leaf or object at a path, None if something on the way is not there."""
    node: Any = request
    for step in path.split("."):
        node = (
            (node[int(step)] if len(node) > int(step) else None) if isinstance(node, list) else (node or {}).get(step)
        )
    return node


def differences(request: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """The keys of the truth that a request does not say, with what it says instead."""
    found = []
    for key, value in said.items():
        if key in OTHER_KEYS:
            continue
        got = leaf(request, PATHS[key])
        if not _agrees(key, value, got):
            found.append(f"{key}: expected {value!r}, got {_brief(got)}")
    return found


def _agrees(key: str, value: Any, got: Any) -> bool:
    if key in INVALID and value is not None:
        return bool(got) and (got["value"], got["unclear"], got["as_written"]) == (None, "invalid", value)
    if value is None:
        return got is None
    if key == "urgent":
        return bool(got and got["value"] == "urgent" and got["unclear"] is None)
    if key == "medication":
        return bool(got) and value == " ".join(
            _value(got.get(part))
            for part in ("name", "strength")
            if got.get(part) and (part == "name" or re.search(r"\d", value))
        )
    if key.endswith("address"):
        written = f"{_value(got['line'])}, {_value(got['city'])} {_value(got['state'])} {_value(got['postal_code'])}"
        return bool(written == value)
    if key == "prior_drugs":
        return bool([_value(drug["name"]) for drug in got or ()] == value)
    return bool(got and got["unclear"] is None and _plain(key, _value(got)) == _plain(key, value))


def _value(found: Any) -> str:
    value = (found or {}).get("value")
    return str(value["code"] if isinstance(value, dict) else value)


def _plain(key: str, text: str) -> str:
    if key.endswith(("phone", "fax")):
        return re.sub(r"\D", "", text)
    return str(dt.date.fromisoformat(text)) if key == "dob" else text.replace("’", "'")


def _brief(got: Any) -> str:
    return (
        "nothing"
        if got is None
        else str({k: got.get(k) for k in ("value", "unclear", "as_written", "confidence")} if "value" in got else got)[
            :300
        ]
    )

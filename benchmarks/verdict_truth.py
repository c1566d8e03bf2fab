"""The request that the truth of a packet amounts to: its papers and values, read without a mistake."""

from __future__ import annotations

import collections
import datetime as dt
import re
from typing import Any

from checklists.twins import build
from models.annotations import PartType
from models.request import AuthorizationRequest
from models.truth import PacketTruth, PageTruth, Paper
from models.twin import TwinPart, TwinRequest

# A paper is about the side that most of its words of side name.
_SHARE = 0.6
_READ_AS_ONE = {"left": "left", "right": "right", "lt": "left", "rt": "right"}
# Amounts with a unit of their own, which no checklist looks at.
_NOT_LOOKED_AT = {"patient.height", "patient.weight", "hong_kong.policyholder", "hong_kong.guarantee_requested"}
_SIDED = {
    PartType.PROGRESS_NOTE, PartType.HISTORY_AND_PHYSICAL, PartType.CONSULTATION, PartType.IMAGING_REPORT,
    PartType.ORDER, PartType.THERAPY_NOTE, PartType.PLAN_OF_CARE, PartType.LABORATORY_REPORT,
}  # fmt: skip


def truth_request(packet: PacketTruth, received_at: dt.datetime, payer: str) -> AuthorizationRequest:
    """What the first case of a packet says; papers of other cases and other patients are left out.

    `documents` are one page a paper. `signature.state` is the form's own.
    """
    pages = [page for file in packet.files for page in file.pages]
    papers = [
        (number, paper) for number, paper in enumerate(packet.papers) if paper.case == 0 and paper.patient == "same"
    ]
    twin = TwinRequest(
        received=received_at.date(),
        market=packet.market,
        fields=_fields(packet, pages),
        parts=tuple(_part(paper, pages, number) for number, paper in papers if not paper.request),
    )
    return build(twin).model_copy(update={"payer": payer, "received_at": received_at.astimezone(dt.UTC)})


def _fields(packet: PacketTruth, pages: list[PageTruth]) -> dict[str, str]:
    """The values on the form or letter of the first case, marks included; planted ones are what the page says."""
    own = [page for page in pages if packet.papers[page.paper].case == 0 and packet.papers[page.paper].request]
    found: dict[str, str] = {}
    for page in own:
        for value in page.values:
            _take(found, value.path, value.value)
        for mark in page.marks:
            if mark.ticked and mark.path and mark.value:
                _take(found, mark.path, mark.value)
    form = next((paper for paper in packet.papers if paper.request and paper.case == 0), None)
    if form is not None and form.signed is not None:
        found["signature.state"] = form.signed
    return {path: value for path, value in found.items() if not path.startswith("documents")}


def _take(found: dict[str, str], pointer: str, value: str) -> None:
    path = pointer.strip("/").replace("/", ".")
    if path.endswith(".code"):
        system = "ICD-10-CM" if path.startswith("diagnoses") else "CPT" if value[0].isdigit() else "HCPCS"
        value = f"{system} {value}"
    if path.endswith(".identifiers.0.value"):
        found.setdefault("patient.identifiers.0.system", "mrn")
    if path in _NOT_LOOKED_AT or path.startswith("hong_kong.consents"):
        return
    if re.fullmatch(r"service_lines\.\d+\.quantity", path):
        path += ".value"
    if path.endswith(".kind"):
        return
    if ".estimates." in path:
        found.setdefault(path.rpartition(".")[0] + ".kind", "fee")
    if re.fullmatch(r"service_lines\.\d+\.(?:frequency|charge)", path):
        path += ".count" if path.endswith("frequency") else ".amount"
    found.setdefault(path, value)


def _part(paper: Paper, pages: list[PageTruth], number: int) -> TwinPart:
    kind = PartType(paper.part)
    return TwinPart(
        type=kind,
        dated=paper.dated_on,
        signed=paper.signed,
        author=paper.author,
        side=_side([page for page in pages if page.paper == number]) if kind in _SIDED else None,
    )


def _side(pages: list[PageTruth]) -> Any:
    words = (re.sub(r"\W", "", word.text).lower() for page in pages for word in page.words)
    counts = collections.Counter(_READ_AS_ONE[word] for word in words if word in _READ_AS_ONE)
    if not counts:
        return None
    side, count = counts.most_common(1)[0]
    return side if count / counts.total() >= _SHARE else "bilateral"

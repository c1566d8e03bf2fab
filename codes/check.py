"""All codes of a request against the tables: diagnoses, services, drugs, and the sides they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from codes.diagnosis import check_diagnosis
from codes.icd10cm import icd10cm
from codes.ndc import ndc_digits
from codes.packet import Packet, packet_of
from codes.sides import side_flags
from codes.validity import validity
from models.code import Code
from models.code_table import CodeTables
from models.document import Document
from models.evidence import Sourced
from models.request import AuthorizationRequest, Flag
from models.service_line import Diagnosis, ServiceLine


def check_codes(
    request: AuthorizationRequest, pages: Sequence[Document], imported: CodeTables, *, today: dt.date
) -> tuple[AuthorizationRequest, tuple[Flag, ...]]:
    """The request with its codes shown, repaired or doubted, and the flags about them.

    ICD-10-CM counts as of the day of service, by the release that comes with Dossier and those in `imported`. HCPCS and
    NDC are checked where a release was imported. Of CPT only the pattern is known. `today` is the day of reception,
    which counts where no day of service is stated.
    """
    day = service_day(request, today)
    if any(diagnosis.code is not None for diagnosis in request.diagnoses):
        imported = CodeTables((*imported.releases, icd10cm()))
    packet = packet_of(request, pages, imported, day)
    checked = [_checked(diagnosis, packet) for diagnosis in request.diagnoses]
    lines = tuple(_shown(line, imported, day) for line in request.service_lines)
    diagnoses = tuple(diagnosis for diagnosis, _ in checked)
    request = request.model_copy(update={"diagnoses": diagnoses, "service_lines": lines})
    services = [flag for line in lines for flag in _service_flags(line, imported, day)]
    return request, (*(flag for _, flags in checked for flag in flags), *services, *side_flags(request))


def service_day(request: AuthorizationRequest, today: dt.date) -> dt.date:
    """The first day of service that is stated clearly, else the day of admission, else `today`."""
    days = (*(line.start_on for line in request.service_lines), request.admission.admitted_on)
    clear = [leaf.value for leaf in days if leaf is not None and leaf.value is not None and leaf.unclear is None]
    return min(clear, default=today)


def _checked(diagnosis: Diagnosis, packet: Packet) -> tuple[Diagnosis, tuple[Flag, ...]]:
    stated = packet.stated(diagnosis)
    if stated is None:
        return diagnosis, ()
    checked = check_diagnosis(stated)
    return diagnosis.model_copy(update={"code": checked.leaf}), checked.flags


def _shown(line: ServiceLine, tables: CodeTables, day: dt.date) -> ServiceLine:
    """The line with the meaning of its HCPCS code, where a release was imported."""
    leaf = line.code
    if leaf is None or leaf.value is None or leaf.value.system != "HCPCS":
        return line
    title = validity(tables, leaf.value, day).title
    if not title:
        return line
    shown = leaf.model_copy(update={"value": leaf.value.model_copy(update={"display": title})})
    return line.model_copy(update={"code": shown})


def _service_flags(line: ServiceLine, tables: CodeTables, day: dt.date) -> Iterator[Flag]:
    if line.code is not None and line.code.value is not None and line.code.value.system in ("HCPCS", "NDC"):
        yield from _validity_flags(line.code.value, line.code, tables, day)
    ndc = line.drug.ndc if line.drug is not None else None
    if ndc is not None and ndc.value is not None and ndc.unclear is None:
        yield from _ndc_flags(ndc, tables, day)


def _ndc_flags(leaf: Sourced[str], tables: CodeTables, day: dt.date) -> Iterator[Flag]:
    """A package, else its product; ten digits without hyphens could be several and are left alone."""
    digits = ndc_digits(leaf.value or "")
    if digits is None:
        return
    package, product = (Code(system="NDC", code=code) for code in (digits, digits[:9]))
    listed = [code for code in (package, product) if validity(tables, code, day).listed]
    yield from _validity_flags(listed[0] if listed else package, leaf, tables, day)


def _validity_flags(code: Code, leaf: Sourced[Code] | Sourced[str], tables: CodeTables, day: dt.date) -> Iterator[Flag]:
    found = validity(tables, code, day)
    if found.problem:
        name = "code-not-valid-on-date" if found.listed else "invalid-code"
        yield Flag(code=name, severity="warning", message=found.problem, evidence=leaf.evidence)  # type: ignore[arg-type]

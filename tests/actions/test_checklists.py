from __future__ import annotations

from pathlib import Path

import pytest

from actions.checklists import derive, listed, policies, read_requests, services, write_schemas
from checklists.assess import assess
from models.problem import NotFound, UsageError
from tests.checklists.drafts import drug_request


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    draft = drug_request()
    found = assess(draft, policies().for_payer(None))
    done = draft.model_copy(update={"checklists": found.applied, "findings": found.findings})
    path = tmp_path / "requests.jsonl"
    path.write_text(done.model_dump_json(by_alias=True) + "\n" + done.model_dump_json(by_alias=True) + "\n")
    return path


def test_the_list_has_the_keys_of_the_contract() -> None:
    for entry in listed(policies()):
        assert set(entry) == {"id", "version", "title", "services", "source", "items"}
    general = next(one for one in policies().checklists if one.id == "general-minimum")
    assert services(general) == ["all services"]
    biologic = next(one for one in policies().checklists if one.id == "biologic-drug")
    assert {"adalimumab", "HCPCS J0135"} <= set(services(biologic))


def test_a_derivation_leads_to_the_finding(requests: Path) -> None:
    found = derive(requests, "tuberculosis-screening", policies())
    assert [(one.request, one.line) for one in found] == [("r1", 0), ("r1", 0)]
    lines = [line for _, line in found[0].lines()]
    assert lines[3] == "Verdict: met. Tuberculosis test is documented on page 2 of fax.tif (absent)."
    assert lines[2].endswith("Another item decides whether it is needed.")
    assert any(line.startswith("Needed only if: tnf blocker: met.") for line in lines)
    assert lines[-1].startswith("Source: California Form 61-211")
    assert derive(requests, "biologic-drug:dose", policies())[0].outcome.verdict == "met"


def test_every_finding_can_be_derived(requests: Path) -> None:
    loaded = policies()
    for finding in read_requests(requests)[0].findings:
        derived = derive(requests, f"{finding.checklist}:{finding.item}", loaded)
        assert finding.verdict in {one.outcome.verdict for one in derived if one.line == finding.service_line}


def test_an_unknown_item_and_a_file_without_requests_are_refused(requests: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Known items: admission-date, amount"):
        derive(requests, "no-such", policies())
    other = tmp_path / "other.json"
    other.write_text('{"a": 1}')
    with pytest.raises(UsageError, match="holds no requests"):
        read_requests(other)
    with pytest.raises(UsageError, match="cannot be read"):
        read_requests(tmp_path / "away.json")


def test_schemas_are_written(tmp_path: Path) -> None:
    for folder in ("checklists", "payers"):
        (tmp_path / folder).mkdir()
    assert all(path.is_file() for path in write_schemas(tmp_path))

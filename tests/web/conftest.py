"""One installation for all tests of the web that change nothing another test looks at."""

from __future__ import annotations

import pytest

from models.principal import Principal
from tests.web.house import Installation, Papers, form, install


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def everything(home: Installation) -> dict[str, Papers]:
    """Papers of the plan's own staff, of two offices, and of another tenant, each with a name of its own."""
    owners = {
        "staff": (Principal("main", "key:staff", "intake"), "Zuzana Quillfeather"),
        "o1": (Principal("main", "key:o1", "provider-office", "o1"), "Ottoline Brackenbury"),
        "o2": (Principal("main", "key:o2", "provider-office", "o2"), "Thaddeus Wimblecombe"),
        "other": (Principal("other", "key:other", "intake"), "Philomena Grackleton"),
    }
    return {
        name: home.paper(who, form(patient, member=f"CANARY{name.upper()}7"), f"{name}.pdf")
        for name, (who, patient) in owners.items()
    }


@pytest.fixture
def papers(everything: dict[str, Papers]) -> Papers:
    """Papers of the plan's own staff."""
    return everything["staff"]

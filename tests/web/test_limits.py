from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from models.limits import UploadLimits, WebLimits
from tests.actions.installations import installation
from web.limits import Limits, limits_of, megabytes


def test_what_is_not_set_is_as_the_web_has_it(tmp_path: Path) -> None:
    assert limits_of(installation(tmp_path)) == Limits()


def test_what_an_operator_sets_counts(tmp_path: Path) -> None:
    # A value for each number that can be set, unlike its default.
    upload = {name: number for number, name in enumerate(UploadLimits.model_fields, 3)}
    web = {name: number for number, name in enumerate(WebLimits.model_fields, 20)}
    web |= {"secure": True, "open_metrics": True, "trusted_proxies": "10.0.0.0/8"}  # type: ignore[dict-item]
    told = limits_of(installation(tmp_path, upload=upload, web=web, sandbox={"file_bytes": 77}))
    assert told.upload.model_dump() == upload
    assert told.file_bytes == 77
    assert told.trusted_proxies == (ip_network("10.0.0.0/8"),)
    assert {name: getattr(told, name) for name in web} == {**web, "trusted_proxies": told.trusted_proxies}


@pytest.mark.parametrize(
    ("count", "said"), [(100_000_000, "100"), (104_857_600, "104.8"), (500_000, "0.5"), (99_999_999, "99.9")]
)
def test_how_much_may_come_is_told_in_round_numbers(count: int, said: str) -> None:
    assert megabytes(count) == said

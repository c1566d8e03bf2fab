"""The API as it is run."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
import pytest

import api
from tests.services.system import installed


def test_it_answers_and_ends_in_order(tmp_path: Path) -> None:
    with installed(tmp_path, {"DOSSIER_UPLOAD__FILES": "2", "DOSSIER_WEB__SECURE": "true"}) as system:
        system.start("api")
        system.await_ready()
        assert httpx.get(f"{system.url}/healthz").status_code == 200
        who = system.caller("integrator")
        files = [("files", (f"{number}.txt", b"a fax")) for number in range(3)]
        headers = {"Authorization": f"Bearer {who.key}"}
        answer = httpx.post(f"{system.url}/api/v1/submissions", headers=headers, files=files, timeout=30)
        assert answer.status_code in {413, 422}
        assert system.end(signal.SIGTERM) == [0]
    assert who.key not in system.log
    assert "127.0.0.1:" not in system.log.replace(f"127.0.0.1:{system.port}", "")


@pytest.mark.parametrize(("trusted", "told"), [("", [401, 401, 429, 429]), ("127.0.0.0/8", [401] * 4)])
def test_only_a_trusted_proxy_says_where_a_call_comes_from(tmp_path: Path, trusted: str, told: list[int]) -> None:
    few = {"DOSSIER_WEB__FAILURES": "2", "DOSSIER_WEB__FAILURES_PER_S": "0.001"}
    with installed(tmp_path, {**few, "DOSSIER_WEB__TRUSTED_PROXIES": trusted}) as system:
        system.start("api")
        system.await_ready()
        answers = [
            httpx.get(
                f"{system.url}/api/v1/requests",
                headers={"Authorization": f"Bearer dsk_{number}", "X-Forwarded-For": f"198.51.100.{number}"},
            )
            for number in range(4)
        ]
    assert [answer.status_code for answer in answers] == told


def test_a_setting_that_cannot_be_ends_with_two_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "begin_log", lambda: None)
    monkeypatch.setenv("DOSSIER_PROT", "1")
    assert api.main() == 2
    assert capsys.readouterr().err == "dossier api: There is no setting DOSSIER_PROT. Did you mean DOSSIER_PORT?\n"

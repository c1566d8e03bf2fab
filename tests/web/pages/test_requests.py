from __future__ import annotations

import pytest

from tests.web.house import Installation, Papers


def test_the_list_links_to_each_request_and_names_nobody(home: Installation, papers: Papers) -> None:
    text = home.client("supervisor").get("/requests").text
    assert f'href="/requests/{papers.request}"' in text
    assert "Quillfeather" not in text


def test_a_request_is_shown_in_a_frame_that_reaches_nothing(home: Installation, papers: Papers) -> None:
    client = home.client("supervisor")
    head = client.get(f"/requests/{papers.request}")
    assert f'src="/requests/{papers.request}/sheet" sandbox="allow-scripts"' in head.text
    assert f'href="/submissions/{papers.submission}"' in head.text
    assert "Quillfeather" not in head.text
    sheet = client.get(f"/requests/{papers.request}/sheet")
    assert "Quillfeather" in sheet.text
    assert "data:image/png;base64," in sheet.text
    assert sheet.headers["x-frame-options"] == "SAMEORIGIN"
    policy = sheet.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'; sandbox allow-scripts")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(("role", "offered"), [("supervisor", True), ("auditor", False), ("intake", False)])
def test_formats_are_offered_to_those_who_may_have_them(
    home: Installation, papers: Papers, role: str, *, offered: bool
) -> None:
    text = home.client(role).get(f"/requests/{papers.request}").text
    assert ("/formats/native" in text) is offered


def test_administrators_are_told_that_it_is_not_for_them(home: Installation, papers: Papers) -> None:
    answer = home.client("admin").get(f"/requests/{papers.request}/sheet", headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "This is not open to you" in answer.text

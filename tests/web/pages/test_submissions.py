from __future__ import annotations

import re
from pathlib import Path

from models.arrival import Arrival
from models.principal import Principal
from tests.web.house import Installation, Papers, form, install
from web.pages.submissions import bar_of

WHO = Principal("main", "key:1", "intake")


def test_a_bar_adds_up() -> None:
    bar = bar_of({"pages:request": 3, "pages:held": 1, "files:read": 1}, {"files:rejected": 2, "files:reading": 1})
    assert (bar.pages, bar.rejected_files, bar.waiting_files) == (4, 2, 1)
    assert [(share.place, share.count, share.start, share.width) for share in bar.shares if share.count] == [
        ("request", 3, 0.0, 75.0), ("held", 1, 75.0, 25.0),
    ]  # fmt: skip
    assert sum(share.count for share in bar.shares) == bar.pages
    assert bar_of().pages == 0


def test_the_list_shows_where_all_pages_are(tmp_path: Path) -> None:
    house = install(tmp_path)
    own = house.paper(WHO, form())
    house.paper(WHO, b"", "broken.pdf")
    text = house.client("supervisor").get("/submissions").text
    assert re.sub(r"<[^>]+>|\s+", " ", text).count("1 file rejected") == 1
    assert f'href="/submissions/{own.submission}"' in text
    assert "Where the pages are: 1 in requests" in text


def test_a_submission_shows_its_files_with_their_digests(home: Installation, papers: Papers) -> None:
    text = home.client("supervisor").get(f"/submissions/{papers.submission}?received=1").text
    assert "This is your receipt" in text
    assert "staff.pdf" in text
    assert f'href="/requests/{papers.request}"' in text


def test_a_rejected_file_says_what_to_do(tmp_path: Path) -> None:
    house = install(tmp_path)
    own = house.paper(WHO, b"", "empty.pdf")
    assert (
        "The file is empty. Please send it again." in house.client("intake").get(f"/submissions/{own.submission}").text
    )


def test_names_of_files_are_never_markup(tmp_path: Path) -> None:
    house = install(tmp_path)
    own = house.paper(WHO, form(), '"><script>alert(1)</script>.pdf')
    text = house.client("intake").get(f"/submissions/{own.submission}").text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_no_page_needs_a_script_or_a_style_of_its_own(home: Installation, papers: Papers) -> None:
    client = home.client("supervisor")
    places = ("/submissions", f"/submissions/{papers.submission}", "/requests", f"/requests/{papers.request}")
    for path in (*places, "/sign-in", "/upload", "/nowhere"):
        text = client.get(path, headers={"Accept": "text/html"}).text
        assert "<html" in text
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|https?://", text), path


def test_the_parts_of_a_list_are_linked(tmp_path: Path) -> None:
    house = install(tmp_path)
    box = house.service.inbox
    stored = box.store(WHO, "a.pdf", [b"x"])
    for _ in range(51):
        box.accept(Arrival("api", "a", (stored,)), WHO)
    client = house.client("supervisor")
    found = re.search(r'href="(/submissions\?cursor=[^"]+)">Older', client.get("/submissions").text)
    assert found is not None
    older = client.get(found[1]).text
    assert older.count('<th scope="row">') == 1
    assert "Newest" in older

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import pipeline
from actions import process as module
from actions.checklists import policies, read_requests
from actions.conservation import Tally
from actions.means import Means, lend
from actions.process import Order, Outcome, process
from actions.results import ResultFolder
from actions.submissions import Place, Source
from emit.formats.html import HTML
from emit.formats.letter import LETTER
from emit.formats.native import NATIVE
from emit.formats.summary import SUMMARY
from emit.formats.xlsx import XLSX
from intake.engines import DEBIAN_TESSDATA
from models.document import Document
from models.problem import UsageError
from models.request import AuthorizationRequest
from models.result import Assembly, DocumentResult
from pipeline import Context
from tests.actions.papers import form, forwarding, mail, note, pdf
from tests.fakes.readers_here import ReadersHere

MEANS: Means = lend(DEBIAN_TESSDATA, 2, limits={})
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def order(out: Path, *paths: Path, **changes: Any) -> Order:
    context = Context(policies(), None, "us")
    return replace(Order(paths, out, each=False, context=context, formats=(NATIVE,)), **changes)


def run(out: Path, *paths: Path, now: dt.datetime = NOW, **changes: Any) -> tuple[AuthorizationRequest, ...]:
    process(order(out, *paths, **changes), MEANS, now=now, watcher=Heard())
    return read_requests(out / "requests.jsonl")


def only(requests: Sequence[AuthorizationRequest]) -> AuthorizationRequest:
    (request,) = requests
    return request


class Heard:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.begun = (0, 0)
        self.pages = 0
        self.ended: list[tuple[str, Outcome]] = []

    def begin(self, submissions: int, done: int) -> None:
        self.begun = submissions, done

    def page(self) -> None:
        self.pages += 1

    def end(self, source: Source, outcome: Outcome) -> None:
        self.ended.append((source.name, outcome))


def one(source: Source, folder: Path, readers: ReadersHere) -> Outcome:
    """A run of one submission with other readers."""
    heard = Heard()
    with ResultFolder.begin(folder / "out", options={}, now=NOW) as results:
        run = module._Run(order(folder / "out"), MEANS, readers, results, heard)
        run.finish(source, run.read(source))
    ((_, outcome),) = heard.ended
    return outcome


def test_results_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = []
    for name in ("c", "a", "b"):
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(f"Visit of {name}")
    heard = Heard()
    tally = process(order(tmp_path / "out", *paths), MEANS, now=NOW, watcher=heard)
    assert (heard.begun, heard.pages) == ((3, 0), 3)
    assert [name for name, _ in heard.ended] == [str(path) for path in paths]
    assert [request.submissions for request in read_requests(tmp_path / "out" / "requests.jsonl")] == [
        (str(path),) for path in paths
    ]
    assert tally == Tally(submissions=3, pages=3, requests=3)


def test_a_folder_of_papers_is_one_request_and_a_copy_is_not_read_twice(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(pdf(form()))
    (folder / "2.pdf").write_bytes(pdf(note()))
    (folder / "3.pdf").write_bytes(pdf(form()))
    request = only(run(tmp_path / "out", folder))
    assert [(d.id, d.path, d.duplicate_of, [p.pages for p in d.parts]) for d in request.documents] == [
        ("d1", "1.pdf", None, [(1,)]),
        ("d2", "2.pdf", None, [(1,)]),
        ("d3", "3.pdf", "d1", [(1,)]),
    ]
    assert request.patient.name.full is not None
    assert [place.document for place in request.patient.name.full.evidence] == ["d1", "d2"]
    assert "duplicate-of" in {flag.code for flag in request.flags}


def test_a_mail_is_received_when_its_own_topmost_header_says(tmp_path: Path) -> None:
    times = ("Mon, 16 Nov 2026 09:00:00 -0500", "Sun, 15 Nov 2026 23:00:00 -0500")
    (tmp_path / "m.eml").write_bytes(
        mail("See the form.\n", ("a.pdf", pdf(form())), received=times, date="Sat, 14 Nov 2026 10:00:00 -0500")
    )
    request = only(run(tmp_path / "out", tmp_path / "m.eml"))
    assert (request.channel, request.received_at_source) == ("email", "mail-received")
    assert request.received_at == dt.datetime(2026, 11, 16, 14, 0, tzinfo=dt.UTC)


def test_a_mail_that_was_forwarded_does_not_make_the_receipt_earlier(tmp_path: Path) -> None:
    inner = mail("See the form.\n", ("a.pdf", pdf(form())), received=("Mon, 02 Nov 2026 09:00:00 -0500",))
    (tmp_path / "m.eml").write_bytes(forwarding(inner, "Mon, 16 Nov 2026 09:00:00 -0500"))
    request = only(run(tmp_path / "out", tmp_path / "m.eml"))
    assert request.received_at == dt.datetime(2026, 11, 16, 14, 0, tzinfo=dt.UTC)


def test_formats_are_written_for_each_request(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(form()))
    request = only(run(tmp_path / "out", tmp_path / "a.pdf", formats=(NATIVE, HTML)))
    folder = tmp_path / "out" / request.id
    assert sorted(path.name for path in folder.iterdir()) == ["html.html", "native.json"]
    assert AuthorizationRequest.model_validate_json((folder / "native.json").read_bytes()) == request
    assert "data:image/png" in (folder / "html.html").read_text("utf-8")


def test_the_workbook_is_written_once_a_run_and_a_letter_only_where_something_is_missing(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(pdf(form()))
    second.write_bytes(pdf(note()))
    requests = run(tmp_path / "out", first, second, formats=(NATIVE, SUMMARY, LETTER, XLSX))
    assert (tmp_path / "out/requests.xlsx").read_bytes() == XLSX.run(requests)
    for request in requests:
        folder = tmp_path / "out" / request.id
        assert (folder / "summary.pdf").read_bytes().startswith(b"%PDF")
        assert (folder / "letter.pdf").exists() is bool(request.missing_items)


def test_a_file_that_this_machine_cannot_read_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    source = Source("s", (("gone.pdf", Place(tmp_path / "gone.pdf")), ("a.txt", Place(tmp_path / "a.txt"))))
    outcome = one(source, tmp_path, ReadersHere())
    assert [(r.file, r.code, r.sha256) for r in outcome.rejected] == [("gone.pdf", "F017", "")]
    assert (outcome.pages, len(outcome.assembly.requests), outcome.failed) == (1, 1, False)


def test_a_fault_of_ours_costs_one_submission_and_tells_no_secret(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    source = Source("s", (("a.txt", Place(tmp_path / "a.txt")), ("gone.pdf", Place(tmp_path / "gone.pdf"))))
    with caplog.at_level(logging.DEBUG):
        outcome = one(source, tmp_path, ReadersHere(faults=("a.txt",)))
    assert outcome.failed
    assert [(r.submission, r.file, r.code) for r in outcome.rejected] == [
        ("s", "a.txt", "F013"),
        ("s", "gone.pdf", "F013"),
    ]
    assert outcome.assembly == Assembly((), ())
    assert "RuntimeError" in caplog.text
    assert "Jane" not in caplog.text


def test_a_lost_page_stops_the_submission_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    monkeypatch.setattr(pipeline, "assemble_requests", lambda *_: Assembly((), ()))
    source = Source("s", (("a.txt", Place(tmp_path / "a.txt")),))
    outcome = one(source, tmp_path, ReadersHere())
    assert outcome.failed
    assert (tmp_path / "out" / "requests.jsonl").read_bytes() == b""


def test_problems_of_an_extractor_reach_the_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.extractor import Extractor

    def broken(*_: object) -> Any:
        raise ValueError("Jane Sample")

    def understand(document: Document) -> DocumentResult:
        import extractors
        from extractors.annotation import annotate

        annotations = annotate(document)
        mentions, problems = extractors.extract(document, annotations, (Extractor("broken", "1", broken),))
        return DocumentResult(document, annotations, mentions, problems)

    (tmp_path / "a.txt").write_text("Visit")
    monkeypatch.setattr(pipeline, "understand", understand)
    outcome = one(Source("s", (("a.txt", Place(tmp_path / "a.txt")),)), tmp_path, ReadersHere())
    (problem,) = outcome.assembly.requests[0].problems
    assert (problem.code, problem.severity, problem.document) == ("extractor-broken", "error", "d1")
    assert "Jane" not in problem.message


@pytest.mark.parametrize("kind", ["full", "file"])
def test_results_never_mix_with_what_is_there(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("x")
    else:
        out.mkdir()
        (out / "x").touch()
    with pytest.raises(UsageError, match=str(out)):
        run(out, tmp_path / "a.txt")


def test_an_empty_folder_for_the_results_is_welcome(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    (tmp_path / "out").mkdir()
    assert only(run(tmp_path / "out", tmp_path / "a.txt")).status == "needs_review"


def test_a_run_that_was_stopped_goes_on_to_the_same_result(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Visit of {name}")
    paths = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    run(tmp_path / "whole", *paths)
    run(tmp_path / "half", *paths[:1])
    heard = Heard()
    later = NOW + dt.timedelta(days=3)
    tally = process(order(tmp_path / "half", *paths, resume=True), MEANS, now=later, watcher=heard)
    assert (heard.begun, [name for name, _ in heard.ended]) == ((3, 1), [str(path) for path in paths[1:]])
    assert tally == Tally(submissions=3, pages=3, requests=3)
    assert contents(tmp_path / "half") == contents(tmp_path / "whole")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_file_that_an_earlier_submission_brought_is_told_also_after_a_stop(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(pdf(form()))
    run(tmp_path / "out", tmp_path / "a.pdf")
    first, second = run(tmp_path / "out", tmp_path / "a.pdf", tmp_path / "b.pdf", resume=True)
    assert "duplicate-of" not in {flag.code for flag in first.flags}
    (flag,) = (flag for flag in second.flags if flag.code == "duplicate-of")
    assert str(tmp_path / "a.pdf") in flag.message


def test_a_path_is_not_processed_twice_under_two_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    (tmp_path / "b").mkdir()
    run(tmp_path / "out", tmp_path / "a.txt")
    with pytest.raises(UsageError, match="was processed as"):
        run(tmp_path / "out", tmp_path / "b" / ".." / "a.txt", resume=True)


def test_two_links_to_one_file_are_two_submissions_also_after_a_stop(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    links = [tmp_path / "b.txt", tmp_path / "c.txt"]
    for link in links:
        link.symlink_to(tmp_path / "a.txt")
    run(tmp_path / "out", links[0])
    assert len(run(tmp_path / "out", *links, resume=True)) == 2


def test_a_request_that_cannot_be_written_leaves_no_folder(tmp_path: Path) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("Jane Sample")

    (tmp_path / "a.txt").write_text("Visit")
    assert not run(tmp_path / "out", tmp_path / "a.txt", formats=(NATIVE, replace(HTML, run=broken)))
    assert [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()] == []

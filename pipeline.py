"""The way of a file through Dossier, on one page. Everything else is reached from here by "go to definition".

    parsed file --read--> document --annotate, extract--> document result          per document, cached by its bytes
    submission of results --split, draft, assess, flag--> requests and held pages   per case, repeated at will

All of it is pure: values in, values out. Files, clocks, processes and settings are the shell's (actions/).
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assembly.cases import Case, split_cases
from assembly.corrections import corrected
from assembly.draft import draft_request
from assembly.flags import flags_of
from assembly.repeats import without_repeats
from assembly.status import status_of
from checklists.assess import assess
from checklists.deadlines import deadlines
from checklists.payers import resolve
from checklists.policies import Policies
from codes.check import check_codes
from extractors import extract
from extractors.annotation import annotate
from intake.document import build_document
from matching.known import with_known
from matching.questions import questions_of
from models.code_table import NO_TABLES, CodeTables
from models.directory import Known, Questions
from models.document import Document, Page
from models.parsed import ParsedFile, ParsedPage
from models.payer import Payer
from models.request import AuthorizationRequest
from models.result import Assembly, DocumentResult, Submission

# Rises whenever the same bytes would yield another result; part of what a DocumentResult is keyed by.
PIPELINE_VERSION = "4"

ReadPages = Callable[[Iterator[ParsedPage]], Iterable[Page]]


@dataclass(frozen=True, slots=True)
class Context:
    """By whose rules a submission is assembled: the policies, the payer if one was named, the market, code tables."""

    policies: Policies
    payer: Payer | None
    market: str
    codes: CodeTables = NO_TABLES

    @property
    def date_order(self) -> Literal["mdy", "dmy", "ymd"]:
        """How a date in figures alone is meant: the payer's way, else the market's."""
        if self.payer is not None:
            return self.payer.date_order
        return "dmy" if self.market == "hk" else "mdy"


def process_document(parsed: ParsedFile, identifier: str, read_pages: ReadPages) -> DocumentResult:
    """One leaf file: read its pages, then find out what they say. `identifier` is "d1".. within the submission."""
    return understand(read(parsed, identifier, read_pages))


def read(parsed: ParsedFile, identifier: str, read_pages: ReadPages) -> Document:
    """Pages with words and places, joined to one text."""
    return build_document(identifier, parsed, tuple(read_pages(parsed.pages)))


def understand(document: Document) -> DocumentResult:
    """The document's parts, sections and mentions."""
    annotations = annotate(document)
    mentions, problems = extract(document, annotations)
    return DocumentResult(document, annotations, mentions, problems)


def questions(submission: Submission, context: Context) -> tuple[Questions, ...]:
    """Whom each request of a submission speaks of: what to ask the directories before it is assembled."""
    submission = without_repeats(submission)
    cases, _ = split_cases(submission)
    drafts = (_draft(c, submission, n, context) for n, c in enumerate(cases))
    return tuple(questions_of(d, _pages(c), submission.faxes) for d, c in zip(drafts, cases, strict=True))


def assemble_requests(submission: Submission, context: Context, known: Sequence[Known] = ()) -> Assembly:
    """What came in together becomes requests, one a patient; pages that fit none are held.

    `known` is what the directories answered to the `questions` of each request; none without directories.
    """
    submission = without_repeats(submission)
    cases, held = split_cases(submission)
    answers = known or (Known(),) * len(cases)
    requests = tuple(_request(c, submission, n, context, answers[n]) for n, c in enumerate(cases))
    return Assembly(requests, held)


def _request(case: Case, submission: Submission, number: int, context: Context, known: Known) -> AuthorizationRequest:
    draft = _draft(case, submission, number, context)
    payer = context.payer or _payer_named(draft, context)
    draft = draft.model_copy(update={"payer": payer.id if payer else None})
    zone = zoneinfo.ZoneInfo(payer.zone) if payer else dt.UTC
    today, pages = draft.received_at.astimezone(zone).date(), _pages(case)
    draft, code_flags = check_codes(draft, pages, context.codes, today=today)
    draft, directory_flags = with_known(draft, known, today=today)
    assessment = assess(draft, context.policies.for_payer(payer), zone=zone)
    missing = assessment.missing_items
    draft = draft.model_copy(
        update={"checklists": assessment.applied, "findings": assessment.findings, "missing_items": missing}
    )
    draft = draft.model_copy(
        update={
            "deadlines": deadlines(draft, payer, context.policies.payers),
            "flags": flags_of(
                draft,
                pages,
                others=case.others,
                today=today,
                faxes=submission.faxes,
                earlier=submission.earlier,
                codes=(*code_flags, *directory_flags),
            ),
        }
    )
    return draft.model_copy(update={"status": status_of(draft, payer.thresholds if payer else {})})


def _draft(case: Case, submission: Submission, number: int, context: Context) -> AuthorizationRequest:
    """What the pages say, and over it what people said about that."""
    draft = draft_request(case, submission, number, payer=None, market=context.market)
    return corrected(draft, submission.corrections.get(draft.id, ()))


def _payer_named(draft: AuthorizationRequest, context: Context) -> Payer | None:
    """The payer whose form it is, if its file is loaded."""
    named = draft.coverage.payer_name
    return resolve(named.value, context.policies.payers) if named is not None and named.value else None


def _pages(case: Case) -> tuple[Document, ...]:
    return tuple({part.result.document.id: part.result.document for part in case.parts}.values())

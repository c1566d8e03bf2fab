"""What the stages of pipeline.py pass on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.annotations import Annotations
from models.correction import Correction
from models.document import Document
from models.mention import AnyMention
from models.parsed import FaxRecord
from models.problem import Problem
from models.received import Receipt
from models.request import AuthorizationRequest, HeldPage, Rejection


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """Everything one document says. Keyed by its sha256, the pipeline version and the read options.

    `duplicate_of` is the id of the document of the same submission that has the same bytes: its pages are placed again,
    but nothing is extracted from them twice.
    """

    document: Document
    annotations: Annotations
    mentions: tuple[AnyMention, ...]
    problems: tuple[Problem, ...] = ()
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What came in together: its receipt, the documents that were read, and the files that could not be.

    `results` are in the order of their paths, containers (without pages) before what they hold. `faxes` is what fax
    servers and gateways say about them; `earlier` names, by sha256, the submission that brought the same bytes before.
    `answers` names, by the id of a document, the later submission that brought it in answer to a request of this one.
    `corrections` are what people said about its requests, by the id of the request, in their order.
    `identity` are the sha256 of all files that came in first, whether they could be read or not: the ids of the
    requests are made of them; None where those of the results are.
    """

    receipt: Receipt
    results: tuple[DocumentResult, ...]
    rejected: tuple[Rejection, ...] = ()
    faxes: tuple[FaxRecord, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    identity: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Assembly:
    """The outcome of a submission: every page is in a request or held."""

    requests: tuple[AuthorizationRequest, ...]
    held: tuple[HeldPage, ...]

"""What the API takes and gives, as strict models: nothing may be added by a caller, nothing is left out by us."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from actions.service import CURSOR
from models.checklist import MissingItem
from models.request import AuthorizationRequest, RequestDocument

FileState = Literal["received", "reading", "read", "waiting_retry", "rejected", "quarantined"]
PageState = Literal["in_progress", "request", "held", "returned", "rejected"]
SubmissionState = Literal["received", "processing", "done"]
RequestStatus = Literal["ready", "needs_review", "withdrawn"]


def _date(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


def _whole(value: Any) -> Any:
    """In JSON 5.0 is a whole number, too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Day = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}, examples=["2026-03-02"]),
    AfterValidator(_date),
]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-03-02T14:20:07.123456Z"])]
Id = Annotated[str, Field(examples=["5b1f0c7e2d8a4a6f9c3e1b7d0a2f4c68"])]


class Shape(BaseModel):
    """The base: unknown keys and silent conversions are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ReceivedName(Shape):
    """A file of a receipt."""

    filename: str
    sha256: str
    size: int


class ReceiptShape(Shape):
    """What was received, and when; everything named here is durable."""

    number: Annotated[str, Field(examples=["R-20260302-5B1F0C7E2D"])]
    received_at: Moment
    files: tuple[ReceivedName, ...]


class Acknowledged(Shape):
    """The answer to an upload."""

    submission: Id
    receipt: ReceiptShape


class PlacedPage(Shape):
    """A page, and where it is. `document` is the key of its document."""

    document: Id
    page: int
    state: PageState
    request: Id | None


class SubmittedFile(Shape):
    """A file of a submission; `code` says why it was rejected."""

    path: str
    sha256: str
    size: int
    media_type: str | None
    state: FileState
    code: Annotated[str | None, Field(examples=["F005"])]
    pages: tuple[PlacedPage, ...]


class SubmissionShape(Shape):
    """A submission."""

    id: Id
    state: SubmissionState
    channel: str
    received_at: Moment
    payer: str | None
    note: str | None
    files: tuple[SubmittedFile, ...]
    requests: tuple[Id, ...]


class ListedSubmission(Shape):
    """A submission in a list."""

    id: Id
    state: SubmissionState
    channel: str
    received_at: Moment
    payer: str | None


class SubmissionList(Shape):
    """A part of the list of submissions, the newest first."""

    items: tuple[ListedSubmission, ...]
    next: str | None


class ListedRequest(Shape):
    """A request in a list, without a word of what it says."""

    id: Id
    status: RequestStatus
    version: int
    payer: str | None
    received_at: Moment
    due_at: Moment | None


class RequestList(Shape):
    """A part of a list of requests, the newest first."""

    items: tuple[ListedRequest, ...]
    next: str | None


class Search(Shape):
    """What is searched for: all that is given has to be so. At least one of the three."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Sample", "birth_date": "1960-05-12"}],
            "anyOf": [{"required": ["name"]}, {"required": ["birth_date"]}, {"required": ["member_id"]}],
        }
    )

    name: Annotated[str, Field(default_factory=str, min_length=1, max_length=200, pattern=r"\S")]
    birth_date: Annotated[Day, Field(default_factory=str)]
    member_id: Annotated[str, Field(default_factory=str, min_length=1, max_length=80, pattern=r"\S")]
    cursor: Annotated[str, Field(default_factory=str, pattern=CURSOR)]
    limit: Annotated[int, Field(ge=1, le=200), BeforeValidator(_whole)] = 50

    @model_validator(mode="before")
    @classmethod
    def _something(cls, told: Any) -> Any:
        if isinstance(told, dict) and not told.keys() & {"name", "birth_date", "member_id"}:
            raise ValueError("nothing is searched for")
        return told


class ChangeShape(Shape):
    """One changed value. `path` is a JSON pointer into the request; `document` shows what the provider changed."""

    path: Annotated[str, Field(min_length=2, max_length=300, pattern=r"^/", examples=["/patient/birth_date"])]
    value: Any
    kind: Literal["correct_reading", "provider_change"]
    reason: Annotated[str, Field(max_length=1000)] | None = None
    document: Annotated[str, Field(max_length=64)] | None = None


class Changes(Shape):
    """Values of a request that a person changes, all of them or none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"changes": [{"path": "/patient/birth_date", "value": "1960-05-12", "kind": "correct_reading"}]}
            ]
        }
    )

    changes: Annotated[list[ChangeShape], Field(min_length=1, max_length=100)]


class Changed(Shape):
    """The request is put together anew with the changes; `version` is the one that has them."""

    id: Id
    version: int
    state: Literal["queued"]


class DocumentShape(RequestDocument):
    """A document with the key by which its pages are looked at."""

    key: str | None


class RequestShape(AuthorizationRequest):
    """The native request; its documents carry keys, and it may have been withdrawn since."""

    status: RequestStatus  # type: ignore[assignment] # wider
    documents: tuple[DocumentShape, ...]


class MissingList(Shape):
    """What is missing of a request."""

    items: tuple[MissingItem, ...]


class AskShape(Shape):
    """What is to be asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"channel": "fax", "language": "en", "due_on": "2026-03-16", "items": ["office-note"]}]
        }
    )

    channel: Literal["fax", "email", "portal", "letter"]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$", examples=["en", "zh-Hant-HK"])]
    due_on: Day
    items: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=100)]


class Asked(Shape):
    """A question that is on its way."""

    id: Id
    state: Literal["queued"]


class WordShape(Shape):
    """A word; its box in points on the received page, its place in the document's text."""

    text: str
    box: tuple[float, float, float, float] | None
    confidence: float | None
    start: int
    end: int


class PageWords(Shape):
    """The words of a page. Sizes are points; plain text has none."""

    page: int
    width: float | None
    height: float | None
    dpi: tuple[float, float, Literal["stated", "assumed"]] | None
    source: Literal["text_layer", "form_field", "ocr", "mixed", "plain"]
    rotation: int
    quality: float | None
    words: tuple[WordShape, ...]


class Health(Shape):
    """Whether the service lives, or is ready."""

    status: Literal["ok", "ready", "not-ready"]
    detail: str


def moment(at: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

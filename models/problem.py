"""What can go wrong, whose fault it is, and what the person in front of it should do.

A `Problem` is a defect that is carried along beside a value; an exception stops the work it is raised in.
Neither ever holds a word from a document: no PHI in errors, logs or problems.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from models.value import Value

Severity = Literal["info", "warning", "error"]


class FileCode(StrEnum):
    """The stable codes of files that could not be used, wholly or in part (docs/errors.md)."""

    EMPTY = "F001"
    TOO_LARGE = "F002"
    TYPE_NOT_ALLOWED = "F003"
    TYPE_MISMATCH = "F004"
    ENCRYPTED = "F005"
    DAMAGED = "F006"
    DAMAGED_PARTLY = "F007"
    TOO_MANY_PAGES = "F008"
    TOO_MANY_PIXELS = "F009"
    INFLATES_TOO_MUCH = "F010"
    TIME_LIMIT = "F011"
    MEMORY_LIMIT = "F012"
    PARSER_CRASH = "F013"
    MALWARE = "F014"
    ACTIVE_CONTENT = "F015"
    UNSAFE_ARCHIVE = "F016"
    NOTHING_READABLE = "F017"


SENTENCES: dict[FileCode, str] = {
    FileCode.EMPTY: "The file is empty. Please send it again.",
    FileCode.TOO_LARGE: "The file is larger than can be taken. Please send it in smaller parts.",
    FileCode.TYPE_NOT_ALLOWED: "This kind of file cannot be read. Please send a PDF, TIFF, PNG or JPEG.",
    FileCode.TYPE_MISMATCH: "The file is not what its name says. Please check it and send it again.",
    FileCode.ENCRYPTED: "The file is protected by a password. Please send it without one.",
    FileCode.DAMAGED: "The file is damaged and no page could be read. Please send it again.",
    FileCode.DAMAGED_PARTLY: (
        "Some pages of the file are damaged. The readable pages were kept; please send the others again."
    ),
    FileCode.TOO_MANY_PAGES: "The file has more pages than can be taken at once. Please send it in smaller parts.",
    FileCode.TOO_MANY_PIXELS: "A page is larger than can be taken. Please scan it at 200 to 300 dpi and send it again.",
    FileCode.INFLATES_TOO_MUCH: (
        "The file unpacks to far more data than a document holds. Please print it to a new PDF and send that."
    ),
    FileCode.TIME_LIMIT: "Reading the file took too long. Please print it to a new PDF or scan it, and send that.",
    FileCode.MEMORY_LIMIT: (
        "Reading the file needs more memory than is allowed. Please print it to a new PDF or scan it, and send that."
    ),
    FileCode.PARSER_CRASH: "The file could not be opened. Please print it to a new PDF or scan it, and send that.",
    FileCode.MALWARE: "The file was held back by the virus check. Please send a clean copy.",
    FileCode.ACTIVE_CONTENT: "The file holds scripts or other active content, which was not run.",
    FileCode.UNSAFE_ARCHIVE: "The archive is not safe to unpack. Please send the documents themselves.",
    FileCode.NOTHING_READABLE: "Nothing in the file could be read. Please send the documents as PDF or TIFF.",
}


class Problem(Value):
    """A defect that did not stop the work.

    `page` counts from 1 in `document`; both are None when the whole submission is meant. `message` is one sentence.
    """

    stage: str
    code: str
    severity: Severity
    document: str | None = None
    page: int | None = None
    message: str


# The exit statuses of commands (contract.md 1). FOUND: the command did its work, and what it looked at is not all as it
# should be, so that a person must look. FAULT: it could not do its work, and says nothing of what it was to look at.
DONE, FAULT, MISUSE, FOUND = 0, 1, 2, 4


class DossierError(Exception):
    """The root of all errors of ours. Each class carries what an entry point needs to answer.

    `retry_s`: seconds until the same call may succeed, where that is known.
    """

    http_status: ClassVar[int] = 500
    exit_status: ClassVar[int] = FAULT
    state: ClassVar[str] = "quarantined"
    retry: ClassVar[bool] = False
    retry_s: float | None = None


class DocumentError(DossierError):
    """The file's fault: it is rejected, with a code and a sentence for its sender."""

    http_status = 422
    state = "rejected"

    def __init__(self, code: FileCode, detail: str = "") -> None:
        """Take the stable code; `detail` is for the log and must hold no PHI."""
        self.code = code
        self.sentence = SENTENCES[code]
        self.detail = detail
        super().__init__(f"{code.value}: {self.sentence}")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[FileCode, str]]:
        """Pickle by what it was made of, for it crosses processes."""
        return type(self), (self.code, self.detail)


class PolicyError(DossierError):
    """A checklist's or payer file's fault: the program refuses to start with it."""

    state = "refused"


class NotReady(DossierError):
    """The machine's fault: something it needs is not installed. The message says what."""

    http_status = 503
    state = "unchanged"


class UsageError(DossierError):
    """The caller asked for something that cannot be; exit status 2."""

    http_status = 400
    exit_status = MISUSE
    state = "refused"


class NotFound(UsageError):
    """There is no such thing, or not for this caller."""

    http_status = 404


class TransientError(DossierError):
    """The world's fault: the same call may succeed later."""

    http_status = 503
    state = "unchanged"
    retry = True


class WritingFailed(TransientError):
    """The disk's fault: results cannot be written. What is written so far stays, and the run can be resumed."""

    def __init__(self, folder: str, reason: str) -> None:
        """Name the folder and say why, in the words of the operating system."""
        super().__init__(f"Nothing more can be written to {folder} ({reason}). Make room, then go on with --resume.")


class EmitError(DossierError):
    """The request cannot be written in the format asked for."""

    http_status = 422
    state = "needs_review"

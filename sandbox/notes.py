"""What a reader noticed about a file as a whole, as problems with their sentences."""

from __future__ import annotations

from models.problem import SENTENCES, FileCode, Problem, Severity

# The reader's word for: other files are inside, to be opened as documents of their own.
FILES_INSIDE = "files"
_SAID: dict[str, tuple[str, Severity, str]] = {
    FileCode.ACTIVE_CONTENT.value: (FileCode.ACTIVE_CONTENT.value, "info", SENTENCES[FileCode.ACTIVE_CONTENT]),
    FileCode.DAMAGED_PARTLY.value: (
        FileCode.DAMAGED_PARTLY.value,
        "error",
        "The file is damaged. The pages that were found are kept, others may be missing; please send it again.",
    ),
    "xfa": (
        "form-not-drawn",
        "error",
        "The form is of a kind (XFA) that only Adobe's programs can draw, so its pages do not show what was filled in. "
        "Please print it to a new PDF and send that.",
    ),
    "secure-message": (
        "secure-message",
        "error",
        "The mail is a notice of a protected message that lies with a mail service. "
        "A person must open it there and save the documents.",
    ),
    "linked-document": (
        "linked-document",
        "warning",
        "The mail links to a document that is not attached. A person must fetch it, or ask for it as an attachment.",
    ),
    "partial-message": (
        "partial-message",
        "error",
        "The mail is one of several pieces of a larger mail. Please ask for the documents in mails of their own.",
    ),
}


def problems_of(notes: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems that a reader's notes stand for; unknown ones say nothing."""
    said = tuple(_SAID[note] for note in dict.fromkeys(notes) if note in _SAID)
    return tuple(Problem(stage="parse", code=code, severity=severity, message=text) for code, severity, text in said)

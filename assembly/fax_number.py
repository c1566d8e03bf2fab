"""Whether a fax came from the number that its form gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembly.leaves import leaves
from models.document import Document
from models.evidence import Evidence
from models.parsed import FaxRecord
from models.request import AuthorizationRequest, Flag
from models.transmission import transmissions_of

# A form's number that was read less surely than this is compared with nothing.
_SURE = 0.85
# Numbers without a place: gateways send from them (NANPA, toll-free area codes).
_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class _Sender:
    """A number from which pages were sent; `twice` says that more than one line or the fax server tells it."""

    number: str
    by: str
    twice: bool
    evidence: tuple[Evidence, ...] = ()


def differing_number(
    request: AuthorizationRequest, documents: Sequence[Document], faxes: Sequence[FaxRecord]
) -> Iterator[Flag]:
    """A flag where the fax came from none of the numbers on the form, if both were read clearly.

    A form that gives no fax number for the requesting provider is compared with nothing, and none is filled in: the
    number of a line says where a machine stands, not whose it is.
    """
    stated = request.requesting_provider.fax
    if stated is None or stated.unclear is not None or stated.confidence < _SURE or not _whole(stated.value):
        return
    known = {
        str(leaf.value)
        for path, leaf in leaves(request)
        if path.rsplit(".", 1)[-1] in ("fax", "phone") and leaf.value is not None
    }
    senders = tuple(_senders(request, documents, faxes))
    if any(sender.number in known for sender in senders):
        return
    for sender in senders:
        if _whole(sender.number) and (sender.twice or _far(sender.number, str(stated.value))):
            yield Flag(
                code="fax-number-differs",
                severity="warning",
                message=f"The fax came from {_written(sender.number)} by {sender.by}; the form gives "
                f"{_written(str(stated.value))} as the requesting provider's fax number.",
                evidence=(
                    *stated.evidence,
                    *(e for each in senders if each.number == sender.number for e in each.evidence),
                ),
            )
            return


def _senders(
    request: AuthorizationRequest, documents: Sequence[Document], faxes: Sequence[FaxRecord]
) -> Iterator[_Sender]:
    yield from (_Sender(fax.number, "the fax server's record", twice=True) for fax in faxes if fax.number is not None)
    own = {(paper.id, number) for paper in request.documents for part in paper.parts for number in part.pages}
    for document in documents:
        for transmission in transmissions_of(document.pages):
            number = transmission.sender_number
            told = [
                (page, header)
                for page, header in zip(transmission.pages, transmission.headers, strict=True)
                if header is not None and header.number == number and (document.id, page.number) in own
            ]
            if number is not None and told:
                page, header = told[0]
                place = document.evidence(page.number, header.words)
                yield _Sender(number, "its header", twice=len(told) > 1, evidence=(place,))


def _whole(number: str | None) -> bool:
    return number is not None and len(number) == _DIGITS and not number.startswith(_TOLL_FREE)


def _far(one: str, other: str) -> bool:
    """Whether more than one digit differs: one may be misread."""
    return sum(a != b for a, b in zip(one, other, strict=False)) > 1 or len(one) != len(other)


def _written(number: str) -> str:
    return f"{number[:3]}-{number[3:6]}-{number[6:]}"

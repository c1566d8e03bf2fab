"""The request as the predicates see it: one service line, the day of reception, anchors, and what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from checklists.applicable import holds_word
from checklists.outcome import Outcome
from checklists.paths import leaves
from checklists.windows import gap
from models.annotations import PartType
from models.evidence import Evidence, Sourced
from models.request import AuthorizationRequest, RequestDocument, RequestPart

_UNREAD = ("F005", "F006", "F007", "F011", "F012", "F013", "F017")
_MODIFIERS = {"RT": "right", "LT": "left", "50": "bilateral"}
_SIDES = ("left", "right", "bilateral")
_FORMS = {PartType.PRIOR_AUTHORIZATION_FORM, PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.REFERRAL}


@dataclass(frozen=True, slots=True)
class Case:
    """What a predicate may look at. `of` gives the outcome of another item of the same checklist by its id."""

    draft: AuthorizationRequest
    line: int | None
    received_on: dt.date
    of: Callable[[str], Outcome]

    def leaves(self, path: str) -> tuple[object, ...]:
        """What stands at a path, of this case's service line."""
        return leaves(self.draft, path, self.line)

    def anchor(self, name: str) -> tuple[dt.date | None, str]:
        """The date at which a window ends, with the words for it.

        The order's date is that of a signed order among the pages, else of any order, else of the signature on the
        form, else of submission. Another item is an anchor only where it is met.
        """
        if name == "received":
            return self.received_on, f"reception on {self.received_on}"
        if name == "service_start":
            found = self._first_date("service_lines.start_on", "admission.admitted_on")
            return found, f"the start of service on {found}"
        if name == "order":
            found = self._signed_order() or self._first_date("order.dated_on", "signature.signed_on", "submitted_on")
            return found, f"the order of {found}"
        other = self.of(name)
        found = other.on if other.verdict == "met" else None
        return found, f"{name.replace('-', ' ')} on {found}"

    def parts(self) -> Iterator[tuple[RequestDocument, RequestPart]]:
        """Every part that is, or may be, about this patient, with its document."""
        for document in self.draft.documents:
            yield from ((document, part) for part in document.parts if part.patient != "other")

    def part_at(self, place: Evidence) -> RequestPart | None:
        """The part on whose page a piece of evidence stands."""
        for document in self.draft.documents:
            if document.id == place.document:
                return next((part for part in document.parts if place.page in part.pages), None)
        return None

    def of_others(self, evidence: Iterable[Evidence]) -> bool:
        """Whether all of this evidence stands in parts of another patient; never so without evidence."""
        parts = [self.part_at(place) for place in evidence]
        return bool(parts) and all(part is not None and part.patient == "other" for part in parts)

    def unsigned_order(self, evidence: Iterable[Evidence]) -> bool:
        """Whether all of this evidence stands in orders that nobody has signed."""
        parts = [self.part_at(place) for place in evidence]
        return bool(parts) and all(part is not None and is_unsigned_order(part) for part in parts)

    def side(self) -> str | None:
        """The side of the service line: as stated, by its modifier, or in its words; None where none is named."""
        stated = [leaf.value for leaf in self.leaves("service_lines.laterality") if isinstance(leaf, Sourced)]
        modifiers = [leaf.value for leaf in self.leaves("service_lines.modifiers") if isinstance(leaf, Sourced)]
        told = {str(one) for one in stated if one} | {_MODIFIERS[one] for one in modifiers if one in _MODIFIERS}
        if not told:
            paths = ("service_lines.body_site", "service_lines.text")
            texts = [leaf.value for path in paths for leaf in self.leaves(path) if isinstance(leaf, Sourced)]
            told = {side for text in texts for side in _SIDES if text and holds_word(str(text), side)}
        return min(told) if len(told) == 1 else "bilateral" if told else None

    def file_name(self, place: Evidence) -> str:
        """Where evidence stands, for a sentence: "page 2 of scan.pdf"."""
        names = {document.id: document.filename for document in self.draft.documents}
        return f"page {place.page} of {names.get(place.document, place.document)}"

    def unread(self, *, on_form: bool) -> bool:
        """Whether pages could not be read that may hold what is looked for.

        A field of the form is only doubtful if its own document has such a page, or no form was found at all.
        """
        unread = {problem.document for problem in self.draft.problems if _unreadable(problem.code, problem.severity)}
        if not on_form or not unread:
            return bool(unread)
        forms = {
            document.id for document in self.draft.documents if any(part.type in _FORMS for part in document.parts)
        }
        return not forms or None in unread or bool(forms & unread)

    def not_understood(self) -> bool:
        """Whether a form is among the pages of which hardly anything was read.

        Every form asks for the patient's name, birth date and number; where two of the three are missing, it is more
        likely that the form was not understood than that the office left both blank.
        """
        if not any(part.type is PartType.PRIOR_AUTHORIZATION_FORM for _, part in self.parts()):
            return False
        groups = (
            ("patient.name", "patient.name_zh"),
            ("patient.birth_date",),
            ("coverage.member_id", "coverage.policy_number", "patient.identifiers.value"),
        )
        found = sum(any(self.leaves(path) for path in group) for group in groups)
        return found < 2

    def may_be_under_21(self) -> bool:
        """Whether the patient is not shown to be 21 or older on the day of reception."""
        birth = self.draft.patient.birth_date
        if birth is None or birth.value is None or birth.unclear is not None:
            return True
        years = self.received_on.year - birth.value.year
        return years - ((self.received_on.month, self.received_on.day) < (birth.value.month, birth.value.day)) < 21

    def time_before(self, day: dt.date, anchor: dt.date, unit: str) -> str:
        """How long a day lies before (or after) an anchor, in words."""
        return f"{gap(day, anchor, unit)} before" if day <= anchor else f"{gap(anchor, day, unit)} after"

    def _signed_order(self) -> dt.date | None:
        dates = (
            part.dated_on.value
            for _, part in self.parts()
            if part.type is PartType.ORDER and _is_signed(part) and part.dated_on and part.dated_on.unclear is None
        )
        return max((date for date in dates if date is not None), default=None)

    def _first_date(self, *paths: str) -> dt.date | None:
        for path in paths:
            dates = [
                leaf.value
                for leaf in self.leaves(path)
                if isinstance(leaf, Sourced) and isinstance(leaf.value, dt.date) and leaf.unclear is None
            ]
            if dates:
                return max(dates) if path != "service_lines.start_on" else min(dates)
        return None


def is_unsigned_order(part: RequestPart) -> bool:
    """Whether a part is an order whose place for the signature is empty."""
    return part.type is PartType.ORDER and part.signed is not None and part.signed.value == "unsigned"


def _is_signed(part: RequestPart) -> bool:
    return part.signed is not None and part.signed.unclear is None and part.signed.value == "signed"


def _unreadable(code: str, severity: str) -> bool:
    return code in _UNREAD and severity == "error"

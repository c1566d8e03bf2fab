"""Several mentions of one leaf become one value: agreement supports, disagreement is shown, nothing is voted away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, utils

from models.annotations import PartType
from models.code import Code
from models.evidence import Alternative, Sourced
from models.mention import FieldMention, Scalar

# Whose word counts for a value of the request: the form that asks, then letters, then orders, then the rest.
_RANK = {
    PartType.PRIOR_AUTHORIZATION_FORM: 4,
    PartType.REFERRAL: 4,
    PartType.LETTER_OF_MEDICAL_NECESSITY: 3,
    PartType.CORRESPONDENCE: 3,
    PartType.ORDER: 2,
}
# From this rank on a part asks the plan for something.
ASKING_RANK = 3

# Leaves on which documents of one request must agree, whatever their rank: they say whose request it is.
_IDENTITY = ("patient.name.full", "patient.birth_date", "coverage.member_id")

# Leaves that a request can state only once; a second telephone number or contact is no contradiction.
_SINGLE = (*_IDENTITY, "level_of_service", "requesting_provider.npi", "servicing_provider.npi")

URGENCY = "level_of_service"
_LEVELS = {"standard": 1, "urgent": 2, "emergency": 3}

# A rival below this confidence is a poor reading, not a contradiction; one from the chart must be surer, since only the
# form or letter is written for the plan. Set by hand: benchmarks/quality.py prints false alarms.
_RIVAL, _RIVAL_ELSEWHERE = 0.6, 0.85


@dataclass(frozen=True, slots=True)
class Claim:
    """A mention with the type of the part that makes it."""

    mention: FieldMention
    part: PartType

    @property
    def rank(self) -> int:
        """How much the part's word counts, 1 to 4."""
        return _RANK.get(self.part, 1)


def fuse(path: str, claims: Sequence[Claim]) -> Sourced[Any]:
    """The value of one leaf from all that is claimed about it; at least one claim is needed.

    The best claim of the highest rank counts; equal claims lend their places. A different, confident claim of the same
    rank, or of any rank for what identifies the patient, makes the value a "conflict", both readings kept.
    """
    if path == URGENCY:
        return _most_urgent(claims)
    top = max(claim.rank for claim in claims)
    leading = [claim for claim in claims if claim.rank == top]
    best = _best(path, leading)
    equal = [
        claim.mention for claim in claims if claim.mention is not best and _same(path, claim.mention.value, best.value)
    ]
    rivals = [
        claim
        for claim in (claims if path in _IDENTITY else leading)
        if claim.mention is not best
        and claim.mention.value is not None
        and not _same(path, claim.mention.value, best.value)
    ]
    unread = any(claim.mention.unclear == "invalid" for claim in leading)
    contradicted = (
        best.value is not None and path in _SINGLE and (unread or any(_contradicts(rival, top) for rival in rivals))
    )
    others = tuple(
        Alternative[Any](value=r.mention.value, confidence=r.mention.confidence, evidence=r.mention.evidence)
        for r in rivals
    )
    return Sourced[Any](
        value=best.value,
        confidence=max([best.confidence, *(mention.confidence for mention in equal)])
        if best.unclear is None
        else best.confidence,
        as_written=best.as_written,
        unclear=best.unclear or ("conflict" if contradicted else None),
        alternatives=(
            *(Alternative[Any](**dict(known)) for known in best.alternatives),
            *(Alternative[Any](**dict(known)) for mention in equal for known in mention.alternatives if known.hidden),
            *others,
        ),
        evidence=(*best.evidence, *(e for mention in equal for e in mention.evidence)),
        provenance=best.provenance,
    )


def _contradicts(rival: Claim, top: int) -> bool:
    return rival.mention.confidence >= (_RIVAL if rival.rank == top else _RIVAL_ELSEWHERE)


def _most_urgent(claims: Sequence[Claim]) -> Sourced[Any]:
    """Urgency is never lowered: the most urgent mark counts, doubtful or not, until a person has looked.

    A doubtful mark stays "illegible", a sure one beside a mark that says otherwise is a "conflict".
    """
    known = [claim.mention for claim in claims if claim.mention.value is not None] or [claims[0].mention]
    best = max(known, key=lambda mention: (_LEVELS.get(str(mention.value), 0), mention.confidence))
    equal = [mention for mention in known if mention is not best and mention.value == best.value]
    others = [mention for mention in known if mention.value != best.value]
    sure = next((mention for mention in (best, *equal) if mention.unclear is None), best)
    return Sourced[Any](
        value=best.value,
        confidence=sure.confidence,
        as_written=sure.as_written,
        unclear=sure.unclear or ("conflict" if any(mention.unclear is None for mention in others) else None),
        alternatives=tuple(
            Alternative[Any](value=m.value, confidence=m.confidence, evidence=m.evidence) for m in others
        ),
        evidence=tuple(
            evidence
            for mention in (sure, *(m for m in (best, *equal) if m is not sure))
            for evidence in mention.evidence
        ),
        provenance=sure.provenance,
    )


def _best(path: str, claims: Sequence[Claim]) -> FieldMention:
    """The surest claim of a leaf that can be stated once; of others the first, in the order of the pages."""
    known = [claim.mention for claim in claims if claim.mention.value is not None]
    if not known:
        return claims[0].mention
    clear = [mention for mention in known if mention.unclear is None] or known
    return max(clear, key=lambda mention: mention.confidence) if path in _SINGLE else clear[0]


def _same(path: str, one: Scalar | None, other: Scalar | None) -> bool:
    """Whether two values say the same thing."""
    if one is None or other is None:
        return False
    if isinstance(one, dt.date | bool | int | Code) or isinstance(other, dt.date | bool | int | Code):
        return one == other
    if path.endswith("name") or path.startswith("patient.name"):
        return fuzz.token_set_ratio(one, other, processor=utils.default_process) >= 90
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """Letters and digits; a decimal point stays, "2.5 mg" is not "25 mg"."""
    return re.sub(r"(?!(?<=\d)\.\d)[\W_]", "", text.lower())

"""The outcome of one need, with its derivation, and how outcomes combine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from models.checklist import Cause, Verdict
from models.evidence import Evidence

# The chain of verdicts; "waived" stands outside it, since only `unless` and `when` lead there.
ORDER: tuple[Verdict, ...] = ("not_met", "not_found", "unclear", "met")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with its grounds.

    `reason` is a sentence for staff, `notice` a sentence for the provider's office where the gap is other than absence.
    `on` is the date of the fact that decided, for windows that end at this item. `ask` says that the gap may be asked
    for although the verdict is unclear (a legible number that cannot be right).
    `kind` names the predicate, `what` what was not found; `parts` are the outcomes it came from.
    """

    verdict: Verdict
    reason: str
    cause: Cause | None = None
    evidence: tuple[Evidence, ...] = ()
    on: dt.date | None = None
    notice: str | None = None
    ask: bool = False
    kind: str = ""
    what: str = ""
    parts: tuple[Outcome, ...] = ()

    @property
    def rank(self) -> int:
        """The place in the chain not_met < not_found < unclear < met; -1 for waived."""
        return ORDER.index(self.verdict) if self.verdict in ORDER else -1


def lowest(outcomes: tuple[Outcome, ...], kind: Literal["all_of"] = "all_of") -> Outcome:
    """All are needed: the verdict is the minimum, the reasons are those of the outcomes that hold it down."""
    least = min(outcomes, key=lambda outcome: outcome.rank)
    deciding = tuple(outcome for outcome in outcomes if outcome.verdict == least.verdict)
    dates = tuple(outcome.on for outcome in outcomes if outcome.on is not None)
    return replace(
        least,
        reason=_sentences(deciding),
        cause=next((outcome.cause for outcome in deciding if outcome.cause), None),
        evidence=_evidence(outcomes if least.verdict == "met" else deciding),
        on=max(dates, default=None),
        notice=" ".join(outcome.notice for outcome in deciding if outcome.notice) or None,
        ask=any(outcome.ask for outcome in deciding),
        kind=kind,
        parts=outcomes,
    )


def highest(outcomes: tuple[Outcome, ...], kind: str = "any_of") -> Outcome:
    """One is enough: the verdict is the maximum, the reason that of the first that reached it.

    Where none is met, every reason at that level is told, and what was found instead of what was looked for (with its
    cause: "not found, expired"), so that nobody has to guess what was tried.
    """
    best = max(outcomes, key=lambda outcome: outcome.rank)
    deciding = tuple(outcome for outcome in outcomes if outcome.verdict == best.verdict)
    if best.verdict == "met":
        return replace(best, kind=kind, parts=outcomes)
    others = tuple(outcome for outcome in outcomes if best.verdict == "not_found" and outcome.verdict == "not_met")
    absent = _none_of(deciding) if all(outcome.what for outcome in deciding) else _sentences(deciding)
    return replace(
        best,
        reason=" ".join(part for part in (_sentences(others), absent) if part),
        cause=next((outcome.cause for outcome in (*deciding, *others) if outcome.cause), None),
        evidence=_evidence((*others, *deciding)),
        notice=next((outcome.notice for outcome in (*deciding, *others) if outcome.notice), None),
        ask=any(outcome.ask for outcome in deciding),
        kind=kind,
        parts=outcomes,
    )


def _none_of(outcomes: tuple[Outcome, ...]) -> str:
    """One sentence instead of one for each thing that was not found: "No code, text or drug name was found ..."."""
    names = tuple(dict.fromkeys(outcome.what for outcome in outcomes))
    first = outcomes[0]
    listed = " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return first.reason.replace(f"No {first.what}", f"No {listed}", 1)


def _sentences(outcomes: tuple[Outcome, ...]) -> str:
    return " ".join(dict.fromkeys(outcome.reason for outcome in outcomes))


def _evidence(outcomes: tuple[Outcome, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(place for outcome in outcomes for place in outcome.evidence))

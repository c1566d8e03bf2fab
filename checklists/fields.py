"""Predicates over the request's own fields: field, code, same."""

from __future__ import annotations

import datetime as dt

from checklists.applicable import code_among, holds_word
from checklists.case import Case
from checklists.outcome import Outcome, highest
from checklists.paths import identifier_kind, label
from models.checklist import Cause, CodeNeed, FieldNeed, SameNeed
from models.code import Code
from models.evidence import Evidence, Sourced, Unclear
from models.identifiers import explain

# The contract's threshold for critical fields: an invalid number read at least so surely stands on the page as read.
_LEGIBLE = 0.90
_CAUSES: dict[Unclear, Cause] = {"handwritten": "unreadable", "illegible": "unreadable", "conflict": "conflicting"}
# What people write into a box to say that there is nothing to write.
_NOTHING = {"", "-", "--", "n/a", "na", "n.a", "none", "nil", "not applicable", "not known", "unknown", "tbd"}
_UNSIGNED = {
    "unsigned": ("The place for the signature is empty", "The request is not signed."),
    "stamp": (
        "A stamp stands in the place of the signature",
        "The request carries a stamp; the policy looks for a signature by hand or an electronic one.",
    ),
}
# Titles and credentials, which one page writes and another leaves out.
_TITLES = frozenset(
    {"dr", "md", "do", "np", "pa", "rn", "pt", "ot", "dpt", "otr", "dpm", "mr", "ms", "mrs", "mph", "phd", "facs",
     "faap", "mbbs", "jr", "sr", "aprn", "fnp", "crnp"}
)  # fmt: skip
_LIMITS = ("quantity", "visits", "frequency", "duration", "days")


def field(need: FieldNeed, case: Case) -> Outcome:
    """A field is there and clear; with `one_of`, its value is one of these or holds one of them as whole words."""
    found = case.leaves(need.path)
    if not found:
        return absent(case, label(need.path), kind=f"field {need.path}", on_form=True)
    return highest(tuple(_leaf(need, leaf, case) for leaf in found), kind=f"field {need.path}")


def code(need: CodeNeed, case: Case) -> Outcome:
    """A code of the system among `any_of`: of a diagnosis for ICD, of the service line otherwise."""
    path = "diagnoses.code" if need.system.startswith("ICD") else "service_lines.code"
    kind = f"code {need.system}"
    found = [leaf for leaf in case.leaves(path) if isinstance(leaf, Sourced)]
    codes = [leaf for leaf in found if isinstance(leaf.value, Code) and leaf.value.system == need.system]
    if codes:
        return highest(tuple(_coded(need, leaf, case) for leaf in codes), kind=kind)
    doubtful = [leaf for leaf in found if leaf.unclear is not None]
    if doubtful:
        return highest(tuple(_doubtful(path, leaf, case) for leaf in doubtful), kind=kind)
    return absent(case, f"{need.system} code", kind=kind, on_form=True)


def same(need: SameNeed, case: Case) -> Outcome:
    """Two paths agree, ignoring case, punctuation and the order of words; of names, titles and initials too.

    Never met by orders that nobody has signed.
    """
    left, right = case.leaves(need.left), case.leaves(need.right)
    kind = f"same {need.left} {need.right}"
    for path, found in ((need.left, left), (need.right, right)):
        if not found:
            return absent(case, label(path), kind=kind, on_form=True)
    every = [leaf for leaf in (*left, *right) if isinstance(leaf, Sourced)]
    for leaf in every:
        if leaf.unclear is not None:
            return _doubtful(need.left if leaf in left else need.right, leaf, case)
    evidence = evidence_of((*left, *right))
    names = f"The {label(need.left)} and the {label(need.right)}"
    alike = [_alike(one, other, need) for one in left for other in right]
    if True in alike and case.unsigned_order(evidence_of(left)):
        return Outcome("unclear", f"{names} agree, but no order is signed.", "unsigned", evidence, kind=kind)
    if True in alike:
        return Outcome("met", f"{names} agree.", evidence=evidence, kind=kind)
    if None in alike:
        return Outcome("unclear", f"{names} agree in part only.", "conflicting", evidence, kind=kind)
    return Outcome("not_met", f"{names} differ.", _difference(need), evidence, kind=kind)


def absent(case: Case, what: str, *, kind: str, on_form: bool) -> Outcome:
    """Nothing was found; unclear where it may stand on a page nobody could read."""
    if on_form and case.not_understood():
        reason = f"No {what} was found, and too little of the form was read to say that it is not there."
        return Outcome("unclear", reason, "unreadable", kind=kind, what=what)
    if case.unread(on_form=on_form):
        reason = f"No {what} was found on the pages that could be read; other pages could not be read."
        return Outcome("unclear", reason, "unreadable", kind=kind, what=what)
    reason = f"No {what} was found on the pages received on {case.received_on}."
    return Outcome("not_found", reason, kind=kind, what=what)


def evidence_of(found: tuple[object, ...]) -> tuple[Evidence, ...]:
    """All places of all leaves."""
    return tuple(place for leaf in found if isinstance(leaf, Sourced) for place in leaf.evidence)


def _alike(one: object, other: object, need: SameNeed) -> bool | None:
    """Whether two leaves say the same; None where two names share a word but not enough to be one person's."""
    left, right = _plain(one), _plain(other)
    if left == right or not (_is_name(need.left) and _is_name(need.right)):
        return left == right
    few, many = sorted((_name_words(left), _name_words(right)), key=len)
    if len(few) >= 2 and few <= many:
        return True
    return None if few & many else False


def _is_name(path: str) -> bool:
    return path.rsplit(".", maxsplit=1)[-1] in {"author", "name"}


def _name_words(plain: str) -> set[str]:
    return {word for word in plain.split() if len(word) > 1 and word not in _TITLES}


def _leaf(need: FieldNeed, leaf: object, case: Case) -> Outcome:
    if not isinstance(leaf, Sourced):
        return _weigh(need, str(leaf), (), case)
    if case.of_others(leaf.evidence):
        missing = absent(case, label(need.path), kind="", on_form=True)
        reason = f"{missing.reason} One on a page of another patient was left out."
        return Outcome(missing.verdict, reason, "other-patient", leaf.evidence)
    if leaf.unclear is not None or leaf.value is None:
        return _doubtful(need.path, leaf, case)
    outcome = _weigh(need, leaf.value.code if isinstance(leaf.value, Code) else str(leaf.value), leaf.evidence, case)
    on = leaf.value if isinstance(leaf.value, dt.date) else None
    return Outcome(outcome.verdict, outcome.reason, outcome.cause, outcome.evidence, on, outcome.notice)


def _weigh(need: FieldNeed, value: str, evidence: tuple[Evidence, ...], case: Case) -> Outcome:
    place = f" on {case.file_name(evidence[0])}" if evidence else ""
    if value.strip(" .").casefold() in _NOTHING:
        return Outcome("not_found", f"The {label(need.path)}{place} is written as {value}.", evidence=evidence)
    if need.one_of is None:
        return Outcome("met", f"The {label(need.path)} is stated{place}.", evidence=evidence)
    if any(holds_word(value, option) for option in need.one_of):
        return Outcome("met", f"The {label(need.path)}{place} is {value}.", evidence=evidence)
    looked_for = _listed(need.one_of)
    if value == "unclear":
        return Outcome("unclear", f"The {label(need.path)} is not clear{place}.", "unreadable", evidence)
    reason = f"The {label(need.path)}{place} is {value}; looked for: {looked_for}."
    if need.path == "signature.state" and value in _UNSIGNED:
        told, notice = _UNSIGNED[value]
        return Outcome("not_met", f"{told}{place}.", "unsigned", evidence, notice=notice)
    if any(name in need.path.split(".") for name in _LIMITS) and case.may_be_under_21():
        return Outcome("unclear", f"Limit; under-21 review applies. {reason}", evidence=evidence)
    return Outcome("not_met", reason, evidence=evidence)


def _doubtful(path: str, leaf: Sourced[object], case: Case) -> Outcome:
    name = label(path)
    place = f" on {case.file_name(leaf.evidence[0])}" if leaf.evidence else ""
    if leaf.unclear == "invalid":
        return _invalid(path, leaf, place)
    told = {
        "handwritten": f"The {name}{place} is handwritten and was not read.",
        "illegible": f"The {name}{place} could not be read with certainty.",
        "conflict": f"The {name} is written in different ways on the pages.",
    }
    reason = told.get(leaf.unclear or "", f"The {name}{place} is not clear.")
    return Outcome("unclear", reason, _CAUSES.get(leaf.unclear) if leaf.unclear else None, leaf.evidence)


def _invalid(path: str, leaf: Sourced[object], place: str) -> Outcome:
    kind = identifier_kind(path)
    told = explain(kind, leaf.as_written or "") if kind else "does not pass its check"
    legible = leaf.confidence >= _LEGIBLE
    reason = f"The {label(path)} as written{place} {told}."
    notice = f"The {label(path)} as we read it {told}."
    return Outcome("unclear", reason, None, leaf.evidence, notice=notice if legible else None, ask=legible)


def _coded(need: CodeNeed, leaf: Sourced[object], case: Case) -> Outcome:
    path = "diagnoses.code" if need.system.startswith("ICD") else "service_lines.code"
    if leaf.unclear is not None or not isinstance(leaf.value, Code):
        return _doubtful(path, leaf, case)
    place = case.file_name(leaf.evidence[0]) if leaf.evidence else "the request"
    if code_among(leaf.value.code, need.any_of):
        return Outcome("met", f"{need.system} code {leaf.value.code} stands on {place}.", evidence=leaf.evidence)
    looked_for = _listed(need.any_of)
    reason = f"The {need.system} code on {place} is {leaf.value.code}; looked for: {looked_for}."
    return Outcome("not_met", reason, evidence=leaf.evidence)


def _listed(options: tuple[str, ...]) -> str:
    """What was looked for, of a long list only the first few."""
    more = len(options) - 4
    return f"{', '.join(options[:4])} or one of {more} more" if more > 1 else " or ".join(options)


def _plain(leaf: object) -> str:
    value = leaf.value if isinstance(leaf, Sourced) else leaf
    text = value.code if isinstance(value, Code) else str(value)
    kept = "".join(character if character.isalnum() else " " for character in text.casefold())
    return " ".join(sorted(kept.split()))


def _difference(need: SameNeed) -> Cause:
    last = need.left.rsplit(".", maxsplit=1)[-1]
    causes: dict[str, Cause] = {
        "author": "other-author",
        "laterality": "wrong-side",
        "body_site": "wrong-body-part",
        "patient": "other-patient",
    }
    return causes.get(last, "conflicting")

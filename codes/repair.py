"""A misread diagnosis code made good: only where one code alone can be meant and the words beside it agree."""

from __future__ import annotations

from collections.abc import Iterator

from codes.linking import suggest
from codes.look_alikes import bare_code, changes, code_words, dotted, look_alikes
from codes.stated import Stated
from models.code import Code
from models.evidence import Alternative, Sourced

# How sure a code is that the words beside it lead to though it was misread or doubtful (benchmarks/codes.py).
_MENDED = 0.9
# Characters that were read like this are as likely right as wrong (extractors/trust.py).
_LEGIBLE = 0.5
# What an alternative can be: one that the words beside it speak for, and one that merely looks alike.
_SPOKEN_FOR, _ALIKE = 0.4, 0.2
_MOST = 5
# Of what the words beside an unread code may mean, so many are offered; so many characters tell a code by its end.
_SUGGESTED, _TELLING = 3, 3


def mended(stated: Stated) -> Sourced[Code] | None:
    """The code that a misread or doubtful one must be; None where that cannot be said.

    A doubtful reading that is a code itself counts if the words beside it lead to that very code, or, where only its
    dot was lost, agree with it. Else one look-alike alone must agree with the words: by one character, while any other
    that is in the table disagrees, or the words lead to this very one.
    """
    leaf, table = stated.leaf, stated.table
    if table is None or leaf.unclear not in (None, "illegible"):
        return None
    words = tuple(_written(leaf))
    if len(words) != 1:
        return None
    exact = table.find(dotted(bare_code(words[0])))
    if exact is not None and exact.billable:
        return _made(stated, exact.code, repaired=False) if _borne_out(stated, exact.code) else None
    found = look_alikes(table, words[0])
    agreeing = [code for code in found if stated.fits(code) in ("same", "agrees")]
    if len(agreeing) != 1:
        return None
    excluded = all(stated.fits(code) == "disagrees" for code in found if code not in agreeing)
    enough = stated.fits(agreeing[0]) == "same" or (excluded and changes(words[0], agreeing[0]) == 1)
    return _made(stated, agreeing[0], repaired=True) if enough else None


def _borne_out(stated: Stated, code: str) -> bool:
    """Whether the words speak for a code whose characters are doubtful, or its dot alone: then less will do."""
    said = stated.fits(code)
    return said == "same" or (said == "agrees" and stated.leaf.confidence >= _LEGIBLE)


def choices(stated: Stated) -> tuple[Alternative[Code], ...]:
    """The look-alikes of a code that was read, those that the words beside it speak for; of those none, all."""
    if stated.table is None or stated.leaf.value is None:
        return ()
    found = look_alikes(stated.table, stated.leaf.value.code, kin=True)
    agreeing = tuple(code for code in found if stated.fits(code) in ("same", "agrees"))
    sure = _SPOKEN_FOR if agreeing else _ALIKE
    evidence = stated.leaf.evidence
    return tuple(
        Alternative[Code](value=stated.shown(code), confidence=sure, evidence=evidence)
        for code in (agreeing or found)[:_MOST]
    )


def suggested(stated: Stated) -> Sourced[Code]:
    """A code that cannot be read, with what the words beside it may mean as alternatives, placed where those stand.

    First comes a code that ends as what was read does: the letter in front is what a fax loses most.
    """
    leaf, beside = stated.leaf, stated.beside
    if beside is None or not beside.value or leaf.unclear != "illegible":
        return leaf
    read = [bare_code(word) for word in _written(leaf)] or [bare_code(leaf.as_written or "")]
    found = [one.code for one in suggest(beside.value)]
    ending = [code for code in found if len(read[0]) >= _TELLING and bare_code(code).endswith(read[0])]
    known = {guess.value.code for guess in leaf.alternatives}
    more = tuple(
        Alternative[Code](
            value=stated.shown(code), confidence=_SPOKEN_FOR if code in ending else _ALIKE, evidence=beside.evidence
        )
        for code in dict.fromkeys((*ending, *found[:_SUGGESTED]))
        if code not in known
    )
    return leaf.model_copy(update={"alternatives": (*leaf.alternatives, *more)})


def withheld(stated: Stated) -> Sourced[Code]:
    """A code that was read, no longer as the value: it becomes the first alternative, before its look-alikes."""
    leaf = stated.leaf
    read = Alternative[Code](
        value=leaf.value or stated.shown(""), confidence=min(leaf.confidence, _SPOKEN_FOR), evidence=leaf.evidence
    )
    hidden = tuple(known for known in leaf.alternatives if known.hidden)
    alternatives = (read, *choices(stated), *hidden)
    return leaf.model_copy(update={"value": None, "unclear": "illegible", "alternatives": alternatives})


def _written(leaf: Sourced[Code]) -> Iterator[str]:
    """The one code that was read, however doubtful; else what of the characters on the page may be codes."""
    guesses = [guess.value.code for guess in leaf.alternatives if not guess.hidden]
    if leaf.value is not None:
        yield leaf.value.code
    elif guesses:
        yield from guesses
    else:
        yield from code_words(leaf.as_written or "")


def _made(stated: Stated, code: str, *, repaired: bool) -> Sourced[Code]:
    hidden = tuple(known for known in stated.leaf.alternatives if known.hidden)
    provenance = stated.leaf.provenance.model_copy(update={"repaired": True}) if repaired else stated.leaf.provenance
    update = {"value": stated.shown(code), "unclear": None, "confidence": _MENDED, "alternatives": hidden}
    return stated.leaf.model_copy(update={**update, "provenance": provenance})

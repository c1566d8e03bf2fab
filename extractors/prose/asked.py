"""What the sentences of a letter ask for: the drug or service, how much, how soon, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.context import Sentence
from extractors.normalize.codes import find_diagnosis_codes
from extractors.normalize.drugs import find_strength
from extractors.prose.amounts import read_amounts
from extractors.prose.drug_names import find_drug
from extractors.prose.listed import headed, listed
from extractors.prose.patient import IN_PROSE, read_of_the_patient, read_patient, read_sex
from extractors.prose.said import Letter, Said
from extractors.prose.services import find_codes, read_services, words_of
from extractors.prose.stay import is_stay
from extractors.prose.urgency import read_urgency
from models.geometry import Span
from models.mention import Scalar

_ASKS = re.compile(
    r"\b(?:request(?:ing|s|ed)?|seek(?:ing)?|appeal(?:ing)?|asking|ask)\b|\b(?:please|kindly)\s+(?:approve|"
    r"authorize|consider|cover)\b"
    r"|\b(?:approval|authorization|authorisation|coverage|precertification|pre-?authorization|"
    r"preauthorization)\s+(?:of|for)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:not|no longer|never)\s+(?:\w+\s+)?(?:request|seek|ask)|\b(?:was|"
    r"were)\s+(?:previously\s+)?(?:approved|denied)\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"\b(?:this is an appeal|(?:to|formally|hereby) appeal|i am appealing|we are appealing|letter of appeal|appeal "
    r"(?:of|the|your) (?:your |the )?"
    r"denial|request(?:ing)? (?:a )?reconsideration)\b",
    re.IGNORECASE,
)
_EVERY = (
    r"(?:(?:once|twice|one time|two times|three times|four times)\s+(?:a\s+|per\s+)?(?:daily|day|weekly|week|"
    r"monthly|month)|every\s+other\s+(?:day|week|month)"
    r"|every\s+(?:\d+|one|two|three|four|six|eight|twelve)\s*(?:hours?|days?|weeks?|months?)|every\s+(?:day|week|"
    r"month|morning|night)|q\s?\d+\s?(?:h|hours?|w|wks?|weeks?|d|days?)"
    r"|daily|weekly|biweekly|monthly|bid|tid|qid|qhs|qd|qow)"
)
_FREQUENCY = re.compile(rf"\b{_EVERY}\b", re.IGNORECASE)
_ROUTE = re.compile(
    r"\b(?:subcutaneous(?:ly)?|intravenous(?:ly)?|intramuscular(?:ly)?|orally|oral|by mouth|"
    r"topical(?:ly)?|subq|sc|iv|im|po)\b",
    re.IGNORECASE,
)
_FOR_TIME = re.compile(
    r"\b(?:for(?:\s+a(?:\s+(?:period|duration|total))?(?:\s+of)?)?|x|duration\s*(?:of|:))\s*(?P<time>(?:\d{1,3}|"
    r"one|two|three|four|six|nine|twelve)[\s-]*(?:\(\d+\)\s*)?(?:days?|weeks?|months?|years?))\b",
    re.IGNORECASE,
)
# At the end of what is listed a duration needs no preposition.
_LAST_TIME = re.compile(r"[,;]\s*(?P<time>\d{1,2}\s+(?:weeks?|months?|years?))\s*\.?\s*$", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\b(?:quantity(?:\s+of)?|qty\.?|dispense|#)\s*:?\s*(?P<quantity>\d{1,4}(?:\s+(?!per\b|for\b|every\b|with\b"
    r"|and\b)\w+)?"
    r"(?:\s+(?:per|every|each)\s+(?:\d+\s+)?(?:days?|weeks?|months?|fill|year|dose))?)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:\(\s*|^\s*(?:[\d.,]+\s*(?:mg|mcg|g|mL|units?|%)(?:\s*/\s*[\d.]*\s*m[lL])?\s+)?)"
    r"((?:(?:pre-?filled|oral|single-dose|delayed-release|extended-release|powder for)\s+)*"
    r"(?:tablets?|capsules?|pens?(?: injectors?)?|auto-?injectors?|syringes?|vials?|injection|solution"
    r"|suspension|cream|ointment|"
    r"gel|patch(?:es)?|inhalers?|spray|drops|infusion))(?=\s*[),;]|\s*$)",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"(?<![\d.])\d[\d.,]*\s?(?:mg|mcg|g|mL|units?|IU|pens?|tablets?|capsules?|puffs?|vials?|syringes?"
    r"|injections?|drops?)"
    r"(?:\s?/\s?(?:kg|m2|day))?(?!\w)",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:this is|it is|as)\s+an?\s+(?P<new>new|initial|continuing)\s+(?:start|treatment|therapy|medication|request)\b"
    r"|\b(?P<more>continu(?:e|ed|ing|ation))\s+(?:of\s+)?(?:this\s+|the\s+|her\s+|his\s+)?(?:treatment|therapy"
    r"|medication)\b|\ban?\s+(?P<start>new)\s+(?:start|treatment|therapy|medication)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:authorization|approval|coverage|precertification|request(?:ing)?|referral)\s+(?:of|for|"
    r"to\s+cover)?\s*(?:an?\s+|the\s+)?"
    r"(?P<text>(?!prior|pre-?cert|pre-?auth|reimburse|payment|medical|auth|approv|cover|expedit|urgent|that|review|"
    r"your|this|you|an?\s)[A-Za-z][A-Za-z0-9/ "
    r"-]{3,80}?)\s*"
    r"(?=\(|,|\.|;|$|\bCPT\b|\bHCPCS\b|\bfor (?:my|our|this|the|her|his|a|Mr|Ms|Mrs|\d)|\bon behalf\b|\bto "
    r"(?:treat|evaluate|be)\b)",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:MRI|CT|PET|therapy|surgery|scan|x-?ray|visits?|study|injection|evaluation|consultation|replacement|device|"
    r"wheelchair|CPAP|oxygen|test|ectomy|scopy|plasty|infusion|brace|orthosis|referral|equipment|supplies|monitor|pump)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:following|below|these|listed|items?|services?|procedures?|for|of|authorize|approve)\b[^.:]{0,60}:(?=\s|$)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(left|right|bilateral)\b", re.IGNORECASE)
_DIAGNOSED = re.compile(
    r"(?:diagnos(?:is|ed)\s+(?:of|with)|suffers? from|has(?: a)?|with|for|are|is)\s+"
    r"(?:(?:evaluation(?: and (?:treatment|management))?|treatment|management|care) of\s+)?"
    r"(?P<text>[a-z][A-Za-z0-9' -]{4,60}?)"
    r"\s*\(?\s*(?:ICD-?10(?:-CM)?\s*(?:code)?\s*[:#]?\s*)?$"
)


def asks(text: str) -> bool:
    """Whether a sentence asks the payer for something."""
    return bool(_ASKS.search(text)) and not _NOT_ASKED.search(text)


def read_prose(letter: Letter, *, named: bool = False) -> Iterator[Said]:
    """The values that the sentences of a letter state, in reading order: one drug, or all services that are listed.

    `named`: labelled lines say who the patient is.
    """
    line, drug_asked, told = False, False, False
    listing: list[Scalar | None] = []
    chosen, wanted = _wanted(letter)
    for number, span in enumerate(letter.sentences):
        text = letter.slice(span)
        if named:
            yield from read_of_the_patient(text, span)
        else:
            patient = list(read_patient(text, span))
            named = bool(patient)
            yield from patient
        if number == chosen:
            line = True
            drug_asked = any(said.path == "service_lines.drug.name" for said in wanted)
            yield from wanted
        for said in _codes(text, span, listing):
            listing += [said.value] if said.path == "diagnoses.code" else []
            yield said
        yield from _again(text, span)
        yield from read_sex(text, span)
        if line and drug_asked and not told:
            course = list(_course(text, span))
            told = bool(course)
            yield from course
    yield from read_urgency(letter)


def _again(text: str, span: Span) -> Iterator[Said]:
    """An appeal or reconsideration that the sentence itself declares."""
    match = _APPEAL.search(text)
    if match and not re.search(r"\b(?:may|right to|if|previous(?:ly)?)\b", text, re.IGNORECASE):
        kind = "reconsideration" if "reconsider" in match[0].lower() else "appeal"
        yield Said("certification_type", kind, _within(span, *match.span()), "appeal", 0.88)


def _wanted(letter: Letter) -> tuple[int | None, Sequence[Said]]:
    """What the letter asks for and the number of the sentence that says it: one with a code or a drug before others.

    What stands below a heading like "Services requested" goes before all sentences.
    """
    for line in letter.lines:
        found = list(read_list(letter, line.span.end)) if headed(line) else []
        if any(said.path in _SURE for said in found):
            return 0, found
    best: tuple[int | None, Sequence[Said]] = (None, ())
    for number, span in enumerate(letter.sentences):
        asked = list(_asked(letter, number)) if asks(letter.slice(span)) else []
        if any(said.path in _SURE for said in asked):
            return number, asked
        best = (number, asked) if asked and best[0] is None else best
    return best


# What tells beyond doubt which service or drug is meant.
_SURE = ("service_lines.code", "service_lines.drug.name")


def _asked(letter: Letter, number: int) -> Iterator[Said]:
    """What a sentence asks for: the things listed below it, else those that it names after its request."""
    span = letter.sentences[number]
    for other in letter.sentences[number + 1 : number + 4]:
        if not letter.slice(span).rstrip().endswith(";"):
            break
        span = Span(span.start, other.end)
    text = letter.slice(span)
    ask = _ASKS.search(text)
    colon = _FOLLOWING.search(text, ask.end() if ask else 0)
    if colon and any(line.span.end == span.start + colon.end() for line in letter.lines):
        begin = ask.end() if ask else 0
        before = text[begin : colon.start()] if find_codes(text[begin : colon.start()]) else ""
        named = list(read_thing(before, Span(span.start + begin, span.start + colon.start()), row=0, asked=False))
        found = list(read_list(letter, span.start + colon.end(), row=_next(named, 0)))
        if found:
            yield from named
            yield from found
            return
    begin = ask.start() if ask else 0
    yield from read_thing(text[begin:], Span(span.start + begin, span.end), row=0, asked=True)


def read_list(letter: Letter, at: int, *, row: int = 0) -> Iterator[Said]:
    """The things listed from a place in the text on, a row each from `row`."""
    for span in listed(letter, at):
        found = list(read_thing(letter.slice(span), span, row=row, asked=False))
        yield from found
        row = _next(found, row)


def _next(found: Sequence[Said], row: int) -> int:
    """The first free row behind some lines."""
    return max((said.rows[0] + 1 for said in found if said.path.startswith("service_lines")), default=row)


def read_thing(text: str, span: Span, *, row: int, asked: bool) -> Iterator[Said]:
    """One thing that is asked for: services with their codes, else a drug, else a service in words alone.

    `asked`: the text is of a sentence, which says more than the name of the thing.
    """
    if find_codes(text):
        found = tuple(read_services(text, span, sure=IN_PROSE, rule="service-asked", first=row))
        yield from found
        yield from _shared(found) if asked else ()
        return
    judge, drug = Sentence(text), find_drug(text)
    while drug and judge.judge(Span(drug[0], drug[1]), "drug").status in {"failed", "historical", "absent"}:
        drug = find_drug(text, drug[1])
    if drug:
        yield from _drug(text, span, drug, row=row)
        yield from _course(text, span)
    elif is_stay(text):
        return
    elif asked:
        yield from _service(text, span)
    elif words := words_of(text):
        yield Said("service_lines.text", text[slice(*words)], _within(span, *words), "service-listed", 0.88, (row,))
        rest = Span(span.start + words[1], span.end)
        yield from read_amounts(text[words[1] :], rest, sure=IN_PROSE, rule="service-listed", row=(row,))


# What a sentence says once for all that it lists.
_ONCE = frozenset(
    f"service_lines.{leaf}" for leaf in ("start_on", "end_on", "equipment.months", "equipment.acquisition")
)


def _shared(found: Sequence[Said]) -> Iterator[Said]:
    """What is said behind the last of several services and of no other: it is meant of all, less surely."""
    rows = sorted({said.rows[0] for said in found})
    once = [said for said in found if said.path in _ONCE]
    if len(rows) < 2 or {said.rows[0] for said in once} != {rows[-1]}:
        return
    for said in once:
        yield from (replace(said, rows=(row,), confidence=_OF_ALL) for row in rows[:-1])


# How sure it is that what is said once is meant of each.
_OF_ALL = 0.84


def _drug(text: str, span: Span, drug: tuple[int, int, str], *, row: int) -> Iterator[Said]:
    start, end, _ = drug
    yield Said(
        "service_lines.drug.name",
        text[start:end],
        _within(span, start, end),
        "drug-asked",
        IN_PROSE,
        (row,),
        known=True,
    )
    yield Said("request_type", "drug", _within(span, start, end), "drug-asked", IN_PROSE)
    rest = text[end:]
    strength = find_strength(rest[:60])
    if strength:
        yield Said(
            "service_lines.drug.strength",
            rest[slice(*strength)],
            _within(span, end + strength[0], end + strength[1]),
            "drug-asked",
            0.88,
            (row,),
        )
    yield from _taken(rest, Span(span.start + end, span.end), after=strength[1] if strength else 0, row=row)
    for leaf, pattern in (("frequency", _FREQUENCY), ("route", _ROUTE)):
        match = pattern.search(rest[:160])
        if match:
            yield Said(
                f"service_lines.drug.{leaf}",
                match[0],
                _within(span, end + match.start(), end + match.end()),
                "drug-asked",
                0.88,
                (row,),
            )
    for leaf, pattern, group in (("duration", _FOR_TIME, "time"), ("quantity", _QUANTITY, "quantity")):
        match = pattern.search(rest) or (_LAST_TIME.search(rest) if leaf == "duration" else None)
        if match:
            yield Said(
                f"service_lines.drug.{leaf}",
                match[group],
                _within(span, end + match.start(group), end + match.end(group)),
                "drug-asked",
                0.88,
                (row,),
            )


def _taken(rest: str, span: Span, *, after: int, row: int) -> Iterator[Said]:
    """Form and dose of a drug: "(pen injector), 300 mg every 2 weeks". What follows the name at once is a strength."""
    form = _FORM.search(rest[:120])
    if form:
        yield Said("service_lines.drug.form", form[1], _within(span, *form.span(1)), "drug-asked", 0.88, (row,))
    often = _FREQUENCY.search(rest[:160])
    dose = _DOSE.search(rest[:160], max(after, 1)) if often else None
    if dose and often and 0 <= often.start() - dose.end() < 30:
        yield Said("service_lines.drug.dose", dose[0], _within(span, *dose.span()), "drug-asked", 0.86, (row,))


def _course(text: str, span: Span) -> Iterator[Said]:
    """Whether a sentence calls the treatment new or a continuation."""
    match = _COURSE.search(text)
    if match:
        group = next(name for name in ("new", "start", "more") if match[name])
        value = "new" if match[group].lower() in {"new", "initial"} else "continuing"
        place = _within(span, *match.span(group))
        yield Said("service_lines.drug.new_or_continuing", value, place, "drug-asked", 0.9, (0,))


def _service(text: str, span: Span) -> Iterator[Said]:
    """A service that a sentence names without a code."""
    words = _SERVICE.search(text)
    if words is None or not _THING.search(words["text"]):
        return
    place = (words.start("text"), words.start("text") + len(words["text"].rstrip()))
    yield Said("service_lines.text", text[slice(*place)], _within(span, *place), "service-asked", 0.88, (0,))
    side = _SIDE.search(words["text"])
    if side:
        at = words.start("text") + side.start()
        leaf = "service_lines.laterality"
        yield Said(leaf, side[0].lower(), _within(span, at, at + len(side[0])), "service-asked", 0.88, (0,))
    rest = Span(span.start + place[1], span.end)
    yield from (
        said
        for said in read_amounts(text[place[1] :], rest, sure=IN_PROSE, rule="service-asked", row=(0,))
        if said.path != "service_lines.laterality"
    )


def _codes(text: str, span: Span, listed: Sequence[Scalar | None]) -> Iterator[Said]:
    """Diagnoses in prose: "diagnosed with severe atopic dermatitis (ICD-10 L20.9)"."""
    for start, end, code in find_diagnosis_codes(text, dotted=True):
        if code in listed:
            continue
        n = len(listed)
        before = _DIAGNOSED.search(text[:start])
        if before:
            yield Said(
                "diagnoses.text", before["text"].strip(), _within(span, *before.span("text")), "prose", 0.85, (n,)
            )
        yield Said("diagnoses.code", code, _within(span, start, end), "prose", IN_PROSE, (n,))


def _within(span: Span, start: int, end: int) -> Span:
    return Span(span.start + start, span.start + end)

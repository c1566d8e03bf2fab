"""How blanks about drugs are read: the drug that is asked for, and treatments tried before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.form.reading import Reading, RunsReader, TextReader, Write, read_text, says_nothing, trimmed
from extractors.form.written import Written
from extractors.layout.runs import Run
from extractors.normalize import drugs

_PERIOD = re.compile(
    r"(.*?\d\S*)\s*(?:-|–|—|\bto\b|until|through|thru)\s*(\S*\d.*|present|now|current|ongoing)", re.IGNORECASE
)

_SIG = re.compile(
    r"\s*(\d[\d,.]*\s?(?:mg|mcg|µg|g|ml|units?|iu|meq)(?:/kg)?)(?:[\s,;]+"
    r"(subcutaneous(?:ly)?|intravenous(?:ly)?|intramuscular(?:ly)?|oral(?:ly)?|by mouth|po|iv|im|sc|sq|subq|"
    r"topical(?:ly)?|inhaled))?[\s,;]*",
    re.IGNORECASE,
)


def _strength(path: str, text: Written) -> Iterator[Reading]:
    found = drugs.find_strength(text.text)
    rest = text.text[found[1] :].strip(" ,;.") if found else ""
    # "200 unit vial" is a strength as offices write it, "40 mg, inject weekly" is one with directions.
    if found and found[0] == 0 and len(rest.split()) > 2:
        yield Reading(path, text.text[found[0] : found[1]], text.slice(*found))
    else:
        yield from read_text(path, text)


def _strength_form(_: str, text: Written) -> Iterator[Reading]:
    line = drugs.split_drug("x " + text.text)
    for leaf, span in (("strength", line.strength), ("form", line.form)):
        if span:
            start, end = span[0] - 2, span[1] - 2
            yield Reading(f"service_lines.drug.{leaf}", text.text[start:end], text.slice(start, end))


def _strength_route(_: str, text: Written) -> Iterator[Reading]:
    found = drugs.find_strength(text.text)
    start = found[1] if found else 0
    if found:
        yield Reading("service_lines.drug.strength", text.text[slice(*found)], text.slice(*found))
    rest = trimmed(text.slice(start, len(text.text))) if start < len(text.text) else ()
    if rest and not any(c.isdigit() for word in rest for c in word.text):
        yield Reading("service_lines.drug.route", " ".join(word.text for word in rest).strip(" ,;/-"), rest)


def _form_route(_: str, text: Written) -> Iterator[Reading]:
    form, _, route = text.text.partition("/")
    for leaf, part, start in (("form", form, 0), ("route", route, len(form) + 1)):
        if part.strip():
            yield Reading(f"service_lines.drug.{leaf}", part.strip(), text.slice(start, start + len(part)))


def _dose(path: str, text: Written) -> Iterator[Reading]:
    """Directions as written, and how often where they say it once; no more than a dose, a route and that are parted."""
    often = drugs.find_frequency(text.text)
    parted = _SIG.fullmatch(text.text[: often[0]]) if often and not text.text[often[1] :].strip(" .,;") else None
    if parted is None:
        yield from read_text(path, text)
    else:
        yield Reading(path, parted[1].strip(), text.slice(*parted.span(1)))
        if parted[2]:
            route = path.replace(".dose", ".route")
            yield Reading(route, parted[2], text.slice(*parted.span(2)))
    if often is not None:
        yield Reading("service_lines.drug.frequency", text.text[slice(*often)], text.slice(*often))


def _prior_name(path: str, text: Written) -> Iterator[Reading]:
    """A treatment tried before: "Methotrexate 20 mg weekly" has name and dose, "Triamcinolone 0.5% ointment" a name."""
    line = drugs.split_drug(text.text)
    if line.name is None or line.dose is None:
        yield from read_text(path, text)
        return
    yield Reading(path, text.text[slice(*line.name)], text.slice(*line.name))
    start = line.strength[0] if line.strength else line.dose[0]
    yield Reading(path.replace(".name", ".dose"), text.text[start:], text.slice(start, len(text.text)))


def _prior_dates(path: str, text: Written) -> Iterator[Reading]:
    """The dates of a treatment, from and to, as written."""
    base = path.removesuffix(".dates")
    pieces = _PERIOD.fullmatch(text.text)
    if pieces:
        for leaf, group in (("from", 1), ("to", 2)):
            yield Reading(f"{base}.{leaf}", pieces[group].strip(), text.slice(*pieces.span(group)))
    elif re.search(r"\d[/.-]\d|\b(19|20)\d\d\b", text.text):
        yield Reading(f"{base}.from", text.text, text.words)


def _drug(_: str, runs: Sequence[Run], write: Write) -> Iterator[Reading]:
    """A drug line: the block of text that names it, and beside it perhaps a block of directions."""
    named = False
    for block in _blocks(runs):
        text = write(block)
        line = drugs.split_drug(text.text)
        for leaf, span in (("name", line.name), ("strength", line.strength), ("form", line.form), ("dose", line.dose)):
            if span is None or (leaf == "name" and named):
                continue
            named = named or leaf == "name"
            if leaf == "dose":
                yield from _dose("service_lines.drug.dose", text.part(*span))
            else:
                yield Reading(f"service_lines.drug.{leaf}", text.text[span[0] : span[1]], text.slice(*span))


def _prior(_: str, runs: Sequence[Run], write: Write) -> Iterator[Reading]:
    """Treatments tried before, one a line: name and strength first, then how long and with what result."""
    for row, run in enumerate(runs):
        text = write([run])
        if says_nothing(text.text):
            continue
        head, _, tail = text.text.partition(",")
        line = drugs.split_drug(head)
        if line.name is None:
            continue
        base = "service_lines.drug.prior_treatments"
        yield Reading(
            f"{base}.name",
            head.strip() if line.dose is None else head[slice(*line.name)],
            text.slice(0, len(head)),
            row=row,
        )
        if tail.strip():
            yield Reading(f"{base}.outcome", tail.strip(), text.slice(len(head) + 1, len(text.text)), row=row)


def _blocks(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand under one another, as one block; blocks in the order of their first runs."""
    blocks: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.box.top):
        home = next(
            (
                b
                for b in blocks
                if b[-1].box.columns_shared(run.box) > 0.5 and run.box.top - b[-1].box.bottom < 1.2 * run.box.height
            ),
            None,
        )
        if home is None:
            blocks.append([run])
        else:
            home.append(run)
    return blocks


DRUG_TEXTS: dict[str, TextReader] = {
    "strength": _strength,
    "strength_form": _strength_form,
    "strength_route": _strength_route,
    "form_route": _form_route,
    "dose": _dose,
    "prior_name": _prior_name,
    "prior_dates": _prior_dates,
}
DRUG_RUNS: dict[str, RunsReader] = {"drug": _drug, "prior": _prior}

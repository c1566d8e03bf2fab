"""The facts named in a sentence: by the vocabulary, by abbreviations, and by names that no list holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.clinical.abbreviations import find_abbreviations
from extractors.clinical.tagger import find_names
from extractors.language import Concept, concept_called, find_terms, level_text
from models.geometry import Span
from models.mention import EntityCategory

# Parts of a note that the model takes for tests and problems, and which are neither.
_NO_NAMES = frozenset(
    {
        "admission",
        "allergies",
        "assessment",
        "condition",
        "decrease",
        "diagnoses",
        "diagnosis",
        "discharge",
        "disease",
        "disorder",
        "evaluation",
        "exam",
        "examination",
        "file",
        "air",
        "questions",
        "attention",
        "complications",
        "anesthesia",
        "operation",
        "findings",
        "follow-up",
        "history",
        "impression",
        "increase",
        "laboratory",
        "labs",
        "medication",
        "medications",
        "normal",
        "patient",
        "plan",
        "procedure",
        "reduction",
        "results",
        "studies",
        "study",
        "symptoms",
        "test",
        "testing",
        "tests",
        "treatment",
    }
)
# Words that no name holds; a colon makes a heading of it.
_BROKEN = re.compile(r"[:;]|\b(?:was|were|is|are|then|again|and|the|she|he|his|her)\b", re.IGNORECASE)
# Ends of generic names of drugs, which tell their class.
# Source: USAN Council, list of stems (American Medical Association; the stems are facts).
_STEM = re.compile(
    r"(?<![\w-])[A-Za-z]{2,}(?:[lmtv]umab|zumab|ximab|kizumab|limab|tinib|ciclib|parib|zomib|rafenib|metinib|sidenib|"
    r"pril|prilat|sartan|vastatin|[aeiou]lol|azole|cillin|mycin|micin|floxacin|cycline|penem|gliptin|gliflozin|glutide|"
    r"glinide|glitazone|triptan|gepant|setron|prazole|dipine|tidine|[a-z]ciclovir|navir|tegravir|buvir|asvir|previr|"
    r"parin|xaban|gatran|grel|grelor|lukast|zepam|zolam|barbital|caine|profen|oxicam|coxib|solone|limus|platin|rubicin|"
    r"taxel|poetin|grastim|dronate|dronic acid|denafil|sentan|ciguat|oxetine|triptyline|azepine|peridone|apine|"
    r"thiazide|semide|terol|tropium|curonium|fibrate|trexate|tecan|steride|lutamide|relix|tocin|pressin|"
    r"statin)(?![\w-])",
    re.IGNORECASE,
)
_NOT_DRUGS = frozenset({"april", "cocaine", "lipoprotein lipase", "creatine", "somatostatin", "cystatin", "therapine"})
_WORDY = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact's name in a sentence: how it was found (`rule`), and how alike the words are (1 = the same)."""

    span: Span
    category: EntityCategory
    rule: str
    concept: Concept | None = None
    expansion: str | None = None
    likeness: float = 1.0


def find_facts(text: str, own: Mapping[str, str], *, misread: bool = False, names: bool = True) -> tuple[Fact, ...]:
    """The facts named in a sentence, in reading order, none overlapping another.

    The vocabulary goes before abbreviations (`own`: those the document defines), and both before the model's names.
    """
    found = [
        Fact(term.span, term.concept.category, "vocabulary" if term.likeness == 1 else "misread-word",
             term.concept if term.concept.concept else None, likeness=term.likeness)
        for term in find_terms(text, misread=misread)
    ]  # fmt: skip
    found += _free(_abbreviated(text, own), found)
    found += _free(_by_stem(text), found)
    if names:
        found += _free(_named(text), found)
    return tuple(sorted(found, key=lambda fact: fact.span.start))


def _free(facts: Iterator[Fact], taken: Sequence[Fact]) -> list[Fact]:
    return [
        fact for fact in facts if not any(t.span.start < fact.span.end and fact.span.start < t.span.end for t in taken)
    ]


def _abbreviated(text: str, own: Mapping[str, str]) -> Iterator[Fact]:
    for short in find_abbreviations(text, own):
        concept = concept_called(short.long)
        if concept is not None:
            yield Fact(short.span, concept.category, "abbreviation", concept, short.long)
        elif short.category is not None:
            yield Fact(short.span, short.category, "abbreviation", None, short.long)


def _by_stem(text: str) -> Iterator[Fact]:
    for match in _STEM.finditer(text):
        if match[0].lower() not in _NOT_DRUGS:
            yield Fact(Span(*match.span()), "drug", "stem")


def _named(text: str) -> Iterator[Fact]:
    for name in find_names(level_text(text)):
        words = text[name.span.start : name.span.end].lower()
        heading = text[name.span.end :].lstrip().startswith(":")
        usable = _WORDY.search(words) and words not in _NO_NAMES and len(words) <= 80
        if usable and not heading and not _BROKEN.search(words):
            yield Fact(name.span, name.category, "model")

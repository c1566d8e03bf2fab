"""Finding the words of a vocabulary in running text. The only module that imports spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import spacy
from rapidfuzz import process
from rapidfuzz.distance import Indel
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractors.data_files import load_data
from models.code import Code
from models.geometry import Span
from models.mention import EntityCategory
from models.value import Value

# A misread word is taken for a term of at least eight letters from this similarity on: two wrong letters of sixteen,
# none that leads from one drug name of the vocabulary to another (tests/extractors/test_language.py checks all pairs).
TERM_SIMILARITY = 0.89
LEAST_LETTERS = 8


class Concept(Value):
    """An entry of data/concepts.yaml; one that `needs_value` is no fact without a number beside it."""

    concept: str
    category: EntityCategory
    terms: tuple[str, ...]
    unless: tuple[str, ...] = ()
    measure: bool = False
    needs_value: bool = False
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary in a text: its concept, its place there, and how alike the words are (1 = the same)."""

    concept: Concept
    span: Span
    likeness: float = 1.0


@cache
def concepts() -> tuple[Concept, ...]:
    """The vocabulary of data/concepts.yaml."""
    return load_data("concepts", tuple[Concept, ...])


def concept_called(term: str) -> Concept | None:
    """The concept that a term of the vocabulary names, in any case; None for another word."""
    return _by_term().get(term.lower())


@cache
def _by_term() -> Mapping[str, Concept]:
    return {term.lower(): concept for concept in concepts() for term in concept.terms}


def find_terms(text: str, *, misread: bool = False) -> Iterator[Term]:
    """Find the longest terms of the vocabulary in a sentence, in reading order, none overlapping another.

    With `misread`, words that OCR has bent are found, too. A concept is left out where a word of its `unless` stands in
    the sentence.
    """
    level = level_text(text)
    language, matcher, by_name = _matcher()
    doc = language.make_doc(level)
    exact = _longest(doc, matcher, by_name)
    taken = [term.span for term in exact]
    loose = _misread(doc, taken) if misread else ()
    words = frozenset(re.findall(r"[a-z][a-z-]*", level.lower()))
    for term in sorted([*exact, *loose], key=lambda term: term.span.start):
        if not words.intersection(term.concept.unless):
            yield term


def level_text(text: str) -> str:
    """The text with line feeds as spaces and plain quotes; the same length, so that places stay."""
    return text.translate(_LEVEL)


_LEVEL = str.maketrans({"\n": " ", "\f": " ", "\t": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@cache
def lexicon() -> tuple[Concept, ...]:
    """The words of data/lexicon.yaml as concepts without a name, one a category."""
    lists = load_data("lexicon", dict[EntityCategory, tuple[str, ...]])
    known = _by_term()
    return tuple(
        Concept(concept="", category=category, terms=tuple(word for word in words if word.lower() not in known))
        for category, words in lists.items()
    )


@cache
def _matcher() -> tuple[Language, PhraseMatcher, Mapping[str, Concept]]:
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    by_name = {concept.concept or concept.category: concept for concept in (*concepts(), *lexicon())}
    for name, concept in by_name.items():
        matcher.add(name, [language.make_doc(term) for term in concept.terms])
    return language, matcher, by_name


def _longest(doc: Doc, matcher: PhraseMatcher, by_name: Mapping[str, Concept]) -> list[Term]:
    found = [(doc[start:end], doc.vocab.strings[key]) for key, start, end in matcher(doc)]
    found.sort(key=lambda hit: (-(hit[0].end - hit[0].start), hit[0].start))
    taken: set[int] = set()
    terms = []
    for span, name in found:
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            terms.append(Term(by_name[name], Span(span.start_char, span.end_char)))
    return terms


def _misread(doc: Doc, taken: list[Span]) -> Iterator[Term]:
    known = _single_words()
    for token in doc:
        place = Span(token.idx, token.idx + len(token))
        word = token.lower_
        if (
            len(word) < LEAST_LETTERS
            or word in known
            or any(s.start < place.end and place.start < s.end for s in taken)
        ):
            continue
        close = process.extractOne(word, known.keys(), scorer=Indel.normalized_similarity, score_cutoff=TERM_SIMILARITY)
        if close:
            yield Term(known[close[0]], place, close[1])


@cache
def _single_words() -> Mapping[str, Concept]:
    return {
        term.lower(): concept
        for concept in concepts()
        if concept.category == "drug"
        for term in concept.terms
        if len(term) >= LEAST_LETTERS and term.isalpha()
    }

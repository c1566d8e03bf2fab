"""Make the weights of extractors/clinical/tagger.py from annotated case reports and abstracts.

Run: ``python -m benchmarks.train_tagger NER_FOLDER OUT.npz [--held-out]``

Trained on every second report of MACCROBAT, BC5CDR train and NCBI disease train; the other reports and BC5CDR devel
stay unseen for benchmarks/entities.py. An averaged structured perceptron (Collins, 2002). Where a corpus was not
searched for a category, words without a mark may be of it: the model is pulled only to the best path that the marks
allow. Weights are stored as bytes with one scale. `--held-out` keeps a fifth of the reports and a tenth of the
abstracts back and prints how well they are read instead of writing.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.clinical_corpora import Marked, abstracts, case_reports
from extractors.clinical.tagger import (
    BUCKETS,
    CATEGORIES,
    TAGS,
    allowed_steps,
    best_path,
    features,
    spans_of,
    tokens_of,
)
from models.mention import EntityCategory

ROUNDS = 6
CASES_TIMES = 3  # the reports are few beside the abstracts, and nearer to notes
SEED = 20261122
FORBIDDEN = np.float32(-1e4)

Sentence = tuple[tuple[NDArray[np.int64], ...], NDArray[np.float32], list[int]]


def main() -> None:
    """Train and write the arrays, or print the result on held-out texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    both: frozenset[EntityCategory] = frozenset({"problem", "drug"})
    only: frozenset[EntityCategory] = frozenset({"problem"})
    cases = [_prepared(marked) for marked in case_reports(arguments.folder / "maccrobat", 0)]
    papers = [_prepared(m) for m in abstracts(arguments.folder / "BC5CDR-IOB-train.tsv.gz", both)]
    papers += [_prepared(m) for m in abstracts(arguments.folder / "NCBI-disease-IOB-train.tsv.gz", only)]
    if arguments.held_out:
        keep, fifth = len(cases) * 4 // 5, len(papers) // 10
        weights, steps = _train([*cases[:keep] * CASES_TIMES, *papers[fifth:]])
        _report("reports", cases[keep:], weights, steps)
        _report("abstracts", papers[:fifth], weights, steps)
        return
    weights, steps = _train([*cases * CASES_TIMES, *papers])
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.999)) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    np.savez_compressed(arguments.out, weights=small, scale=np.float32(scale), transitions=steps.astype(np.float32))
    print(f"{len(cases)} lines of reports, {len(papers)} sentences, {arguments.out.stat().st_size} bytes")


def _prepared(marked: Marked) -> Sentence:
    """Features, a mask of the tags each word may have (0 or a large negative number), and the marked tags."""
    tokens = tokens_of(marked.text)
    gold = [0] * len(tokens)
    for span, category in marked.names:
        inside = [n for n, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
        for n in inside:
            gold[n] = 1 + 2 * CATEGORIES.index(category) + (n != inside[0])
    mask = np.full((len(tokens), len(TAGS)), FORBIDDEN, dtype=np.float32)
    unsearched = [n for n, tag in enumerate(TAGS) if tag != "O" and tag[2:] not in marked.classes]
    for n, tag in enumerate(gold):
        mask[n, tag] = 0
        if tag == 0:
            mask[n, unsearched] = 0
    return features([marked.text[token.start : token.end] for token in tokens]), mask, gold


def _train(sentences: Sequence[Sentence]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    weights = np.zeros((BUCKETS, len(TAGS)), dtype=np.float32)
    summed = np.zeros((BUCKETS, len(TAGS)), dtype=np.float64)
    steps, summed_steps = allowed_steps() * 0, np.zeros((len(TAGS), len(TAGS)))
    allowed = allowed_steps()
    chance, order = random.Random(SEED), [s for s in sentences if s[0]]
    count = 1
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for ids, mask, _gold in order:
            emissions = np.stack([weights[own].sum(axis=0) for own in ids])
            said = best_path(emissions, steps + allowed)
            if any(mask[n, tag] < 0 for n, tag in enumerate(said)):
                true = best_path(emissions + mask, steps + allowed)
                for n, own in enumerate(ids):
                    if true[n] != said[n]:
                        for tag, way in ((true[n], 1), (said[n], -1)):
                            np.add.at(weights[:, tag], own, way)
                            np.add.at(summed[:, tag], own, way * count)
                    if n and (true[n - 1 : n + 1] != said[n - 1 : n + 1]):
                        for path, way in ((true, 1), (said, -1)):
                            steps[path[n - 1], path[n]] += way
                            summed_steps[path[n - 1], path[n]] += way * count
            count += 1
    mean = weights - summed / count
    return mean.astype(np.float32), (steps - summed_steps / count).astype(np.float32)


def _report(name: str, sentences: Sequence[Sentence], weights: NDArray[np.float32], steps: NDArray[np.float32]) -> None:
    found = right = true = met = 0
    for ids, mask, gold in sentences:
        if not ids:
            continue
        said = best_path(np.stack([weights[own].sum(axis=0) for own in ids]), steps + allowed_steps())
        marked = list(spans_of(gold))
        own = [name for name in spans_of(said) if _counts(name, mask, marked)]
        found, true = found + len(own), true + len(marked)
        right += sum(any(m[2] == s[2] and s[0] <= m[1] and m[0] <= s[1] for m in marked) for s in own)
        met += sum(any(m[2] == s[2] and s[0] <= m[1] and m[0] <= s[1] for s in own) for m in marked)
    print(f"{name}: precision {right / max(1, found):.3f}, recall {met / max(1, true):.3f} ({true} names)")


def _counts(name: tuple[int, int, str], mask: NDArray[np.float32], marked: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the corpus was searched for names of this category at this place."""
    tag = TAGS.index(f"B-{name[2]}")
    return any(mask[n, tag] < 0 for n in range(name[0], name[1] + 1)) or any(name[2] == own[2] for own in marked)


if __name__ == "__main__":
    main()

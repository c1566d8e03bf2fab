"""Make the weights of extractors/annotation/type_model.py from transcribed reports.

Run: ``python -m benchmarks.train_part_types NOTES.csv.gz OUT.npz [--folds]``

The notes are those of the odd half of benchmarks/part_types.py; the even half stays unseen. For each kind one balanced
logistic regression (scikit-learn's liblinear with a fixed seed) over hashed words and the points of the rules; weights
are stored as half floats. `--folds` prints the share of fitting kinds over five folds of the odd half instead of
writing. Source of the notes: MTSamples, CC0.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from benchmarks.part_types import Note, document_of, notes_of
from extractors.annotation.boundaries import look
from extractors.annotation.cues import TITLE_WEIGHT, body_scores
from extractors.annotation.lines import part_lines
from extractors.annotation.type_model import BUCKETS, KINDS, features, rule_features
from models.annotations import PartType

STRENGTH = 30.0  # 1 / regularisation, best of 3 to 100 over the folds
TYPES = tuple(PartType)


def main() -> None:
    """Train on the odd half and write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", action="store_true")
    arguments = parser.parse_args()
    notes = notes_of(arguments.notes, 1)
    counts, rules = _matrices(notes)
    truth = np.array([[kind in _kinds(note) for kind in KINDS] for note in notes])
    if arguments.folds:
        _folds(counts, rules, truth)
        return
    rarity = _rarity(counts)
    weights, bias = _fit(counts, rules, truth, rarity)
    np.savez_compressed(
        arguments.out, kinds=np.array(list(KINDS)), types=np.array([kind.value for kind in TYPES]),
        words=weights[:, :BUCKETS].astype(np.float16), rules=weights[:, BUCKETS:].astype(np.float16),
        bias=bias.astype(np.float16), rarity=rarity.astype(np.float16),
    )  # fmt: skip
    print(f"{len(notes)} notes, {arguments.out.stat().st_size} bytes")


def _matrices(notes: Sequence[Note]) -> tuple[csr_matrix, NDArray[np.float32]]:
    rows, columns, values, rules = [], [], [], []
    for number, (_, _, text) in enumerate(notes):
        document = document_of([text])
        lines = part_lines(document, [page.number for page in document.pages])
        found = features(lines)
        rows += [number] * len(found)
        columns += list(found)
        values += list(found.values())
        points = body_scores(lines)
        title = look([line for line in lines if line.page == 1], 1.0).title
        if title is not None:
            points[title.type] = points.get(title.type, 0.0) + TITLE_WEIGHT * title.strength
        rules.append(rule_features(points, TYPES))
    counts = csr_matrix((values, (rows, columns)), shape=(len(notes), BUCKETS), dtype=np.float32)
    return counts, np.stack(rules)


def _rarity(counts: csr_matrix) -> NDArray[np.float64]:
    """Inverse document frequency; a bucket that fewer than three notes have says nothing."""
    having = np.asarray((counts > 0).sum(axis=0)).ravel()
    return np.where(having >= 3, np.log((1 + counts.shape[0]) / (1 + having)) + 1, 0.0)


def _inputs(counts: csr_matrix, rules: NDArray[np.float32], rarity: NDArray[np.float64]) -> csr_matrix:
    scaled = counts.multiply(rarity).tocsr()
    norms = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return csr_matrix(hstack([scaled.multiply(1 / np.maximum(norms, 1e-6)[:, None]), csr_matrix(rules)]))


def _kinds(note: Note) -> tuple[str, ...]:
    return tuple(name for name, types in KINDS.items() if types[0] in note[1])


def _fit(
    counts: csr_matrix, rules: NDArray[np.float32], truth: NDArray[np.bool_], rarity: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    matrix = _inputs(counts, rules, rarity)
    used = np.flatnonzero(np.append(rarity, np.ones(rules.shape[1])))
    weights, bias = np.zeros((truth.shape[1], matrix.shape[1])), np.zeros(truth.shape[1])
    for n in range(truth.shape[1]):
        model = LogisticRegression(
            C=STRENGTH, solver="liblinear", dual=True, random_state=0, class_weight="balanced", max_iter=2000
        )
        model.fit(matrix[:, used], truth[:, n])
        weights[n, used], bias[n] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _folds(counts: csr_matrix, rules: NDArray[np.float32], truth: NDArray[np.bool_]) -> None:
    order = np.arange(len(truth))
    right = 0
    for fold in range(5):
        seen, unseen = order[order % 5 != fold], order[order % 5 == fold]
        rarity = _rarity(counts[seen])
        weights, bias = _fit(counts[seen], rules[seen], truth[seen], rarity)
        said = _inputs(counts[unseen], rules[unseen], rarity) @ weights.T + bias
        right += int(truth[unseen, said.argmax(axis=1)].sum())
    print(f"fitting kinds over five folds: {right / len(truth):.3f}")


if __name__ == "__main__":
    main()

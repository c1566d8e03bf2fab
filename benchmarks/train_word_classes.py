"""Make the word classes of extractors/clinical/tagger.py: words among the same neighbours get the same number.

Run: ``python -m benchmarks.train_word_classes NOTES.csv.gz NER_FOLDER OUT.npz``

Counts of neighbours within two words in the transcribed reports (MTSamples, CC0) and the training texts of
benchmarks/train_tagger.py, without their marks; positive pointwise mutual information, a truncated singular value
decomposition, and k-means at two grains (scikit-learn, fixed seeds).
"""

from __future__ import annotations

import argparse
import collections
import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

from benchmarks.clinical_corpora import abstracts, case_reports
from extractors.clinical.tagger import tokens_of

LEAST = 5  # times a word must stand in the texts
NEIGHBOURS = 4000
SIZE = 100
GRAINS = (64, 512)


def main() -> None:
    """Write the words with their coarse and fine class, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    texts = [_words(text) for text in _texts(arguments.notes, arguments.folder)]
    counts = collections.Counter(word for words in texts for word in words)
    known = [word for word, count in counts.most_common() if count >= LEAST]
    vectors = _vectors(texts, known)
    classes = [MiniBatchKMeans(size, random_state=0, n_init=3, batch_size=4096).fit_predict(vectors) for size in GRAINS]
    rows = sorted(f"{word} {classes[0][n]} {classes[1][n]}" for n, word in enumerate(known))
    np.savez_compressed(arguments.out, lines=np.frombuffer("\n".join(rows).encode(), dtype=np.uint8))
    print(f"{len(known)} words, {arguments.out.stat().st_size} bytes")


def _texts(notes: Path, folder: Path) -> Iterator[str]:
    csv.field_size_limit(10**9)
    with gzip.open(notes, "rt", encoding="utf-8") as file:
        yield from (row["transcription"] for row in csv.DictReader(file))
    yield from (marked.text for marked in case_reports(folder / "maccrobat", 0))
    for name in ("BC5CDR-IOB-train", "NCBI-disease-IOB-train"):
        yield from (marked.text for marked in abstracts(folder / f"{name}.tsv.gz", frozenset()))


def _words(text: str) -> list[str]:
    words = (text[token.start : token.end].lower() for token in tokens_of(text))
    return ["0" if word[0].isdigit() else word for word in words]


def _vectors(texts: list[list[str]], known: list[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    place = {word: n for n, word in enumerate(known)}
    pairs: collections.Counter[tuple[int, int]] = collections.Counter()
    for words in texts:
        ids = [place.get(word, -1) for word in words]
        for n, own in enumerate(ids):
            if own < 0:
                continue
            for offset in (-2, -1, 1, 2):
                other = ids[n + offset] if 0 <= n + offset < len(ids) else -1
                if 0 <= other < NEIGHBOURS:
                    pairs[own, other + NEIGHBOURS * ((offset + 2) - (offset > 0))] += 1
    rows, columns = np.array(list(pairs), dtype=np.int64).T
    values = np.array(list(pairs.values()), dtype=np.float64)
    by_row = np.bincount(rows, values, len(known))
    by_column = np.bincount(columns, values, 4 * NEIGHBOURS)
    mutual = np.maximum(
        0, np.log(values * values.sum() / (by_row[rows] * by_column[columns] ** 0.75 * values.sum() ** 0.25))
    )
    matrix = csr_matrix((mutual, (rows, columns)), shape=(len(known), 4 * NEIGHBOURS))
    vectors = TruncatedSVD(SIZE, random_state=0).fit_transform(matrix)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


if __name__ == "__main__":
    main()

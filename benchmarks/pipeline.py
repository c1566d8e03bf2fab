"""The whole of `dossier process`, cold, beside `ocrmypdf --deskew --rotate-pages --force-ocr -j2`.

python -m benchmarks.pipeline --peer ocrmypdf [--seed N] [--cases 4]

Both get one PDF of fax pages (forms and notes over three lines, freshly made) and two processes. Recall compares
words as an
exact, case-sensitive multiset: of Dossier those of `dossier read --json`, of the peer those of its text layer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.ocr import LINES, Sample, make, shares

ROOT = Path(__file__).resolve().parent.parent
DOSSIER = (sys.executable, str(ROOT / "cli.py"))


def main() -> None:
    """Print pages a second of both, their ratio, and the words each read."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peer", required=True, help="command of ocrmypdf")
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    options.add_argument("--cases", type=int, default=4)
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = list(make(folder, seed=chosen.seed, cases=chosen.cases))
        source = embed(samples, folder / "all.pdf")
        print(f"seed {chosen.seed}, {len(samples)} pages")
        took = {
            "dossier process": _timed(
                [*DOSSIER, "process", str(source), "--out", str(folder / "out"), "--jobs", "2", "--format", "native"]
            ),
            "peer": _timed(
                [
                    *shlex.split(chosen.peer),
                    "--deskew",
                    "--rotate-pages",
                    "--force-ocr",
                    "-j2",
                    "-q",
                    str(source),
                    str(folder / "read.pdf"),
                ]
            ),
        }
        for who, seconds in took.items():
            print(f"{who:16} {len(samples) / seconds:.2f} pages/s")
        print(f"ratio            {took['peer'] / took['dossier process']:.2f}")
        _print_recall(samples, _ours(source), _peers(folder / "read.pdf"))


def embed(samples: list[Sample], pdf: Path) -> Path:
    """The pages as one PDF, each as a one-bit image at its own resolution."""
    canvas = Canvas(str(pdf))
    for sample in samples:
        assert sample.page.raster is not None
        canvas.setPageSize((sample.page.width, sample.page.height))
        canvas.drawImage(
            ImageReader(Image.fromarray(sample.page.raster.pixels).convert("1")),
            0,
            0,
            sample.page.width,
            sample.page.height,
        )
        canvas.showPage()
    canvas.save()
    return pdf


def _timed(command: list[str]) -> float:
    start = time.monotonic()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, cwd=ROOT)
    if done.returncode not in (0, 4):
        raise SystemExit(f"{command[0]} ended with status {done.returncode}")
    return time.monotonic() - start


def _ours(source: Path) -> list[list[str]]:
    done = subprocess.run(
        [*DOSSIER, "read", str(source), "--json"], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return [[word["text"] for word in page["words"]] for page in json.loads(done.stdout)["pages"]]


def _peers(read: Path) -> list[list[str]]:
    return [page.get_textpage().get_text_range().split() for page in pypdfium2.PdfDocument(read)]


def _print_recall(samples: list[Sample], ours: list[list[str]], peers: list[list[str]]) -> None:
    for line in (*LINES, "all"):
        rows = [
            (
                shares([w.text for w in s.truth.words if w.kind != "handwritten"], ours_read)[0],
                shares([w.text for w in s.truth.words if w.kind != "handwritten"], peers_read)[0],
            )
            for s, ours_read, peers_read in zip(samples, ours, peers, strict=True)
            if line in (s.line, "all")
        ]
        mine, theirs = (float(np.mean(side)) for side in zip(*rows, strict=True))
        print(f"{line:8} word recall: dossier {mine:.3f}, peer {theirs:.3f}")


if __name__ == "__main__":
    main()

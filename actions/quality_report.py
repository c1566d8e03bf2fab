"""The report of a measurement as one page that needs nothing else, and its sum for the terminal."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from rich.table import Table

from actions.chart import bars, reliability, svg
from actions.crops import Crop
from scoring.confidence import Bin
from scoring.figures import Plain
from scoring.worst import Error

_TEMPLATES = Path(__file__).resolve().parent / "templates"


def write_report(path: Path, told: Mapping[str, Plain], errors: Sequence[Error], pictures: Mapping[int, Crop]) -> None:
    """Write the page: tables, charts, the most frequent errors and the worst ones with their pictures."""
    named = _Named(told)
    text = _environment().get_template("quality.html").render(
        told=told,
        channels=named.rows("channels"),
        designs=named.designs(),
        others=(*named.rows("qualities"), *named.rows("markets")),
        curve=Markup(curve_chart(told)),  # noqa: S704 - drawn by us, names escaped
        chart=Markup(design_chart(told)),  # noqa: S704 - as above
        errors=tuple(enumerate(errors)),
        crops=pictures,
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")


def curve_chart(told: Mapping[str, Plain]) -> str:
    """The reliability curve as a drawing."""
    return svg([reliability(curve_of(told))], width=400, height=390)


def design_chart(told: Mapping[str, Plain]) -> str:
    """The F1 of the designs as a drawing."""
    rows = design_bars(told)
    return svg([bars(rows, title="F1 of the fields by design")], width=400, height=60 + 22 * len(rows))


def design_bars(told: Mapping[str, Plain]) -> tuple[tuple[str, float | None, bool], ...]:
    """The designs with their F1, the best first; True for those kept for measuring."""
    rows = ((name, one["fields"]["f1"], "apart" in kind) for name, one, kind in _Named(told).designs())
    return tuple(sorted(((name, f1, kind) for name, f1, kind in rows), key=lambda row: -(row[1] or 0.0)))


def curve_of(told: Mapping[str, Plain]) -> tuple[Bin, ...]:
    """The bins of the reliability curve out of the figures."""
    confidence: Any = told["confidence"]
    return tuple(Bin(**one) for one in confidence["curve"])


def table(told: Mapping[str, Plain]) -> Table:
    """The figures in a few lines: all, the designs kept for measuring, each channel, the worst design."""
    shown = Table(header_style="bold", border_style="dim", padding=(0, 0, 0, 1))
    for title in (
        "",
        "packets",
        "stated",
        "precision",
        "recall",
        "F1",
        "critical F1",
        "place",
        ">= .9 right",
        "covers",
    ):
        shown.add_column(title, justify="left" if not title else "right")
    named = _Named(told)
    rows = [("all", told["all"]), ("only measured", told["measuring"])]
    rows += [(name, one) for name, one, _ in named.rows("channels")]
    rows += [(f"worst: {name}", one) for name, one, kind in named.designs() if "worst" in kind]
    for name, one in rows:
        shown.add_row(name, *_cells(one))
    return shown


def _cells(one: Any) -> tuple[str, ...]:
    fields, sure = one["fields"], one["sure"]
    shares = (fields["precision"], fields["recall"], fields["f1"], one["critical"]["f1"], one["placed"])
    told = (*shares, sure["precision"], sure["covered"])
    return (str(one["packets"]), str(fields["stated"]), *("-" if each is None else f"{each:.3f}" for each in told))


class _Named:
    """The groups of the figures as rows: a name, its figures, and how it stands out."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def rows(self, group: str) -> tuple[tuple[str, Any, str], ...]:
        return tuple((name, one, "") for name, one in self._told[group].items())

    def designs(self) -> tuple[tuple[str, Any, str], ...]:
        apart, worst = self._told["measuring_designs"], self._told["worst_design"]
        return tuple(
            (name, one, " ".join(kind for kind, is_so in (("apart", name in apart), ("worst", name == worst)) if is_so))
            for name, one in self._told["designs"].items()
        )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = lambda png: "data:image/png;base64," + base64.b64encode(png).decode()
    return environment

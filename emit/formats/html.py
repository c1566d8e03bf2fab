"""One self-contained page for each request: what was read, and where, for a person who checks it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from emit.format import Format
from emit.sheet.sheet import lay_out
from models.geometry import Affine
from models.page_image import PageImage, PageImages
from models.request import AuthorizationRequest

# Points between a box and the line drawn around it, so that the line runs beside the letters and not through them.
AIR = 1.5

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def write(request: AuthorizationRequest, pages: PageImages) -> bytes:
    """An HTML page that needs nothing else: no network, no other file, and none of its scripts but our own.

    Everything that comes from a document is escaped; the page's content security policy names our style and script by
    their SHA-256, so that nothing a document smuggled in could run.
    """
    sheet = lay_out(request, pages)
    text = _environment().get_template("request.html").render(
        request=request,
        sheet=sheet,
        names={document.id: document.filename for document in request.documents},
        many=len(request.documents) > 1,
        air=AIR,
        icons=_ICONS,
        style=_STYLE,
        script=_SCRIPT,
        policy=POLICY,
    )  # fmt: skip
    return text.encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"data_uri": _data_uri, "matrix": _matrix}
    return environment


def _data_uri(image: PageImage) -> str:
    return "data:image/png;base64," + base64.b64encode(image.png).decode()


def _matrix(change: Affine) -> str:
    parts = (change.a, change.d, change.b, change.e, change.c, change.f)
    return f"matrix({' '.join(f'{part:g}' for part in parts)})"


def _asset(name: str) -> Markup:
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - a file of ours, never a document's


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


_ICONS, _STYLE, _SCRIPT = _asset("icons.svg"), _asset("request.css"), _asset("request.js")
POLICY = (
    f"default-src 'none'; img-src data:; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; "
    "base-uri 'none'; form-action 'none'"
)

HTML = Format(name="html", extension="html", run=write)

"""A page with one or two pictures as a clinic takes them, made of noise and shapes, with captions."""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from reportlab.lib.utils import ImageReader

from models.geometry import Box
from samples.document import Document
from samples.forms.fill import Entry
from samples.page import BOLD, SANS, Book
from samples.papers.flow import Column, Flow
from samples.papers.head import organization
from samples.papers.identity import fitted_size, identity, show
from samples.papers.look import PLAIN
from samples.papers.manner import chosen as some_manner

Grey = npt.NDArray[np.float32]
_SHAPE = (360, 480)


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the page; each section is the caption of a picture, of two at most."""
    sheet, manner = book.sheet(document.part), some_manner(rng, document.market)
    margin, title = PLAIN.margin, document.title
    size = fitted_size(title, BOLD, size=13, room=sheet.width - 2 * margin)
    sheet.text(margin, 50, title, font=BOLD, size=size)
    name = organization(document)
    sheet.text(margin, 63, name, font=SANS, size=fitted_size(name, SANS, size=9, room=sheet.width - 2 * margin))
    column = Column(sheet, Box(margin, 72, sheet.width - margin, sheet.height - 40))
    flow = Flow(column, turn=lambda _: column, look=PLAIN)
    taken = Entry(rng.choice(("Photo date", "Taken on", "Date of photo")), manner.day(document.on))
    show(flow, identity(document, manner, more=(taken,)), "lines")
    flow.facts(document.facts)
    captions = document.sections[:2] or (("Photograph", document.title),)
    height = min(300.0, (flow.box.bottom - flow.y) / len(captions) - 64)
    scene = _scene(" ".join(text for pair in (*captions, ("", title)) for text in pair), rng)
    for heading, text in captions:
        width = min(flow.width, height * 4 / 3)
        x = flow.x + (flow.width - width) / 2
        picture = ImageReader(Image.fromarray(_picture(scene, rng)))
        sheet.canvas.drawImage(picture, x, sheet.height - flow.y - height, width, height)
        sheet.frame(Box(x, flow.y, x + width, flow.y + height), weight=0.6)
        flow.y += height + 4
        flow.fresh = False
        flow.paragraph(text, lead=f"{heading}:", after=14)


def _scene(words: str, rng: random.Random) -> Callable[[np.random.Generator], Grey]:
    for scene, hints in _SCENES.items():
        if any(hint in words.lower() for hint in hints):
            return scene
    return rng.choice(tuple(_SCENES))


def _picture(scene: Callable[[np.random.Generator], Grey], rng: random.Random) -> npt.NDArray[np.uint8]:
    noise = np.random.default_rng(rng.getrandbits(32))
    grain = noise.normal(0, 4, _SHAPE).astype(np.float32)
    return np.asarray(np.clip(scene(noise) + grain, 0, 255), dtype=np.uint8)


def _plaques(noise: np.random.Generator) -> Grey:
    """Skin with scaly patches."""
    picture = 178 + 10 * _clouds(noise, 45)
    patches = _clouds(noise, 28) > noise.uniform(0.9, 1.3)
    soft = cv2.GaussianBlur(patches.astype(np.float32), (0, 0), 4)
    scales = np.maximum(0, _clouds(noise, 3)) * 26
    return np.asarray(picture - 62 * soft + soft * scales, dtype=np.float32)


def _wound(noise: np.random.Generator) -> Grey:
    """A dark wound in skin with a paper ruler below it."""
    picture = 170 + 12 * _clouds(noise, 52)
    rows, columns = np.mgrid[0 : _SHAPE[0], 0 : _SHAPE[1]]
    across, down = noise.uniform(68, 112), noise.uniform(45, 75)
    far = np.hypot((columns - 240) / across, (rows - 150) / down) + 0.16 * _clouds(noise, 12)
    picture = np.where(far < 1.35, picture - 35, picture)
    picture = np.where(far < 1.0, 78 + 22 * _clouds(noise, 7), picture)
    soft = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 2)
    soft[300:342, 45:435] = 236
    for tick in range(27):
        soft[300 : 318 if tick % 5 == 0 else 309, 52 + 14 * tick : 54 + 14 * tick] = 40
    return np.asarray(soft, dtype=np.float32)


def _knees(noise: np.random.Generator) -> Grey:
    """Two legs from the front, one knee swollen, against a dark wall."""
    picture = np.full(_SHAPE, 62, dtype=np.float32)
    rows, columns = np.mgrid[0 : _SHAPE[0], 0 : _SHAPE[1]]
    swollen = noise.integers(0, 2)
    for leg, middle in enumerate((154.0, 326.0)):
        bulge = 25 if leg == swollen else 10
        half = 55 - 0.06 * rows + bulge * np.exp(-(((rows - 176) / 52) ** 2))
        across = np.abs(columns - middle) / half
        light = 205 - 70 * across**2 - 18 * np.exp(-(((rows - 176) / 20) ** 2) - (across / 0.45) ** 2)
        picture = np.where(across < 1, light, picture).astype(np.float32)
    soft = cv2.GaussianBlur(picture, (0, 0), 2.2)
    return np.asarray(soft + 5 * _clouds(noise, 22), dtype=np.float32)


# What is shown where a caption speaks of it.
_SCENES = {
    _plaques: ("plaque", "psoria", "rash", "eczema", "skin"),
    _wound: ("wound", "ulcer", "incision", "sore"),
    _knees: ("knee", "leg", "varus", "valgus", "joint"),
}


def _clouds(noise: np.random.Generator, sigma: float) -> Grey:
    """Smooth noise of mean 0 and deviation 1."""
    small = max(1, int(sigma / 4))
    shape = (_SHAPE[0] // small + 1, _SHAPE[1] // small + 1)
    field = cv2.GaussianBlur(noise.normal(0, 1, shape).astype(np.float32), (0, 0), sigma / small)
    field = cv2.resize(field, (_SHAPE[1], _SHAPE[0]))
    return np.asarray((field - field.mean()) / field.std(), dtype=np.float32)

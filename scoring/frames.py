"""One frame for truth and reading: points mean nothing on a page that does not say how large it is."""

from __future__ import annotations

from dataclasses import replace

from models.geometry import Affine
from models.truth import PacketTruth, PageTruth
from scoring.answer import Answer, ReadPage


def framed(packet: PacketTruth, answer: Answer) -> PacketTruth:
    """The truth with the pages whose resolution had to be assumed, as a photo's, in the size that was assumed."""
    read = answer.pages()
    files = tuple(
        replace(
            file, pages=tuple(_framed(page, read.get((file.path, number))) for number, page in enumerate(file.pages, 1))
        )
        for file in packet.files
    )
    return replace(packet, files=files)


def _framed(page: PageTruth, read: ReadPage | None) -> PageTruth:
    if read is None or read.page.dpi is None or read.page.dpi[2] != "assumed":
        return page
    width, height = read.page.width, read.page.height
    way = Affine(a=width / page.width, e=height / page.height)
    return page.moved(way, width=width, height=height)

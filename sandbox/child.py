"""The throw-away process: shuts itself in, then reads one file and tells what it sees, page by page.

Started by `sandbox.process` with one JSON argument; the file's bytes come as standard input (a sealed memory file).
Nothing that it says is believed.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import sys
from typing import Any, BinaryIO, cast

from intake.raw import LeafSource, PageSource, RawLeaf, RawPage, ReadOptions, Unreadable
from sandbox.confine import KINDS, limit_resources, shut_in
from sandbox.frames import standard_input, write_frame
from sandbox.watch import see_out, split

# Documents beyond the limit of a container that are listed, each as refused, before the rest is given up.
_REFUSALS = 1000


def main(arguments: list[str]) -> int:
    """Read the file as told, or (`--probe KIND`) only see whether the walls stand; returns the exit status."""
    if arguments[0] == "--probe":
        limit_resources(1 << 30, 60)
        shut_in(next(kind for kind in KINDS if kind == arguments[1]))
        return 0
    order = json.loads(arguments[0])
    if reader := split():
        return see_out(reader, order["memory_bytes"], order["cpu_s"])
    limit_resources(order["memory_bytes"], order["cpu_s"])
    shut_in(order["walls"], tuple(order["code"]))
    with os.fdopen(os.dup(1), "wb", buffering=1 << 16) as out:
        write_frame(out, {"is": "ready"})
        try:
            _read(out, order)
        except Unreadable as refused:
            write_frame(out, {"is": "refused", "code": refused.code})
        except MemoryError:
            write_frame(out, {"is": "refused", "code": "F012"})
        except Exception:  # noqa: BLE001 - whatever a decoder throws, the file could not be opened
            write_frame(out, {"is": "refused", "code": "F006"})
    return 0


def _read(out: BinaryIO, order: dict[str, object]) -> None:
    reader = importlib.import_module(str(order["module"]))
    options = ReadOptions(**cast("dict[str, Any]", order["options"]))
    source = reader.load(standard_input(), options)
    if order["container"]:
        _tell_leaves(out, source, options)
    else:
        _tell_pages(out, source, cast(int, order["first_page"]))
    write_frame(out, {"is": "done"})


def _tell_pages(out: BinaryIO, source: PageSource, first_page: int) -> None:
    write_frame(out, {"is": "document", "pages": source.page_count, "notes": list(source.notes)})
    for number in range(first_page, source.page_count + 1):
        try:
            page = source.page(number)
        except Unreadable as refused:
            write_frame(out, {"is": "damaged", "number": number, "code": refused.code})
        except MemoryError:
            write_frame(out, {"is": "damaged", "number": number, "code": "F012"})
        except Exception:  # noqa: BLE001 - a decoder's error costs this page only
            write_frame(out, {"is": "damaged", "number": number, "code": "F006"})
        else:
            _tell_page(out, number, page)


def _tell_page(out: BinaryIO, number: int, page: RawPage) -> None:
    raster, pixels = page.raster, b""
    header: dict[str, object] = {
        "is": "page",
        "number": number,
        "width": page.width,
        "height": page.height,
        "scanned": page.scanned,
        "words": page.words,
        "fields": [dataclasses.astuple(field) for field in page.fields],
        "annotations": [dataclasses.astuple(annotation) for annotation in page.annotations],
        "plain": page.plain,
        "torn": page.torn,
        "raster": None,
    }
    if raster is not None:
        pixels = raster.pixels
        header["raster"] = {
            "columns": raster.columns,
            "rows": raster.rows,
            "dpi_x": raster.dpi_x,
            "dpi_y": raster.dpi_y,
            "stated": raster.stated,
            "bilevel": raster.bilevel,
        }
    write_frame(out, header, pixels)


def _tell_leaves(out: BinaryIO, source: LeafSource, options: ReadOptions) -> None:
    header: dict[str, object] = {
        "is": "mail",
        "received_at": source.received_at,
        "sent_at": source.sent_at,
        "sender": getattr(source, "sender", None),
        "notes": list(getattr(source, "notes", ())),
        "faxes": [dataclasses.asdict(fax) for fax in getattr(source, "faxes", ())],
    }
    write_frame(out, header)
    room = options.unpacked
    for count, leaf in enumerate(source.leaves()):
        if count > options.leaves + _REFUSALS:
            raise Unreadable("F016")
        fits = count < options.leaves and len(leaf.content) <= room
        room -= len(leaf.content) if fits else 0
        _tell_leaf(out, leaf if fits else dataclasses.replace(leaf, content=b"", refused=leaf.refused or "F016"))


def _tell_leaf(out: BinaryIO, leaf: RawLeaf) -> None:
    header: dict[str, object] = {
        "is": "leaf",
        "filename": leaf.filename,
        "type": leaf.media_type,
        "body": leaf.body,
        "inline": leaf.inline,
        "refused": leaf.refused,
    }
    write_frame(out, header, leaf.content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

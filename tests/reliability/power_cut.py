"""What a disk still has after a power cut: contents that were synced, under names that were synced."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Disk:
    """Watches the syncs of a process. The strictest disk that POSIX allows: nothing else survives."""

    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[Path, dict[str, int]] = field(default_factory=dict)

    def sync(self, descriptor: int) -> None:
        """Note what an open file or folder holds now."""
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            self.names[path] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            self.contents[path.stat().st_ino] = path.read_bytes()

    def after_a_cut(self, root: Path) -> dict[Path, bytes]:
        """The files below a folder (that was there before) which would be found again, by their path in it."""
        found: dict[Path, bytes] = {}
        for name, inode in self.names.get(root, {}).items():
            path = root / name
            if inode in self.contents:
                found[path.relative_to(root)] = self.contents[inode]
            elif path in self.names:
                inner = self.after_a_cut(path)
                found.update({Path(name) / below: content for below, content in inner.items()})
        return found

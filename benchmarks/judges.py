"""Ordinary viewers, asked whether they open a file. Programs for measuring only; nothing of the product needs them."""

from __future__ import annotations

import email
import email.policy
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_PILLOW = "import sys; from PIL import Image; im = Image.open(sys.argv[1]); im.load()"
_OPENCV = "import sys, cv2; sys.exit(cv2.imread(sys.argv[1]) is None)"
_PICTURES = ("TIFF", "JPEG", "PNG", "GIF", "BMP", "WebP", "HEIC")


def asked(path: Path, group: str, *, within_s: float = 20.0) -> dict[str, bool]:
    """The judges that are installed for this group of formats, until one opens the file: name and verdict.

    A judge that needs longer than `within_s` seconds has not opened it.
    """
    if group in {"mail", "ZIP"}:
        return _held(path, group)
    verdicts: dict[str, bool] = {}
    for name, command in _commands(path, group).items():
        verdicts[name] = _opens(command, within_s)
        if verdicts[name]:
            break
    return verdicts


def _commands(path: Path, group: str) -> dict[str, list[str]]:
    if group == "PDF":
        commands = {
            "pdftoppm": ["pdftoppm", "-q", "-r", "20", "-f", "1", "-l", "1", str(path), "page"],
            "mutool": ["mutool", "draw", "-q", "-r", "20", "-o", "page.png", str(path), "1"],
        }
    elif group in _PICTURES:
        commands = {
            "pillow": [sys.executable, "-c", _PILLOW, str(path)],
            "imagemagick": ["convert", f"{path}[0]", "-resize", "200x200", "page.png"],
            "opencv": [sys.executable, "-c", _OPENCV, str(path)],
        }
    else:
        return {}
    return {name: command for name, command in commands.items() if shutil.which(command[0])}


def _opens(command: list[str], within_s: float) -> bool:
    """Exit status 0, and a picture where the judge was to draw one."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=within_s, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
        draws = any("page" in part for part in command[1:])
        return done.returncode == 0 and (not draws or any(Path(folder).iterdir()))


def _held(path: Path, group: str) -> dict[str, bool]:
    """Python's own modules for mails and archives, which run no code of the file."""
    content = path.read_bytes()
    if group == "ZIP":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return {"zipfile": bool(archive.namelist()) and archive.testzip() is None}
        except Exception:  # noqa: BLE001 - whatever it raises, it has not opened the file
            return {"zipfile": False}
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    except Exception:  # noqa: BLE001 - as above
        return {"email": False}
    return {"email": bool(message.keys()) and any(parts)}

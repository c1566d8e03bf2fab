"""Settings, from the environment (`DOSSIER_*`, nested with `__`), then `dossier.toml`; only the entry points read them.

`DOSSIER_X_FILE` names a file that holds the value of `DOSSIER_X`, for secrets. An unknown setting is an error.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from models.problem import UsageError

PREFIX = "DOSSIER_"
TOML = Path("dossier.toml")


class SandboxSettings(BaseModel):
    """Limits of one received file in the sandbox; what is not set keeps the default of `sandbox.limits.Limits`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file_bytes: int | None = Field(None, gt=0)
    pages: int | None = Field(None, gt=0)
    page_pixels: int | None = Field(None, gt=0)
    memory_bytes: int | None = Field(None, gt=0)
    inflated_bytes: int | None = Field(None, gt=0)
    unpacked_bytes: int | None = Field(None, gt=0)
    wall_s: float | None = Field(None, gt=0)
    page_s: float | None = Field(None, gt=0)
    wall_most_s: float | None = Field(None, gt=0)


class Settings(BaseSettings):
    """Everything that can be set.

    `tessdata` is the folder of Tesseract's traineddata files, `jobs` the number of files read at a time (None: one a
    core).
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    tessdata: Path = Path("/usr/share/tesseract-ocr/5/tessdata")
    jobs: int | None = Field(None, ge=1)
    sandbox: SandboxSettings = SandboxSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands over: it has looked everywhere, and at every name."""
        return (init_settings,)


def load(folder: Path | None = None) -> Settings:
    """Read the settings of this process; `dossier.toml` is looked for in `folder` (default: where we are).

    Raises:
        UsageError: a setting is unknown (the nearest one is named), has a value that cannot be, or a file is away.
    """
    given = _merged(_from_toml((folder or Path()) / TOML), _from_environment(os.environ))
    _refuse_unknown(given, Settings, where="")
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"The setting {name} cannot be used: {first['msg']}.") from None


def _from_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not a valid TOML file: {error}.") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """The variables as nested settings, lower case; `*_FILE` replaced by what the file holds."""
    given: dict[str, Any] = {}
    for name, text in sorted(environment.items()):
        if not name.upper().startswith(PREFIX):
            continue
        *folders, leaf = name[len(PREFIX) :].lower().split("__")
        place = given
        for folder in folders:
            place = place.setdefault(folder, {})
            if not isinstance(place, dict):
                raise UsageError(f"The setting {PREFIX}{folder.upper()} is a group and has no value of its own.")
        secret = leaf.endswith("_file")
        place[leaf.removesuffix("_file")] = _read_secret(name, text) if secret else text
    return given


def _read_secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        raise UsageError(f"The file that {name} names cannot be read.") from None


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _refuse_unknown(given: Mapping[str, Any], model: type[BaseModel], *, where: str) -> None:
    known = model.model_fields
    for key, value in given.items():
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.0)
            name = (PREFIX + where + key).upper()
            raise UsageError(f"There is no setting {name}. Did you mean {(PREFIX + where + near[0]).upper()}?")
        inner = known[key].annotation
        if isinstance(value, Mapping) and isinstance(inner, type) and issubclass(inner, BaseModel):
            _refuse_unknown(value, inner, where=f"{where}{key}__")

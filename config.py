"""Settings, from the environment (`DOSSIER_*`, nested with `__`), then `dossier.toml`; only the entry points read them.

`DOSSIER_X_FILE` names a file that holds the value of `DOSSIER_X`, for secrets. An unknown setting is an error.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from models.limits import Group, UploadLimits, WebLimits
from models.problem import UsageError
from models.setting import NOT_SET

PREFIX = "DOSSIER_"
TOML = Path("dossier.toml")


class SandboxSettings(Group):
    """Limits of one received file in the sandbox; what is not set keeps the default of `sandbox.limits.Limits`."""

    file_bytes: int | None = Field(None, gt=0)
    pages: int | None = Field(None, gt=0)
    page_pixels: int | None = Field(None, gt=0)
    memory_bytes: int | None = Field(None, gt=0)
    inflated_bytes: int | None = Field(None, gt=0)
    unpacked_bytes: int | None = Field(None, gt=0)
    wall_s: float | None = Field(None, gt=0)
    page_s: float | None = Field(None, gt=0)
    wall_most_s: float | None = Field(None, gt=0)


class S3Settings(Group):
    """Where objects lie when not in the data folder: without `endpoint` (host:port) they lie there."""

    endpoint: str | None = None
    bucket: str = "dossier"
    access_key: str = Field("", repr=False)
    secret_key: str = Field("", repr=False)
    region: str = "us-east-1"
    secure: bool = True


class WorkSettings(Group):
    """Seconds: how long a lease holds and how often it is renewed, how often expired ones are taken back, how often a
    worker looks for work that nobody told it of, and how long one may go on with a file after it was told to stop.
    """

    lease_s: float = Field(30.0, gt=0)
    heartbeat_s: float = Field(10.0, gt=0)
    reconcile_s: float = Field(15.0, gt=0)
    poll_s: float = Field(1.0, gt=0)
    grace_s: float = Field(30.0, ge=0)

    @model_validator(mode="after")
    def _beats_in_time(self) -> WorkSettings:
        if self.heartbeat_s * 2 > self.lease_s:
            raise ValueError("a lease must hold for at least two heartbeats (lease_s, heartbeat_s)")
        return self


class ReserveSettings(Group):
    """Intake is refused below this share, or this many bytes, of free space, whichever is less."""

    share: float = Field(0.10, ge=0, lt=1)
    bytes: int = Field(5 * 1024**3, ge=0)


class FolderSettings(Group):
    """Folders into which others lay files: without `paths`, `inbox` in the data folder. Seconds that a file must have
    been left alone before it is taken, and between two looks.
    """

    paths: tuple[Path, ...] = ()
    settle_s: float = Field(5.0, ge=0)
    poll_s: float = Field(2.0, gt=0)

    @field_validator("paths", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return tuple(part for part in given.split(os.pathsep) if part) if isinstance(given, str) else given


class ImapSettings(Group):
    """A mailbox that is emptied into Dossier; without `host` there is none. Mails that are in go to `processed`."""

    host: str | None = None
    port: int = Field(993, gt=0, le=65_535)
    user: str = ""
    password: str = Field("", repr=False)
    mailbox: str = "INBOX"
    processed: str = "Processed"
    tls: bool = True
    poll_s: float = Field(30.0, gt=0)


class AuditSettings(Group):
    """The signed checkpoints of the audit: the folder they are written to (None: `checkpoints` in the data folder), and
    the private key, an ed25519 PEM (None: one that is made in the data folder).
    """

    checkpoints: Path | None = None
    key: str | None = Field(None, repr=False)


class QuotaSettings(Group):
    """How many bytes and files an office, or a sender without one, may send on a day (UTC); None: any number."""

    bytes: int | None = Field(50_000_000_000, gt=0)
    files: int | None = Field(100_000, gt=0)

    @field_validator("bytes", "files", mode="before")
    @classmethod
    def _unbounded(cls, given: object) -> object:
        return None if isinstance(given, str) and given.lower() in {"", "none"} else given


class Settings(BaseSettings, Group):
    """Everything that can be set.

    `tessdata` is the folder of Tesseract's traineddata files, `jobs` the number of files read at a time (None: one a
    core). What belongs to the service: `data`, the folder in which all of it lies unless a database or an object store
    is named; `host` and `port`, where it listens; `workers`, the processes that read (None: one a core).
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    tessdata: Path = Path("/usr/share/tesseract-ocr/5/tessdata")
    jobs: int | None = Field(None, ge=1)
    sandbox: SandboxSettings = SandboxSettings()
    data: Path = Path("data")
    database_url: str | None = Field(None, repr=False)
    redis_url: str | None = Field(None, repr=False)
    s3: S3Settings = S3Settings()
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65_535)
    workers: int | None = Field(None, ge=1)
    payer: str | None = None
    market: Literal["us", "hk"] | None = None
    work: WorkSettings = WorkSettings()
    reserve: ReserveSettings = ReserveSettings()
    upload: UploadLimits = UploadLimits()
    quota: QuotaSettings = QuotaSettings()
    folder: FolderSettings = FolderSettings()
    imap: ImapSettings = ImapSettings()
    web: WebLimits = WebLimits()
    audit: AuditSettings = AuditSettings()

    @model_validator(mode="after")
    def _bucket_has_its_key(self) -> Settings:
        if self.s3.endpoint and not (self.s3.access_key and self.s3.secret_key):
            raise ValueError("an object store needs s3.access_key and s3.secret_key")
        if self.imap.host and not (self.imap.user and self.imap.password):
            raise ValueError("a mailbox needs imap.user and imap.password")
        return self

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


def shown(settings: BaseModel, where: str = "") -> Iterator[tuple[str, str]]:
    """Every setting by its name with its value as text; of secrets only whether they are set."""
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from shown(value, f"{where}{name}.")
        elif not field.repr:
            yield f"{where}{name}", "(set)" if value else NOT_SET
        else:
            # Addresses have colons of their own.
            between = ", " if name == "trusted_proxies" else os.pathsep
            listed = between.join(map(str, value)) if isinstance(value, tuple) else value
            yield f"{where}{name}", NOT_SET if listed in {None, ""} else str(listed)


def origins(folder: Path | None = None) -> dict[str, str]:
    """Where each setting that is set comes from, by its name as in `shown`: a variable, or the name of the file.

    Raises:
        UsageError: the file is no valid TOML.
    """
    found = dict.fromkeys(_names(_from_toml((folder or Path()) / TOML)), TOML.name)
    return found | {place.replace("__", "."): name for name, place, _ in _variables(os.environ)}


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
        raise UsageError(_said(error)) from None


def _said(error: ValidationError) -> str:
    """What is wrong, without the value: it may be a secret."""
    first = error.errors(include_input=False)[0]
    name = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
    told = first["msg"].removeprefix("Value error, ")
    return (
        f"The settings do not fit together: {told}."
        if name == PREFIX
        else f"The setting {name} cannot be used: {told}."
    )


def _from_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not a valid TOML file: {error}.") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """The variables as nested settings, lower case; `*_FILE` replaced by what the file holds."""
    given: dict[str, Any] = {}
    for name, where, text in _variables(environment):
        *folders, leaf = where.split("__")
        place = given
        for folder in folders:
            place = place.setdefault(folder, {})
            if not isinstance(place, dict):
                raise UsageError(f"The setting {PREFIX}{folder.upper()} is a group and has no value of its own.")
        place[leaf] = _read_secret(name, text) if name.lower().endswith("_file") else text
    return given


def _variables(environment: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each of our variables, the setting that it means (lower case, without `_file`), and its text; the last counts."""
    for name, text in sorted(environment.items()):
        if name.upper().startswith(PREFIX):
            yield name, name[len(PREFIX) :].lower().removesuffix("_file"), text


def _names(given: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """The settings of a file by their names."""
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from _names(value, f"{where}{key}.")
        else:
            yield f"{where}{key}"


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

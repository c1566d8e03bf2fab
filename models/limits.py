"""How much is taken from whom, and how it is reached: settings and limits in one, with defaults (reliability.md 5)."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator


class Group(BaseModel):
    """Settings that belong together. A number is finite, and neither true nor false."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth(cls, given: object, told: ValidationInfo) -> object:
        if isinstance(given, bool) and cls.model_fields[told.field_name or ""].annotation is not bool:
            raise ValueError("it is neither true nor false")
        return given


class UploadLimits(Group):
    """Limits of one upload, `bytes` and `files` (a single file is bounded by `sandbox.file_bytes`), and of all that are
    taken at a time: `at_once`, `waiting` in line for `patience_s` seconds, `of_a_caller` of one of them. One of which
    nothing comes for `stall_s`, or that waited for longer than `grace_s` and its size at `bytes_per_s`, is given up.
    """

    bytes: int = Field(500_000_000, gt=0)
    files: int = Field(200, gt=0, le=200)
    at_once: int = Field(64, gt=0)
    waiting: int = Field(256, ge=0)
    of_a_caller: int = Field(20, gt=0)
    patience_s: float = Field(20.0, ge=0)
    stall_s: float = Field(30.0, gt=0)
    bytes_per_s: int = Field(10_000, gt=0)
    grace_s: float = Field(30.0, ge=0)


class WebLimits(Group):
    """How browsers and machines come to it: `secure` by HTTPS (a proxy in front ends it), through `trusted_proxies`
    (addresses or networks), with `open_metrics` to /metrics without a key.

    Of one caller `calls_per_s`, `burst` at once, and `streams_of_a_caller` of `streams` in all; of one address
    `failures_per_s` keys and sessions that do not hold, `failures` at once (no setting can lift these bounds: None is
    for tests and measurements). What looking at pages may cost one process: `drawings` files open at a time, for which
    others wait `drawing_wait_s` seconds, and `drawn_bytes` bytes of kept pictures.
    """

    secure: bool = False
    open_metrics: bool = False
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    calls_per_s: float | None = Field(50.0, gt=0)
    burst: int = Field(100, gt=0)
    failures_per_s: float | None = Field(1.0, gt=0)
    failures: int = Field(100, gt=0)
    streams: int = Field(100, gt=0)
    streams_of_a_caller: int = Field(10, gt=0)
    drawings: int = Field(2, gt=0)
    drawing_wait_s: float = Field(20.0, ge=0)
    drawn_bytes: int = Field(2 * 1024**3, ge=0)

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        listed = given.replace(",", " ").split() if isinstance(given, str) else given
        try:
            networks = tuple(_network(one) for one in listed) if isinstance(listed, list | tuple) else None
        except ValueError:
            networks = None
        if networks is None:
            raise ValueError("a proxy is told by its address (10.1.2.3) or its network (10.1.0.0/16)")
        if any(network.prefixlen == 0 for network in networks):
            raise ValueError("everybody would be believed to be anybody: name the proxies' own addresses")
        return networks


def _network(told: object) -> IPv4Network | IPv6Network:
    # A number would be an address, too: 1 is 0.0.0.1.
    if not isinstance(told, str | IPv4Network | IPv6Network):
        raise ValueError("no address")
    return ip_network(told, strict=False)

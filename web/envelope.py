"""What surrounds every call: its id, its limits, the headers of its answer, its line in the log, and the last net."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import problems
from web.addresses import scheme_of, trusted
from web.front import Front

_LOG = logging.getLogger("dossier.web")
# Of the body of a call that is refused, and for how many seconds.
_MOST_DRAINED, _DRAIN_S = 1024**3, 15.0
UPLOADS = frozenset({"/api/v1/submissions", "/upload"})
POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send forms with "Origin: null", which `check_origin` refuses.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-store",
}


class Envelope:
    """The outermost layer of ours. Nothing that a handler raises gets past it: a server would log its message."""

    def __init__(self, app: ASGIApp, front: Front) -> None:
        """Surround `app`."""
        self._app = app
        self._front = front
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._believe(scope)
        call = _Call(self._front, scope, receive, send)
        try:
            length = Headers(scope=scope).get("content-length", "")
            if length.isdecimal() and (len(length) > 15 or int(length) > call.most):
                response = problems.answer(Request(scope), "too-large")
                await response(scope, receive, call.send)
            else:
                await self._app(scope, call.receive, call.send)
        except ClientDisconnect:
            call.status = call.status or 499
        except Exception as error:  # noqa: BLE001 - the last net
            response = problems.of(error, Request(scope))
            if call.status:
                raise RuntimeError("an answer broke off") from None
            await response(scope, receive, call.send)
        finally:
            call.told()

    def _believe(self, scope: Scope) -> None:
        """Take the scheme from a trusted proxy, and warn once of another: all behind it have one address."""
        connection, proxies = HTTPConnection(scope), self._front.limits.trusted_proxies
        scope["scheme"] = scheme_of(connection, proxies)
        if not self._warned and "x-forwarded-for" in connection.headers and not trusted(connection, proxies):
            self._warned = True
            _LOG.warning(
                "X-Forwarded-For comes from an address that is not among web.trusted_proxies and is not believed"
            )


class _Call:
    """One call on its way."""

    def __init__(self, front: Front, scope: Scope, receive: Receive, send: Send) -> None:
        self.id = uuid.uuid4().hex
        self.status = 0
        limits = front.limits
        upload = scope["path"] in UPLOADS and scope["method"] == "POST"
        self.most = limits.upload.bytes + limits.around_bytes if upload else limits.body_bytes
        self._front, self._scope, self._receive, self._send = front, scope, receive, send
        self._size, self._more = 0, True
        self._began = time.monotonic()
        scope.setdefault("state", {})["request_id"] = self.id

    async def receive(self) -> Message:
        """Count what comes in."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._more = message.get("more_body", False)
            if self._size > self.most:
                raise HTTPException(413)
        return message

    async def send(self, message: Message) -> None:
        """Add the headers that every answer has, unless it has others of the same name."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.status >= 400 and self._more:
                await self._drain()
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if self._front.limits.secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        await self._send(message)

    async def _drain(self) -> None:
        """Let a caller who is refused and wants the connection closed send to the end, within bounds.

        Closed before, it would break off what he sends, and he would never read the answer. Other callers are answered
        at once: the server reads on by itself. So is one who asks before he sends (Expect).
        """
        headers = Headers(scope=self._scope)
        if "close" not in headers.get("connection", "").lower() or "expect" in headers:
            return
        if "content-length" not in headers and "transfer-encoding" not in headers:
            return
        drained = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_S):
                while self._more and drained < _MOST_DRAINED:
                    message = await self._receive()
                    self._more = message["type"] == "http.request" and message.get("more_body", False)
                    drained += len(message.get("body", b""))

    def told(self) -> None:
        """Count the call and log it: by its route, for an address may hold what somebody searched for."""
        route = str(getattr(self._scope.get("route"), "path", "none"))
        known = {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"}
        method = self._scope["method"] if self._scope["method"] in known else "other"
        self._front.meters.calls.labels(route, method, str(self.status)).inc()
        _LOG.info(
            "%s %s %s", method, route, self.status,
            extra={
                "request_id": self.id, "route": route, "method": method, "status": self.status,
                "actor": self._scope["state"].get("actor"), "size": self._size,
                "duration_ms": round((time.monotonic() - self._began) * 1000, 1),
            },
        )  # fmt: skip

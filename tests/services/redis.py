"""A Redis of the tests' own; what it holds may be lost at any time."""

from __future__ import annotations

from redis import Redis
from redis.exceptions import RedisError

from tests.services.server import Server, need


class RedisServer(Server):
    """The server; it keeps nothing on disk."""

    def __init__(self) -> None:
        super().__init__("redis", _answers)
        self.command = (
            need("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", str(self.folder),
        )  # fmt: skip

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Redis:
        return Redis.from_url(self.url)


def _answers(server: Server) -> bool:
    try:
        with Redis.from_url(f"redis://127.0.0.1:{server.port}/0", socket_timeout=1) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False

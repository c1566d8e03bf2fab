"""The address where the service listens."""

from __future__ import annotations

import socket

from models.problem import NotReady


def see_that_it_is_free(host: str, port: int) -> None:
    """See that nobody else listens where we shall.

    Raises:
        NotReady: somebody does, or nobody can.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except OSError as failure:
        raise NotReady(
            f"Nothing can listen on {host}, port {port} ({failure.strerror}). "
            "End what runs there, or choose another with --port."
        ) from None

from __future__ import annotations

import base64
import hashlib
import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from minio.error import S3Error

from store.blobs import Bucket
from store.s3_client import StoreAway, connected


def md5(content: bytes) -> hashlib._Hash:
    return hashlib.md5(content, usedforsecurity=False)


class Server(BaseHTTPRequestHandler):
    """Answers each upload with the ETag of what it says it has got."""

    encryption = ""
    seen: tuple[str | None, bytes] = (None, b"")

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        Server.seen = (self.headers["Content-MD5"], content)
        self.send_response(200)
        self.send_header("ETag", f'"{md5(content.replace(b"page", b"cage")).hexdigest()}"')
        if self.encryption:
            self.send_header("x-amz-server-side-encryption", self.encryption)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def place() -> Iterator[Bucket]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Bucket(f"127.0.0.1:{server.server_port}", "bucket", "key", "secret", secure=False)
        server.shutdown()
        thread.join()


def put(place: Bucket, content: bytes) -> None:
    connected(place).put_object(place.bucket, "one", io.BytesIO(content), len(content))


def test_a_server_that_answers_with_another_sum_has_not_stored_it(place: Bucket) -> None:
    put(place, b"a sheet")
    assert Server.seen == (
        base64.b64encode(md5(b"a sheet").digest()).decode(),
        b"a sheet",
    )
    with pytest.raises(StoreAway, match="something else than was sent"):
        put(place, b"a page")


def test_where_a_key_service_encrypts_the_sum_tells_nothing(place: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "encryption", "aws:kms")
    put(place, b"a page")
    assert Server.seen[1] == b"a page"


def test_a_server_refuses_what_was_changed_on_its_way(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bucket, b"a page")
    other = base64.b64encode(md5(b"a cage").digest())
    monkeypatch.setattr(base64, "b64encode", lambda _: other)
    with pytest.raises(S3Error) as raised:
        put(bucket, b"a page")
    assert raised.value.code in {"BadDigest", "InvalidDigest"}

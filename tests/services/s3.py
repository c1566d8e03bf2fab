"""An S3 server of the tests' own: SeaweedFS, one process, with buckets that are made on demand."""

from __future__ import annotations

import io
import json
import signal
import sys
import tempfile
import uuid
from pathlib import Path

import urllib3
from minio import Minio

from store.blobs import Bucket
from tests.services.server import Server, free_port, listens, need

_ACCESS, _SECRET = "tests", "tests-secret"
_SERVICES = ("master.port", "volume.port", "filer.port")
_RIGHTS = ["Admin", "Read", "Write", "List", "Tagging"]


class S3Server(Server):
    """The server; its objects lie in its folder."""

    def __init__(self) -> None:
        super().__init__("s3", _answers)
        rights = {
            "identities": [
                {"name": "tests", "credentials": [{"accessKey": _ACCESS, "secretKey": _SECRET}], "actions": _RIGHTS}
            ]
        }
        config = self.folder / "s3.json"
        config.write_text(json.dumps(rights))
        objects = self.folder / "objects"
        objects.mkdir()
        # Each service has a second port for its calls among themselves.
        ports = [(name, free_port()) for name in (*_SERVICES, *(f"{name}.grpc" for name in (*_SERVICES, "s3.port")))]
        self._calls = [port for name, port in ports if name.endswith("grpc")]
        self.command = (
            need("weed", str(Path(sys.executable).parent)), "server", f"-dir={objects}", "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1", "-s3", f"-s3.port={self.port}", f"-s3.config={config}", "-s3.iam=false",
            f"-s3.localSocket={self.folder}/s3.sock", "-filer.localSocket=" + str(self.folder / "filer.sock"),
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=64", "-volume.max=1000",
            "-master.telemetry=false",
            *(f"-{name}={port}" for name, port in ports),
        )  # fmt: skip

    def stop(self, number: int = signal.SIGKILL) -> None:
        """End it at once: it takes long to end in order. Some of its sockets lie where all can see them."""
        super().stop(number)
        for port in self._calls:
            for left in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{port}.sock"):
                left.unlink(missing_ok=True)

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    def new_bucket(self) -> Bucket:
        """A bucket of its own."""
        place = Bucket(self.endpoint, f"b{uuid.uuid4().hex[:12]}", _ACCESS, _SECRET, secure=False)
        self.client().make_bucket(place.bucket)
        return place

    def client(self) -> Minio:
        return _client(self.port)


def _client(port: int) -> Minio:
    pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=1.0, read=10.0), retries=False)
    return Minio(f"127.0.0.1:{port}", _ACCESS, _SECRET, secure=False, region="us-east-1", http_client=pool)


def _answers(server: Server) -> bool:
    if not listens(server):
        return False
    try:
        client = _client(server.port)
        if not client.bucket_exists("probe"):
            client.make_bucket("probe")
        client.put_object("probe", "one", io.BytesIO(b"1"), 1)
    except Exception:  # noqa: BLE001 - not yet, whatever it says
        return False
    return True

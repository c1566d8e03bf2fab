"""The client of an S3 server: each object, and each part of one, is checked by the server and by what it answers."""

from __future__ import annotations

import base64
import hashlib

import urllib3
from minio import Minio
from minio.helpers import ObjectWriteResult

from models.problem import TransientError
from store.blobs import Bucket

_CONNECT_S, _READ_S = 5.0, 60.0


class StoreAway(TransientError):
    """The object store does not answer, or refuses; the same call may succeed later."""


def connected(place: Bucket) -> Minio:
    """The client of a bucket; nothing is connected yet."""
    return _Checked(
        place.endpoint,
        access_key=place.access_key,
        secret_key=place.secret_key,
        region=place.region,
        secure=place.secure,
        http_client=urllib3.PoolManager(
            maxsize=32,
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S),
            retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
        ),
    )


class _Checked(Minio):
    """A client that asks the server to check what it gets (Content-MD5), and looks at what it answers (ETag).

    Every object and every part of one is sent by this one method of the SDK.
    """

    def _put_object(
        self,
        bucket_name: str,
        object_name: str,
        data: bytes,
        headers: dict[str, str | list[str] | tuple[str]] | None = None,
        query_params: dict[str, str | list[str] | tuple[str]] | None = None,
    ) -> ObjectWriteResult:
        digest = hashlib.md5(data, usedforsecurity=False)
        asked = {**(headers or {}), "Content-MD5": base64.b64encode(digest.digest()).decode("ascii")}
        result = super()._put_object(bucket_name, object_name, data, asked, query_params)
        # A server that encrypts by a key service answers with another ETag.
        keyed = "kms" in str(result.http_headers.get("x-amz-server-side-encryption", ""))
        if not keyed and result.etag != digest.hexdigest():
            raise StoreAway("The object store has something else than was sent.")
        return result

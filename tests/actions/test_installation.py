from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

from actions.installation import Audited
from store.blobs import Bucket
from store.quota import Quota
from tests.actions.installations import installation


def test_the_embedded_default_lies_in_its_folder(tmp_path: Path) -> None:
    made = installation(tmp_path)
    assert (made.database_url, made.redis_url, made.bucket, made.mailbox) == (None, None, None, None)
    assert made.watched == (tmp_path / "inbox",)
    assert made.workers >= 1
    assert made.audit == Audited(None, None)
    assert made.quota == Quota(50_000_000_000, 100_000)


def test_a_quota_may_be_without_bound_and_a_key_is_not_shown(tmp_path: Path) -> None:
    made = installation(tmp_path, quota={"bytes": "none", "files": None}, audit={"key": "pem-secret"})
    assert (made.quota.bounded, made.audit.key) == (False, "pem-secret")
    assert "pem-secret" not in repr(made)
    assert dict(made.shown)["audit.key"] == "(set)"


def test_settings_name_servers_of_others_and_secrets_are_not_shown(tmp_path: Path) -> None:
    s3 = {"endpoint": "s3:9000", "bucket": "b", "access_key": "who", "secret_key": "s3-secret", "secure": False}
    imap = {"host": "mail", "user": "intake", "password": "mail-secret"}
    url = "postgresql://dossier:db-secret@db/dossier"
    made = installation(tmp_path, s3=s3, imap=imap, database_url=url, folder={"paths": "/fax/in:/scan"}, workers=3)
    assert made.bucket == Bucket("s3:9000", "b", "who", "s3-secret", "us-east-1", secure=False)
    assert made.mailbox is not None
    assert (made.mailbox.host, made.mailbox.port, made.mailbox.processed) == ("mail", 993, "Processed")
    assert made.watched == (Path("/fax/in"), Path("/scan"))
    assert made.workers == 3
    assert "secret" not in repr(made).replace("secret_key", "")


def test_how_it_is_reached_and_what_looking_at_pages_may_cost(tmp_path: Path) -> None:
    web = {"trusted_proxies": "10.0.0.0/8, fd00::/8 192.0.2.7", "drawings": 3, "drawing_wait_s": 4, "drawn_bytes": 5}
    made = installation(tmp_path, web=web).web
    assert made.trusted_proxies == tuple(ip_network(one) for one in ("10.0.0.0/8", "fd00::/8", "192.0.2.7"))
    assert (made.drawings, made.drawing_wait_s, made.drawn_bytes) == (3, 4, 5)
    assert not made.secure

from __future__ import annotations

from pathlib import Path

from store.blobs import Bucket
from tests.actions.installations import installation


def test_the_embedded_default_lies_in_its_folder(tmp_path: Path) -> None:
    made = installation(tmp_path)
    assert (made.database_url, made.redis_url, made.bucket, made.mailbox) == (None, None, None, None)
    assert made.watched == (tmp_path / "inbox",)
    assert made.workers >= 1
    assert made.upload.file_bytes == made.means.limits.file_bytes


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

"""A mail server of the tests' own: Dovecot with IMAP, one folder a user, every password the same."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import uuid

from intake.channels.imap import Account
from tests.services.server import Server, listens, need

PASSWORD = "mail-secret"


class ImapServer(Server):
    """The server, without TLS."""

    def __init__(self) -> None:
        super().__init__("imap", _answers, as_other=True)
        uid, gid = (65534, 65534) if self.user else (os.getuid(), os.getgid())
        told = {"user": pwd.getpwuid(uid).pw_name, "group": grp.getgrgid(gid).gr_name, "uid": uid, "gid": gid}
        config = self.folder / "dovecot.conf"
        config.write_text(_CONFIG.format(folder=self.folder, port=self.port, secret=PASSWORD, **told))
        self.command = (need("dovecot"), "-F", "-c", str(config))

    def new_account(self) -> Account:
        """An account of its own, with an empty INBOX."""
        return Account("127.0.0.1", self.port, f"u{uuid.uuid4().hex[:8]}", PASSWORD, tls=False)

    def client(self, account: Account) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(account.user, account.password)
        return client


def _answers(server: Server) -> bool:
    if not listens(server):
        return False
    try:
        client = imaplib.IMAP4("127.0.0.1", server.port, timeout=2)
        client.logout()
    except (OSError, imaplib.IMAP4.error):
        return False
    return True


_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/mail.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:~/Maildir
mail_home = {folder}/mail/%u
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid}
}}
first_valid_uid = 1
namespace inbox {{
  inbox = yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  chroot =
}}
"""

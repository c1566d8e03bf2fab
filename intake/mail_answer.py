"""Which request a mail answers, by what its header says."""

from __future__ import annotations

import email.errors
import email.header
import email.parser
import email.policy
import re

# A header of ours that a mail program or a portal may set; else an id in the subject counts.
HEADER = "X-Dossier-Request"
_ID = re.compile(r"(?<![\w-])r-[0-9a-f]{16}(?![\w-])")


def answered_request(mail: bytes) -> str | None:
    """The id of the request that a mail names, in its header or its subject; None if it names none, or several."""
    head = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(mail)
    for name in (HEADER, "Subject"):
        found = {match for text in head.get_all(name, ()) for match in _ID.findall(_decoded(text))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _decoded(text: object) -> str:
    """A header as it is read, its encoded words decoded."""
    try:
        return str(email.header.make_header(email.header.decode_header(str(text))))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return str(text)

"""Accepting one mail, whichever channel brought it."""

from __future__ import annotations

from intake.channel import Desk
from intake.mail_answer import answered_request
from models.arrival import Accepted, Arrival
from models.problem import UsageError

# What every mail is called within its submission.
FILE = "message.eml"


def accept_mail(mail: bytes, desk: Desk, *, name: str, key: str) -> Accepted:
    """Accept a mail under its key, as an answer to the request that it names if there is such a one.

    Raises:
        TransientError: nothing can be accepted now.
    """
    stored = desk.store(FILE, (mail,))
    answers = answered_request(mail)
    if answers is not None:
        try:
            return desk.accept(Arrival("email", name, (stored,), source_key=key, answers=answers))
        except UsageError:
            # There is no such request, or there was none when the same mail was accepted before.
            pass
    return desk.accept(Arrival("email", name, (stored,), source_key=key))

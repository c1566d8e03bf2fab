from __future__ import annotations

from intake.mail_arrival import accept_mail
from tests.intake.channels.desk import Notebook

MAIL = b"X-Dossier-Request: r-0123456789abcdef\r\n\r\nhere it is\r\n"


def test_a_mail_is_an_answer_where_there_is_such_a_request() -> None:
    desk = Notebook(requests=frozenset({"r-0123456789abcdef"}))
    assert not accept_mail(MAIL, desk, name="mail 1", key="k").again
    assert accept_mail(MAIL, desk, name="mail 1", key="k").again
    (arrival,) = desk.accepted.values()
    assert (arrival.channel, arrival.answers, arrival.files[0].path) == ("email", "r-0123456789abcdef", "message.eml")


def test_a_mail_that_was_accepted_before_there_was_the_request_stays_so() -> None:
    desk = Notebook()
    accept_mail(MAIL, desk, name="mail 1", key="k")
    desk.requests = frozenset({"r-0123456789abcdef"})
    assert accept_mail(MAIL, desk, name="mail 1", key="k").again
    (arrival,) = desk.accepted.values()
    assert arrival.answers is None

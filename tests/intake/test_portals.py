"""Mails that stand for a document elsewhere, and letters that only speak of such things."""

from __future__ import annotations

import pytest

from intake.portals import elsewhere

DISCLAIMER = (
    "This message may contain confidential information protected by HIPAA and is intended only for the addressee. If "
    "you have received this email in error, please notify the sender and delete the message."
)


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Sample (office@example.org) has sent you a protected message. Read the message",
        "You have received a secure message from Example Clinic. Click here to view it.",
        "You've received an encrypted message from office@example.org. To view your message, sign in",
        "This is a secure message. Click here by 2026-12-01 to read your message. Open the secure message.",
        "To read the message, open the attachment securedoc.html and enter your password.",
        "You have a new encrypted email waiting.",
        "Please open the encrypted message in the portal.",
        "This message was encrypted by Virtru",
    ],
)
def test_notices(text: str) -> None:
    assert elsewhere(text, "", attached=(), documents=False) == ("secure-message",)


@pytest.mark.parametrize(
    "name", ["securedoc_20261122T101010.html", "message_v2.rpmsg", "message.rpmsg", "SecureMessageATT.html"]
)
def test_wrappers(name: str) -> None:
    assert elsewhere("", "", attached=((name, "text/html"),), documents=True) == ("secure-message",)


@pytest.mark.parametrize(
    "text",
    [
        DISCLAIMER,
        "Please see the attached request.\n" + DISCLAIMER,
        "Our office uses a secure email system. Records are attached.",
        "Please send the records by secure email or fax.",
        "The patient received a message from the clinic about her secure fit brace.",
        "Confidential: this email and any attachments are encrypted in transit.",
    ],
)
def test_disclaimers_are_no_notices(text: str) -> None:
    assert elsewhere(text, "", attached=(), documents=False) == ()


def test_a_letter_with_its_documents_is_no_notice() -> None:
    said = elsewhere(
        "You have received a secure message.", "", attached=(("a.pdf", "application/pdf"),), documents=True
    )
    assert said == ()


def test_links_to_documents() -> None:
    text, html = (
        "Jane shared a file with you. Open in OneDrive",
        '<a href="https://example.sharepoint.com/:b:/x">Open</a>',
    )
    assert elsewhere(text, html, attached=(), documents=False) == ("linked-document",)
    assert elsewhere(text, html, attached=(("a.pdf", ""),), documents=True) == ()
    assert elsewhere("See our site.", '<a href="https://example.org/">x</a>', attached=(), documents=False) == ()

"""Small papers that offices send, drawn in code: a form, a note, a mail, a fax; and files that are broken."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from email.message import EmailMessage

import cv2
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from tests.intake.readers.drawn import edited

LINE = 18


def form(
    patient: str = "Jane Sample", born: str = "05/12/1960", *, member: str = "XYZ12345", drug: str = "Humira 40 mg pen"
) -> list[str]:
    """The lines of a filled request form."""
    return [
        "PRIOR AUTHORIZATION REQUEST FORM", "",
        "PATIENT INFORMATION", f"Patient Name: {patient}", f"Date of Birth: {born}", f"Member ID: {member}", "",
        "PRESCRIBER INFORMATION", "Prescriber Name: Bo Example MD", "Prescriber NPI: 1234567893",
        "Prescriber Phone: (512) 555-0142", "",
        "MEDICATION INFORMATION", f"Medication: {drug}", "Quantity: 2 pens", "Diagnosis: Crohn's disease",
        "ICD-10: K50.90",
    ]  # fmt: skip


def note(patient: str = "Jane Sample", born: str = "05/12/1960") -> list[str]:
    """The lines of a visit note."""
    return [
        "PROGRESS NOTE", f"Patient Name: {patient}", f"DOB: {born}", "Date of visit: 08/01/2026", "",
        "CHIEF COMPLAINT", "Follow-up of Crohn's disease.", "", "HISTORY OF PRESENT ILLNESS",
        "The patient took methotrexate for six months without improvement.", "",
        "ASSESSMENT AND PLAN", "Start Humira.", "",
        "Electronically signed by Bo Example MD on 08/01/2026",
    ]  # fmt: skip


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with a text layer; the same lines give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=True)
    for lines in pages:
        canvas.setFont("Helvetica", 11)
        for n, line in enumerate(lines):
            canvas.drawString(72, 720 - LINE * n, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fax(content: bytes, dpi: tuple[int, int] = (204, 98)) -> bytes:
    """The pages of a PDF as a one-bit G4 TIFF."""
    pages = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        bitmap = page.render(scale=4, grayscale=True)
        grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
        size = (round(612 / 72 * dpi[0]), round(792 / 72 * dpi[1]))
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        pages.append(Image.fromarray(np.where(small > 150, 255, 0).astype(np.uint8)).convert("1"))
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=dpi)
    return out.getvalue()


def mail(body: str, *attached: tuple[str, bytes], received: Sequence[str] = (), date: str | None = None) -> bytes:
    """A mail with PDFs; `received` are the times of its Received headers, topmost first."""
    message = EmailMessage()
    for time in received:
        message["Received"] = f"from office.example by plan.example; {time}"
    message["From"], message["To"], message["Subject"] = "office@example.org", "plan@example.org", "request"
    if date is not None:
        message["Date"] = date
    message.set_content(body)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def forwarding(inner: bytes, received: str) -> bytes:
    """A mail that carries another one."""
    import email
    import email.policy

    message = EmailMessage()
    message["Received"] = f"from office.example by plan.example; {received}"
    message["From"], message["To"], message["Subject"] = "office@example.org", "plan@example.org", "fwd"
    message.set_content("Please see the forwarded request.")
    message.add_attachment(email.message_from_bytes(inner, policy=email.policy.default))
    return message.as_bytes()


def encrypted() -> bytes:
    """A PDF behind a password."""
    return edited(pdf(form()), lambda _: None, encryption=pikepdf.Encryption(owner="o", user="secret"))


def truncated() -> bytes:
    """A TIFF that ends in the middle of its first page."""
    whole = fax(pdf(form()))
    return whole[: len(whole) // 3]


def bomb(size: int = 1 << 30) -> bytes:
    """A PDF of about 1 MB whose page inflates to `size` bytes."""
    chunk, squeezer = b" " * (1 << 20), zlib.compressobj(9)
    stream = b"".join(squeezer.compress(chunk) for _ in range(size >> 20)) + squeezer.flush()

    def swell(opened: pikepdf.Pdf) -> None:
        content = opened.make_stream(b"")
        content.write(stream, filter=pikepdf.Name.FlateDecode)
        opened.pages[0].Contents = content

    return edited(pdf(["x"]), swell)

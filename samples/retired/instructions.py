"""The back of the state's request for prior approval: instructions that name every blank and fill in none."""

from __future__ import annotations

from models.geometry import Box
from samples.page import BOLD, SERIF, Sheet
from samples.retired import grid

LEFT, RIGHT = 40.0, 572.0
_GENERAL = (
    "This form is used to ask for prior approval of durable medical equipment, prosthetics, orthotics, oxygen and "
    "related services, disposable supplies above the monthly limit, and therapy or other outpatient services for which "
    "the provider handbook asks for it. Complete items 1 through 40. Illegible requests are returned without review. "
    "Approval is subject to the recipient's eligibility on the date the item is dispensed."
)
_ITEMS = (
    ("1-2", "Check one box in each item. A continued need requires the number of the earlier approval in item 4."),
    ("3", "A request is urgent if a delay of fifteen working days would put the recipient's life or health in danger."),
    ("5", "Enter month, day and year on which the form is prepared, for example 01/15/2026."),
    ("6-10", "Copy the recipient's ID number, name, birthdate and sex from the current medical card. Do not use a "
             "social security number."),
    ("13-14", "Name any other insurance. Requests for recipients in a health plan are sent to the plan."),
    ("15", "The practitioner who has examined the recipient within six months and prescribes the item or service. "
           "Enter the ten-digit NPI of the person, not of the group."),
    ("16", "The supplier, therapist or facility that will bill. For therapy enter the treating agency."),
    ("17", "Needed only where the order was written by someone else than the practitioner in item 15."),
    ("19", "Enter the diagnosis in words and its ICD-10-CM code to the highest level of specificity."),
    ("20", "Items used in a hospital or a nursing facility are not payable separately except custom wheelchairs."),
    ("22", "Requested dates may not be earlier than the date on which the Department receives the form and may not "
           "span more than twelve months."),
    ("23", "Enter the total units for the whole period, not per month."),
    ("24", "Describe the item, with the manufacturer and model for custom items."),
    ("25-26", "B for an outright purchase, R for a rental, F for the repair of an item owned by the recipient. "
              "Enter the number of months for a rental."),
    ("27", "Enter the five-character HCPCS or CPT code and up to one modifier (NU, RR, RT, LT, GP, GO, GN)."),
    ("28", "Enter the usual and customary charge; the Department prices items without a fee by invoice."),
    ("29-31", "For therapy, home health and other visits."),
    ("36", "State what the recipient cannot do without the item. Attach the order, the notes of the examination, test "
           "results, and for mobility devices the evaluation by a licensed therapist."),
    ("37-40", "The practitioner must sign in ink. Stamps and signatures of staff are not accepted."),
)  # fmt: skip
_MAIL = (
    "Mail: Prior Approval Unit, PO Box 90017, Capitol Station. Providers who fax need not mail the original. A "
    "decision is sent to the supplier, the practitioner and the recipient, who may ask for a fair hearing within sixty "
    "days of the notice. The Department does not discriminate; interpreters are free of charge."
)


def draw(sheet: Sheet) -> None:
    """Print the instructions on a sheet."""
    sheet.centred(44, "INSTRUCTIONS FOR FORM DMA-3046", font="Times-Bold", size=12)
    sheet.centred(58, "(Keep this sheet. It need not be faxed.)", font=SERIF, size=9)
    y = sheet.paragraph(LEFT, 80, _GENERAL, width=RIGHT - LEFT, size=9, leading=11) + 6
    sheet.text(LEFT, y, "Item", font=BOLD, size=8.5)
    sheet.text(LEFT + 46, y, "Entry", font=BOLD, size=8.5)
    sheet.line(LEFT, y + 3, RIGHT, y + 3, weight=0.6)
    y += 14
    for item, text in _ITEMS:
        sheet.text(LEFT, y, item, font=BOLD, size=8.5)
        y = sheet.paragraph(LEFT + 46, y, text, width=RIGHT - LEFT - 46, size=8.8, leading=10.8) + 3
    box = Box(LEFT, y + 4, RIGHT, y + 44)
    sheet.frame(box, weight=0.7)
    grid.small_print(sheet, Box(LEFT + 5, y + 7, RIGHT - 5, y + 44), _MAIL, size=8, font=SERIF)
    sheet.text(LEFT, 764, "DMA-3046 (2-26) reverse", size=6.5)

"""What a chart tells besides the complaint: other conditions with their drugs, surgeries, allergies, family, habits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from samples.scenarios.chart import Chart, vitals

# Conditions with the drug that goes with them, its dose and how it is taken, and the age from which they are common.
_CONDITIONS = (
    ("Hypertension", "lisinopril", "20 mg", "1 tab PO daily", 35),
    ("Hypertension", "amlodipine", "5 mg", "1 tab PO daily", 35),
    ("Hyperlipidemia", "atorvastatin", "40 mg", "1 tab PO at bedtime", 35),
    ("Type 2 diabetes mellitus, A1c 7.1", "metformin", "1000 mg", "1 tab PO BID with meals", 38),
    ("Hypothyroidism", "levothyroxine", "75 mcg", "1 tab PO every morning", 25),
    ("GERD", "omeprazole", "20 mg", "1 cap PO daily before breakfast", 22),
    ("Depression", "sertraline", "50 mg", "1 tab PO daily", 18),
    ("Anxiety", "buspirone", "10 mg", "1 tab PO BID", 18),
    ("Vitamin D deficiency", "cholecalciferol", "2000 units", "1 cap PO daily", 18),
    ("Seasonal allergic rhinitis", "cetirizine", "10 mg", "1 tab PO daily PRN", 18),
    ("Gout", "allopurinol", "100 mg", "1 tab PO daily", 45),
    ("Iron deficiency anemia", "ferrous sulfate", "325 mg", "1 tab PO every other day", 18),
    ("BPH", "tamsulosin", "0.4 mg", "1 cap PO nightly", 55),
    ("Osteopenia", "calcium carbonate", "600 mg", "1 tab PO BID", 55),
    ("Insomnia", "trazodone", "50 mg", "1/2 to 1 tab PO at bedtime PRN", 25),
    ("CKD stage 3a", "dapagliflozin", "10 mg", "1 tab PO daily", 55),
)
_SURGERIES = ("appendectomy in childhood", "cholecystectomy 2009", "tonsillectomy", "wisdom teeth", "hernia repair",
              "colonoscopy with polypectomy 2021", "cataract extraction OU")  # fmt: skip
_ALLERGIES = ("NKDA", "No known drug allergies", "Penicillin (hives)", "Sulfa - rash", "Codeine (nausea)",
              "Latex; shellfish", "IV contrast - mild itching in 2017", "NKDA. Environmental: ragweed")  # fmt: skip
_FAMILY = (
    "Father with CAD, MI at 61. Mother alive and well. No FH of early stroke.",
    "Mother: rheumatoid arthritis and hypothyroidism. Father d. 74, colon cancer. Two sibs healthy.",
    "Mat. aunt with breast CA. Father HTN, DM2. Otherwise noncontributory.",
    "Noncontributory.",
    "Brother has sleep apnea on CPAP. Mother with osteoporosis, hip fracture at 79.",
    "Adopted; family history unknown.",
    "Both parents with DM2. Grandfather had psoriasis. No autoimmune disease in sibs.",
    "Sister with migraine. Father: COPD, was a smoker. Mother: stroke at 70.",
)
_SOCIAL = (
    "Never smoker. Rare EtOH. No drugs. {work}.",
    "Former smoker, 12 pack-yrs, quit >10 yrs ago. Wine on weekends. {work}.",
    "Denies tobacco. 1-2 beers/wk. {work}. Lives with spouse, feels safe at home.",
    "Smokes 1/4 ppd, counselled to quit today. No illicits. {work}.",
    "Lives alone in 2nd floor apartment, elevator. No tobacco or alcohol. {work}.",
)
_WORK = ("Works as a warehouse picker", "School bus driver", "Office work, sits most of the day", "Retail cashier",
         "Home health aide, lifts pts", "Self-employed, drywall", "Teacher, 4th grade", "Line cook",
         "Works nights at a bakery", "Postal carrier", "Accountant", "Stay-at-home parent")  # fmt: skip
_HEADINGS = (
    ("Past Medical History", "Past Surgical History", "Current Medications", "Allergies", "Family History",
     "Social History"),
    ("PMH", "PSH", "MEDS", "ALL", "FH", "SH"),
    ("Medical history", "Surgeries", "Medications", "Allergies", "Family hx", "Social hx"),
)  # fmt: skip


_INSTRUCTIONS = (
    "Call the office or use the portal for new or worsening symptoms. Go to the ED for chest pain, trouble breathing,"
    " sudden weakness. Bring all medication bottles to the next visit.",
    "Handout given and reviewed, pt repeats it back. Questions answered. Continue current medications as listed.",
    "Diet and activity as discussed. Pt understands the plan and agrees. Interpreter not needed.",
)
_MAINTENANCE = (
    "Influenza vaccine due this fall. Colorectal screening up to date. Tdap 2019. Depression screen PHQ-2: 0.",
    "COVID and flu vaccines offered, pt will think about it. Fall risk screen done. Advance directive on file.",
    "Lipids due at next visit. Eye exam within the year per pt. Tobacco status reviewed.",
)
_TIME = (
    "Total time on the date of the encounter {minutes} minutes, including review of records and documentation.",
    "I spent {minutes} min with the patient, more than half in counseling and coordination of care.",
    "Medical decision making: moderate. {minutes} minutes. Parts of this note were made with speech recognition.",
)


@dataclass(frozen=True, slots=True)
class Background:
    """`drugs` are (name, dose, how it is taken, what for)."""

    conditions: tuple[str, ...]
    drugs: tuple[tuple[str, str, str, str], ...]
    surgeries: str
    allergies: str
    family: str
    social: str
    headings: tuple[str, ...]

    def sections(self) -> tuple[tuple[str, str], ...]:
        """The headed sections of a note."""
        numbered = "  ".join(f"{place}. {text}." for place, text in enumerate(self.conditions, 1)) or "None."
        drugs = "; ".join(f"{name} {dose} {how}" for name, dose, how, _ in self.drugs) or "None"
        texts = (numbered, f"{self.surgeries}.", f"{drugs}.", f"{self.allergies}.", self.family, self.social)
        return tuple(zip(self.headings, texts, strict=True))


def background(
    chart: Chart,
    *,
    drugs: Collection[tuple[str, str, str, str]] = (),
    conditions: Collection[str] = (),
    surgeries: str = "",
    without: Collection[str] = (),
    social: str = "",
) -> Background:
    """Make up a background to the given drugs, conditions and surgeries; `without` are words no condition may have."""
    rng = chart.rng
    fitting = [one for one in _CONDITIONS if chart.age >= one[4] and (one[0] != "BPH" or chart.patient.sex == "male")]
    fitting = [one for one in fitting if not any(word.casefold() in one[0].casefold() for word in without)]
    chosen: dict[str, tuple[str, str, str, str, int]] = {}
    for one in rng.sample(fitting, k=min(len(fitting), rng.randint(1, 4))):
        chosen.setdefault(one[0], one)
    old = [one for one in _SURGERIES if "cataract" not in one or chart.age > 62]
    had = surgeries or rng.choice(("None", *old, f"{old[0]}; {old[1]}"))
    work = "Retired" if chart.age > 66 else rng.choice(_WORK)
    return Background(
        conditions=(*conditions, *chosen),
        drugs=(*drugs, *((name, dose, how, what) for what, name, dose, how, _ in chosen.values())),
        surgeries=had[0].upper() + had[1:],
        allergies=rng.choice(_ALLERGIES),
        family=rng.choice(_FAMILY),
        social=social or rng.choice(_SOCIAL).format(work=work),
        headings=rng.choice(_HEADINGS),
    )


def usual(chart: Chart, *, spo2: str = "", bp: tuple[int, int] | None = None) -> dict[str, object]:
    """The words for the parts of a note that are much the same in all: {general}, {review} and {vitals}."""
    return {
        "general": general_exam(chart),
        "review": normal_review(chart),
        "vitals": vitals(chart, spo2=spo2, bp=bp),
    }


def normal_review(chart: Chart) -> str:
    """A review of systems without findings."""
    return chart.say(
        (
            "Const: no fever, chills or wt loss. CV: no CP or palpitations. Resp: no cough, no SOB. GI: no N/V."
            " GU: no dysuria. Psych: denies SI.",
            "Denies fever, night sweats, unintended weight loss. Denies chest pain, dyspnea, abd pain, urinary sx. "
            "All other systems reviewed and negative.",
            "10-pt ROS neg except per HPI. Specifically no F/C, no rash, no syncope.",
        )
    )


def general_exam(chart: Chart) -> str:
    """The general part of an examination, without findings."""
    return chart.say(
        (
            "Gen: NAD, well appearing. HEENT: NCAT, MMM. Lungs: CTAB, no wheeze. CV: RRR, no m/r/g. Abd: soft, NT/ND."
            " Ext: no edema.",
            "Alert, oriented x3, comfortable. Heart regular, no murmur. Lungs clear bilat. Abdomen benign. Skin ok.",
            "General appearance normal, no acute distress. Neck supple, no LAD. Chest clear. Cor RRR. Extremities warm,"
            " no cyanosis.",
        )
    )


def closing(chart: Chart) -> tuple[tuple[str, str], ...]:
    """The sections with which programs end a note, some of them or none."""
    rng = chart.rng
    sections = (
        (rng.choice(("Patient instructions", "Patient Education", "After visit")), rng.choice(_INSTRUCTIONS)),
        (rng.choice(("Health maintenance", "Preventive care", "Screening")), rng.choice(_MAINTENANCE)),
        (
            rng.choice(("Time", "Attestation", "Visit time")),
            chart.say(_TIME, {"minutes": rng.choice((20, 25, 32, 40, 45))}),
        ),
    )
    return tuple(section for section in sections if rng.random() < 0.45)

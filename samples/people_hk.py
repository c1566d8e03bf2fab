"""Patients, doctors, hospitals and policies of Hong Kong that do not exist.

Identity card numbers begin with X alone, which is none of the single letters that cards are known to bear, and pass
their check digit, as a reader checks it. Telephone numbers are 5550 with four digits more; streets, hospitals and
insurers are of no one.
"""

from __future__ import annotations

import datetime as dt
import random

from models.identifiers import hkid_ok
from samples.case import Policy
from samples.fictions import Address, Person, Practitioner

INSURERS = (
    "Kestrel Harbour Life Assurance Limited",
    "Nine Lanterns Insurance Company Limited",
    "Pearl Orchid Medical Assurance (Asia) Limited",
    "Silver Junk General Insurance Limited",
)
HOSPITALS = (
    ("Kingfisher Bay Hospital", "翠鳥灣醫院"),
    ("St. Odile Hospital", "聖奧迪醫院"),
    ("Lotus Ridge Medical Centre", "蓮脊醫療中心"),
    ("Tai Yuen Convalescent Hospital", "泰源療養醫院"),
)
WARDS = ("Standard ward", "Semi-private room", "Private room")
COMPLEXITIES = ("Minor", "Intermediate", "Major", "Complex")
RELATIONSHIPS = ("Self", "Spouse", "Parent", "Employer")
FAMILIES = (
    ("Chan", "陳"), ("Wong", "黃"), ("Leung", "梁"), ("Cheung", "張"), ("Lau", "劉"), ("Ho", "何"), ("Kwok", "郭"),
    ("Tsang", "曾"), ("Yip", "葉"), ("Mak", "麥"), ("Szeto", "司徒"), ("Au Yeung", "歐陽"), ("Fung", "馮"),
)  # fmt: skip
WOMEN = (
    ("Ka Wai", "嘉慧"), ("Wing Sze", "詠詩"), ("Mei Ling", "美玲"), ("Sau Ying", "秀英"), ("Hoi Yan", "凱欣"),
    ("Lai Kuen", "麗娟"), ("Tsz Ching", "芷晴"), ("Pui Shan", "佩珊"),
)  # fmt: skip
MEN = (
    ("Chi Keung", "志強"), ("Ka Ming", "家明"), ("Wing Fai", "永輝"), ("Tsz Hin", "子軒"), ("Kwok Wah", "國華"),
    ("Siu Lun", "小麟"), ("Ho Yin", "浩然"), ("Man Chung", "文聰"),
)  # fmt: skip
_STREETS = ("Kestrel Path", "Lantern Hill Road", "Wisteria Terrace", "Stone Quay Street", "Banyan Lane")
_COURTS = ("Wisteria Court", "Jade Heron Mansion", "Tower 3, Plum Garden", "Block B, Harvest Villa", "Luk Fung House")
_DISTRICTS = ("Kowloon", "New Territories", "Hong Kong")


def patient(rng: random.Random, *, born: tuple[int, int] = (1948, 2001)) -> Person:
    """Make up an insured person born in the years `born` (both included), with a name in both scripts."""
    sex = rng.choice(("female", "male"))
    given, given_zh = rng.choice(WOMEN if sex == "female" else MEN)
    family, family_zh = rng.choice(FAMILIES)
    return Person(
        given=given,
        family=family,
        sex=sex,
        birth_date=dt.date(rng.randint(*born), rng.randint(1, 12), rng.randint(1, 28)),
        member_id=f"{rng.randint(1_000_000, 9_999_999)}-{rng.randint(0, 3):02d}",
        group_number="",
        phone=phone(rng),
        address=address(rng),
        name_zh=family_zh + given_zh,
        hkid=hkid(rng),
    )


def doctor(rng: random.Random, specialty: str) -> Practitioner:
    """Make up an attending doctor with a registration number of the form M00000; there is no NPI in Hong Kong."""
    given, given_zh = rng.choice(WOMEN + MEN)
    family, family_zh = rng.choice(FAMILIES)
    return Practitioner(
        given=given,
        family=family,
        credential="",
        specialty=specialty,
        organization=f"{family} {given.split()[0]} {specialty} Clinic",
        npi="",
        tin="",
        phone=phone(rng),
        fax=phone(rng),
        contact=f"{rng.choice(WOMEN)[0]} {rng.choice(FAMILIES)[0]}",
        address=address(rng),
        name_zh=f"{family_zh}{given_zh}醫生",
        license_number=f"M0{rng.randint(1000, 9999)}",
    )


def hospital(rng: random.Random) -> Practitioner:
    """Make up a private hospital; its name is the `organization`."""
    name, name_zh = rng.choice(HOSPITALS)
    return Practitioner(
        given="",
        family="",
        credential="",
        specialty="",
        organization=name,
        npi="",
        tin="",
        phone=phone(rng),
        fax=phone(rng),
        contact="",
        address=address(rng),
        name_zh=name_zh,
    )


def policy(rng: random.Random, who: Person, *, symptoms: str, onset_on: dt.date, consulted_on: dt.date) -> Policy:
    """Make up the policy of `who`: its holder, ward class, surgical category and estimated fees."""
    relationship = rng.choice(RELATIONSHIPS)
    surgeon = rng.choice((18_000, 28_500, 42_000, 65_000, 98_000))
    estimates = (
        ("Surgeon's fee", surgeon),
        ("Anaesthetist's fee", surgeon * 35 // 100),
        ("Operating theatre charges", rng.choice((9_800, 12_400, 17_250, 22_000))),
        ("Attending doctor's daily fee", rng.choice((1_500, 2_200, 3_600))),
        ("Hospital charges", rng.choice((14_600, 21_300, 36_750, 52_000))),
    )
    return Policy(
        number=rng.choice((f"H{rng.randint(10_000_000, 99_999_999)}", f"MP-{rng.randint(100_000, 999_999)}-8")),
        holder=_holder(rng, who, relationship),
        relationship=relationship,
        ward_class=rng.choice(WARDS),
        symptoms=symptoms,
        onset_on=onset_on,
        first_consulted_on=consulted_on,
        surgical_category=rng.choice(COMPLEXITIES),
        estimates=estimates[: rng.randint(3, 5)],
        guarantee=rng.random() < 0.75,
        other_insurer=rng.choice(("", "", *(name for name in INSURERS))),
        same_condition_before=rng.choice(("", "No", "No")),
    )


def written(who: Person | Practitioner, *, capitals: bool = False) -> str:
    """A name as Hong Kong writes it, family name first in capitals: CHAN Ka Wai."""
    return f"{who.family} {who.given}".upper() if capitals else f"{who.family.upper()} {who.given}"


def hkid(rng: random.Random) -> str:
    """An identity card number that no card bears and that passes its check: X123456(9)."""
    body = f"X{rng.randint(0, 999_999):06d}"
    return next(number for check in "0123456789A" if hkid_ok(number := f"{body}({check})"))


def phone(rng: random.Random) -> str:
    """Eight digits that begin with 5550."""
    return f"5550{rng.randint(0, 9999):04d}"


def address(rng: random.Random) -> Address:
    """A flat in a building that stands nowhere; there is no postal code."""
    flat = f"Flat {rng.choice('ABCDEFGH')}, {rng.randint(1, 38)}/F"
    line = f"{flat}, {rng.choice(_COURTS)}, {rng.randint(1, 188)} {rng.choice(_STREETS)}"
    return Address(line, rng.choice(_DISTRICTS), "", "")


def spaced(digits: str) -> str:
    """A telephone number as it is written: 5550 1234."""
    return f"{digits[:4]} {digits[4:]}"


def _holder(rng: random.Random, who: Person, relationship: str) -> str:
    if relationship == "Self":
        return written(who)
    if relationship == "Employer":
        return rng.choice(("Brightwater Trading Company Limited", "Harvest Lantern Foods Limited"))
    given, _ = rng.choice(MEN if who.sex == "female" else WOMEN)
    return f"{who.family.upper()} {given}"

"""A made directory of members, and what a fax would say of them: households, twins, juniors, movers, Chinese names.

Seeded: the same number and seed give the same people. All of them are invented.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from models.directory import Member

Kind = Literal["present", "twin", "sibling", "junior", "spouse", "stranger"]

_WOMEN_WORDS = (
    "MARY PATRICIA LINDA BARBARA ELIZABETH JENNIFER MARIA SUSAN MARGARET DOROTHY LISA NANCY KAREN BETTY HELEN SANDRA "
    "DONNA CAROL RUTH SHARON MICHELLE LAURA SARAH KIMBERLY DEBORAH JESSICA SHIRLEY CYNTHIA ANGELA MELISSA BRENDA AMY "
    "ANNA REBECCA VIRGINIA KATHLEEN PAMELA MARTHA DEBRA AMANDA STEPHANIE CAROLYN CHRISTINE MARIE JANET CATHERINE "
    "FRANCES ANN JOYCE DIANE ALICE JULIE HEATHER TERESA DORIS GLORIA EVELYN JEAN CHERYL MILDRED KATHERINE JOAN ASHLEY "
    "JUDITH ROSE JANICE KELLY NICOLE JUDY CHRISTINA KATHY THERESA BEVERLY DENISE TAMMY IRENE JANE LORI RACHEL MARILYN "
    "ANDREA KATHRYN LOUISE SARA ANNE JACQUELINE WANDA BONNIE JULIA RUBY LOIS TINA PHYLLIS NORMA PAULA DIANA ANNIE "
    "LILLIAN EMILY ROBIN PEGGY CRYSTAL GLADYS RITA DAWN CONNIE FLORENCE TRACY EDNA TIFFANY CARMEN ROSA CINDY GRACE "
    "WENDY VICTORIA EDITH KIM SHERRY SYLVIA JOSEPHINE THELMA SHANNON SHEILA ETHEL ELLEN ELAINE MARJORIE CARRIE "
    "CHARLOTTE MONICA ESTHER PAULINE EMMA JUANITA ANITA RHONDA HAZEL AMBER EVA DEBBIE APRIL LESLIE CLARA LUCILLE "
    "JAMIE JOANNE ELEANOR VALERIE DANIELLE MEGAN ALICIA SUZANNE MICHELE GAIL BERTHA DARLENE VERONICA JILL ERIN "
    "GERALDINE LAUREN CATHY JOANN LORRAINE LYNN SALLY REGINA ERICA BEATRICE DOLORES BERNICE AUDREY YVONNE ANNETTE "
    "JUNE SAMANTHA MARION DANA STACY ANA RENEE IDA VIVIAN ROBERTA HOLLY BRITTANY MELANIE LORETTA YOLANDA JEANETTE "
    "LAURIE KATIE KRISTEN VANESSA ALMA SUE ELSIE BETH JEANNE VICKI CARLA TARA ROSEMARY EILEEN TERRI GERTRUDE LUCY "
    "TONYA ELLA KAYLA HAYLEE KYLIE KAYLEE BAILEE MARLA MYRA MAYA AVA EVE MIA NIA LEAH LENA DENA GINA NINA"
)
_WOMEN = _WOMEN_WORDS.split()
_MEN_WORDS = (
    "JAMES JOHN ROBERT MICHAEL WILLIAM DAVID RICHARD CHARLES JOSEPH THOMAS CHRISTOPHER DANIEL PAUL MARK DONALD GEORGE "
    "KENNETH STEVEN EDWARD BRIAN RONALD ANTHONY KEVIN JASON MATTHEW GARY TIMOTHY JOSE LARRY JEFFREY FRANK SCOTT ERIC "
    "STEPHEN ANDREW RAYMOND GREGORY JOSHUA JERRY DENNIS WALTER PATRICK PETER HAROLD DOUGLAS HENRY CARL ARTHUR RYAN "
    "ROGER JOE JUAN JACK ALBERT JONATHAN JUSTIN TERRY GERALD KEITH SAMUEL WILLIE RALPH LAWRENCE NICHOLAS ROY BENJAMIN "
    "BRUCE BRANDON ADAM HARRY FRED WAYNE BILLY STEVE LOUIS JEREMY AARON RANDY HOWARD EUGENE CARLOS RUSSELL BOBBY "
    "VICTOR MARTIN ERNEST PHILLIP TODD JESSE CRAIG ALAN SHAWN CLARENCE SEAN PHILIP CHRIS JOHNNY EARL JIMMY ANTONIO "
    "DANNY BRYAN TONY LUIS MIKE STANLEY LEONARD NATHAN DALE MANUEL RODNEY CURTIS NORMAN ALLEN MARVIN VINCENT GLENN "
    "JEFFERY TRAVIS JEFF CHAD JACOB LEE MELVIN ALFRED KYLE FRANCIS BRADLEY JESUS HERBERT FREDERICK RAY JOEL EDWIN DON "
    "EDDIE RICKY TROY RANDALL BARRY ALEXANDER BERNARD MARIO LEROY FRANCISCO MARCUS MICHEAL THEODORE CLIFFORD MIGUEL "
    "OSCAR JAY JIM TOM CALVIN ALEX JON RONNIE BILL LLOYD TOMMY LEON DEREK WARREN DARRELL JEROME FLOYD LEO ALVIN TIM "
    "WESLEY GORDON DEAN GREG JORGE DUSTIN PEDRO DERRICK DAN LEWIS ZACHARY COREY HERMAN MAURICE VERNON ROBERTO CLYDE "
    "GLEN HECTOR SHANE RICARDO SAM RICK LESTER BRENT RAMON CHARLIE TYLER GILBERT GENE JAYDEN HAYDEN AIDEN KAYDEN "
    "BRAYDEN JADEN CADEN MASON JASPER JORDAN LOGAN LIAM NOAH ETHAN EVAN IVAN IAN DYLAN DION DEON LEVI ELI KAI"
)
_MEN = _MEN_WORDS.split()
_COMMON_WORDS = (
    "SMITH JOHNSON WILLIAMS BROWN JONES GARCIA MILLER DAVIS RODRIGUEZ MARTINEZ HERNANDEZ LOPEZ GONZALEZ WILSON "
    "ANDERSON THOMAS TAYLOR MOORE JACKSON MARTIN LEE PEREZ THOMPSON WHITE HARRIS SANCHEZ CLARK RAMIREZ LEWIS ROBINSON "
    "WALKER YOUNG ALLEN KING WRIGHT SCOTT TORRES NGUYEN HILL FLORES GREEN ADAMS NELSON BAKER HALL RIVERA CAMPBELL "
    "MITCHELL CARTER ROBERTS GOMEZ PHILLIPS EVANS TURNER DIAZ PARKER CRUZ EDWARDS COLLINS REYES STEWART MORRIS "
    "MORALES MURPHY COOK ROGERS GUTIERREZ ORTIZ MORGAN COOPER PETERSON BAILEY REED KELLY HOWARD RAMOS KIM COX WARD "
    "RICHARDSON WATSON BROOKS CHAVEZ WOOD JAMES BENNETT GRAY MENDOZA RUIZ HUGHES PRICE ALVAREZ CASTILLO SANDERS PATEL "
    "MYERS LONG ROSS FOSTER JIMENEZ"
)
_COMMON = _COMMON_WORDS.split()
_STARTS_WORDS = (
    "BAR BEL BRAN CAL CAR CHAN COR DAL DAN DEL DOR EL FAR FEN GAR GOR HAL HAR HOL KEL KIR LAN LOR MAR MEL MOR NOR OR "
    "PEL PER QUIN RAN ROS SAL SAN SEL SHEL STAN TAL THOR TOR VAL VAN WAL WES WIL WOL YAR ZEL A BE DER DI DO EN ER GA "
    "I KA LA LE LI MA MEN NE O RA RI SA SE TE TI VA VE ZA"
)
_STARTS = _STARTS_WORDS.split()
_ENDS_WORDS = (
    "BERG BY DALE DEN DORF FIELD FORD GAN HAM HEIM INI KER LAND LEY LING MAN MARK MORE NER NEZ OVA SEN SKI SON STEIN "
    "STON TON TTI VICH WELL WICK WORTH YER ZAK"
)
_ENDS = _ENDS_WORDS.split()
_MIDDLES_WORDS = "A BE DER DI DO EN ER GA I KA LA LE LI MA MEN NE O RA RI SA SE TE TI VA VE ZA"
_MIDDLES = _MIDDLES_WORDS.split()
_CHINESE_FAMILY = (
    ("CHAN", "陳"), ("WONG", "黃"), ("LEE", "李"), ("CHEUNG", "張"), ("LAU", "劉"), ("WANG", "王"), ("NG", "吳"),
    ("CHENG", "鄭"), ("LEUNG", "梁"), ("LAM", "林"), ("HO", "何"), ("YEUNG", "楊"), ("TSANG", "曾"), ("CHOW", "周"),
)  # fmt: skip
_CHINESE_GIVEN = (
    ("TAI", "大"), ("MAN", "文"), ("SIU", "小"), ("MING", "明"), ("KA", "家"), ("WAI", "偉"), ("CHI", "志"),
    ("YUK", "玉"), ("LAN", "蘭"), ("MEI", "美"), ("LING", "玲"), ("KWOK", "國"), ("KEUNG", "強"), ("WING", "詠"),
    ("YAN", "欣"), ("SUK", "淑"), ("FONG", "芳"), ("CHUN", "俊"), ("KIT", "傑"), ("HIN", "軒"), ("YIN", "賢"),
    ("HO", "豪"),
)  # fmt: skip
_STREETS_WORDS = (
    "OAK MAPLE CEDAR PINE ELM WALNUT CHESTNUT WILLOW BIRCH ASPEN LARCH JUNIPER LAKE HILL RIVER PARK SPRING CHURCH "
    "MILL BRIDGE MEADOW SUNSET HIGHLAND FOREST RIDGE VALLEY ORCHARD CANYON HARBOR PRAIRIE"
)
_STREETS = _STREETS_WORDS.split()
_KINDS = ("St", "Street", "Ave", "Avenue", "Rd", "Road", "Dr", "Drive", "Ln", "Lane", "Ct", "Blvd", "Way", "Pl")


class Drawn:
    """Draws from a list, the first most often: the n-th in proportion to 1 / (n + shift)."""

    def __init__(self, names: Sequence[str], shift: float) -> None:
        """Take the names."""
        self._names = names
        self._sums = list(accumulate(1 / (at + shift) for at in range(1, len(names) + 1)))

    def one(self, rng: random.Random) -> str:
        """A name."""
        return self._names[bisect(self._sums, rng.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: whom it was made of, and what is right: the member's number, None for one who is not there."""

    query: Member
    right: str | None
    kind: Kind


class World:
    """Makes households one after the other."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        rare = list({a + m + e for a in _STARTS for m in ("", *_MIDDLES) for e in _ENDS})
        rare.sort()
        random.Random(1).shuffle(rare)
        self._family = Drawn([*_COMMON, *rare], 8)
        self._women, self._men = Drawn(_WOMEN, 12), Drawn(_MEN, 12)
        self._number = 0
        self._towns = [(f"{a.title()}{e.lower()}", f"{10000 + 37 * at:05d}") for at, (a, e) in enumerate(
            (a, e) for a in _STARTS for e in _ENDS)]  # fmt: skip

    def households(self) -> Iterator[tuple[tuple[Member, ...], Kind]]:
        """Households for ever; the kind tells what is special about the last member, else "stranger"."""
        while True:
            yield self._household()

    def _household(self) -> tuple[tuple[Member, ...], Kind]:
        rng = self._rng
        self._number += 1
        chinese = rng.random() < 0.03
        family, family_zh = rng.choice(_CHINESE_FAMILY) if chinese else (self._surname(), "")
        base = self._at_home(family)
        head_born = _day(rng, 1935, 2003)
        people = [self._person(base, rng.choice("FM"), head_born, family_zh)]
        kind: Kind = "stranger"
        if rng.random() < 0.5:
            spouse = self._person(base, "M" if people[0].sex == "F" else "F", _near(rng, head_born), family_zh)
            if rng.random() < 0.12:
                spouse = replace(spouse, family_name=self._surname().title())
            people.append(spouse)
            kind = "spouse"
        for _ in range(rng.choice((0, 0, 1, 1, 2, 2, 3)) if rng.random() < 0.7 else 0):
            born = _near(rng, head_born + dt.timedelta(days=365 * 28))
            people.append(self._person(base, rng.choice("FM"), born, family_zh))
            kind = "sibling" if len(people) > 3 else "stranger"
        last = people[-1]
        if len(people) > 2 and rng.random() < 0.06:
            people.append(self._person(base, rng.choice("FM"), dt.date.fromisoformat(last.birth_date), family_zh))
            kind = "twin"
        elif people[0].sex == "M" and rng.random() < 0.05 and not chinese:
            born = _near(rng, head_born + dt.timedelta(days=365 * 28))
            suffix = rng.choice(("", " Jr", " Jr.", " II"))
            junior = self._person(base, "M", born, family_zh)
            people.append(replace(junior, given_name=people[0].given_name, family_name=people[0].family_name + suffix))
            kind = "junior"
        names = [one.given_name.split()[0] for one in people]
        if kind != "junior" and len(set(names)) < len(names):
            return self._household()
        return tuple(self._numbered(people)), kind

    def _numbered(self, people: Sequence[Member]) -> Iterator[Member]:
        rng = self._rng
        own = rng.random() < 0.5
        number = 20_000_000 + self._number * 7
        for at, one in enumerate(people, 1):
            text = f"{rng.choice('ABCDEHKMRTWXZ')}{rng.randrange(10**8):08d}" if own else f"{number:08d}{at:02d}"
            text = text + str(self._number % 10) if own else text
            old = f"{rng.randrange(10**10):010d}" if rng.random() < 0.15 else ""
            yield replace(one, member_id=text, alt_id=old)

    def _surname(self) -> str:
        rng = self._rng
        name = self._family.one(rng)
        draw = rng.random()
        if draw < 0.03:
            return f"{name.title()}-{self._family.one(rng).title()}"
        if draw < 0.05:
            return f"{name.title()} {self._family.one(rng).title()}"
        return f"De La {name.title()}" if draw < 0.055 else name.title()

    def _at_home(self, family: str) -> Member:
        rng = self._rng
        city, postal = rng.choice(self._towns)
        line = f"{rng.randrange(1, 9999)} {rng.choice(_STREETS).title()} {rng.choice(_KINDS)}"
        return Member(
            family_name=family.title() if family.isupper() else family,
            phone=f"{rng.randrange(201, 989)}{rng.randrange(10**7):07d}",
            address_line=line + (f" Apt {rng.randrange(1, 40)}" if rng.random() < 0.3 else ""),
            city=city,
            state=rng.choice(("TX", "CA", "OH", "NY")),
            postal_code=postal,
            payer_id="us-medicaid",
            effective_on=_day(rng, 2022, 2026).isoformat(),
        )

    def _person(self, base: Member, sex: str, born: dt.date, family_zh: str) -> Member:
        rng = self._rng
        phone = base.phone if rng.random() < 0.7 else f"{rng.randrange(201, 989)}{rng.randrange(10**7):07d}"
        given, zh = (self._women if sex == "F" else self._men).one(rng).title(), ""
        if family_zh:
            one, other = rng.choice(_CHINESE_GIVEN), rng.choice(_CHINESE_GIVEN)
            given, zh = f"{one[0].title()} {other[0].title()}", family_zh + one[1] + other[1]
        elif rng.random() < 0.3:
            given += f" {rng.choice('ABCDEFGHJKLMNPRSTW')}"
        return replace(base, given_name=given, sex=sex, birth_date=born.isoformat(), phone=phone, name_zh=zh)


def _day(rng: random.Random, first: int, last: int) -> dt.date:
    return dt.date(first, 1, 1) + dt.timedelta(days=rng.randrange(365 * (last - first)))


def _near(rng: random.Random, born: dt.date) -> dt.date:
    near = born + dt.timedelta(days=rng.randrange(-1800, 1800))
    return near if near < dt.date(2026, 1, 1) else _day(rng, 2010, 2025)


# What a scan makes of a character.
_CONFUSED = {
    "0": "O8", "1": "I7l", "2": "Z7", "3": "8", "4": "9", "5": "S6", "6": "8G5", "7": "1", "8": "3B", "9": "4g",
    "A": "4R", "B": "8R", "C": "GO", "D": "O0", "E": "FC", "F": "EP", "G": "C6", "H": "NM", "I": "1l", "J": "I",
    "K": "X", "L": "I1", "M": "N", "N": "M", "O": "0Q", "P": "F", "Q": "O", "R": "B", "S": "5", "T": "I", "U": "V",
    "V": "UY", "W": "VV", "X": "K", "Y": "V", "Z": "2", "a": "oe", "b": "h6", "c": "eo", "d": "cl", "e": "c", "f": "t",
    "g": "q9", "h": "b", "i": "l1", "l": "1I", "m": "rn", "n": "ri", "o": "0c", "q": "g", "r": "n", "s": "5", "t": "f",
    "u": "v", "v": "u", "w": "vv", "y": "v", "z": "2",
}  # fmt: skip


def misread(text: str, rate: float, rng: random.Random) -> str:
    """A text as a scan may have it: each character is misread with a chance of `rate`, some are lost or added."""
    made = []
    for character in text:
        draw = rng.random()
        if draw >= rate or not character.isalnum():
            made.append(character)
        elif draw < rate * 0.75 and character in _CONFUSED:
            options = _CONFUSED[character]
            made.append(options if options in {"rn", "cl", "vv", "VV", "ri"} else rng.choice(options))
        elif draw < rate * 0.85:
            made.append(rng.choice("0123456789" if character.isdigit() else "abcdefghiklmnoprstuvwxyz"))
        elif draw < rate * 0.95:
            continue
        else:
            made.append(character * 2)
    return "".join(made)


def query(member: Member, rng: random.Random) -> Member:
    """What a faxed form says of a member: fields are missing, written otherwise, and misread."""
    said = _written(member, rng)
    rate = rng.choice((0.0, 0.005, 0.01, 0.02, 0.04))
    missing = {"member_id": 0.12, "birth_date": 0.02, "given_name": 0.004, "sex": 0.25, "phone": 0.4, "address": 0.35}
    for field, chance in missing.items():
        if rng.random() < chance:
            gone = ("address_line", "city", "state", "postal_code") if field == "address" else (field,)
            said = replace(said, **dict.fromkeys(gone, ""))
    fields = ("member_id", "family_name", "given_name", "birth_date", "phone", "address_line", "city", "postal_code")
    return replace(said, **{field: misread(getattr(said, field), rate, rng) for field in fields})


def _written(member: Member, rng: random.Random) -> Member:
    family, given, number = member.family_name, member.given_name, member.member_id
    draw = rng.random()
    first = given.split()[0]
    if draw < 0.04:
        given = _familiar(first, rng)
    elif draw < 0.05:
        given = first[0]
    elif draw < 0.15:
        given = first
    elif draw < 0.16:
        family, given = given, family
    elif draw < 0.17 and "-" in family:
        family = rng.choice(family.split("-"))
    elif draw < 0.19:
        family, given = family.upper(), given.upper()
    if member.name_zh and rng.random() < 0.3:
        given = given.replace(" ", rng.choice(("", "-")))
    if member.alt_id and rng.random() < 0.3:
        number = member.alt_id
    moved = rng.random() < 0.06
    born = member.birth_date
    if rng.random() < 0.6:
        born = f"{born[5:7]}/{born[8:]}/{born[:4]}"
    return Member(
        member_id=number,
        family_name=family,
        given_name=given,
        birth_date=born,
        sex=member.sex,
        phone=member.phone,
        address_line=f"{rng.randrange(9999)} {rng.choice(_STREETS)} Court" if moved else member.address_line,
        city=member.city,
        state=member.state,
        postal_code=f"{rng.randrange(10000, 60000)}" if moved else member.postal_code,
        name_zh=member.name_zh if rng.random() < 0.5 else "",
    )


_FORMS = {
    "MARY": ["Mamie", "Molly"], "PATRICIA": ["Pat", "Patty", "Trish"], "ELIZABETH": ["Liz", "Beth", "Betty"],
    "JENNIFER": ["Jen", "Jenny"], "SUSAN": ["Sue", "Susie"], "MARGARET": ["Peggy", "Maggie"], "BARBARA": ["Barb"],
    "DOROTHY": ["Dot"], "SANDRA": ["Sandy"], "KIMBERLY": ["Kim"], "DEBORAH": ["Deb", "Debbie"], "CYNTHIA": ["Cindy"],
    "REBECCA": ["Becky"], "VIRGINIA": ["Ginny"], "KATHLEEN": ["Kathy"], "PAMELA": ["Pam"], "CATHERINE": ["Cathy"],
    "JAMES": ["Jim", "Jimmy"], "JOHN": ["Jack", "Johnny"], "ROBERT": ["Bob", "Rob", "Bobby"], "MICHAEL": ["Mike"],
    "WILLIAM": ["Bill", "Will"], "DAVID": ["Dave"], "RICHARD": ["Rick", "Dick", "Rich"], "CHARLES": ["Chuck"],
    "JOSEPH": ["Joe"], "THOMAS": ["Tom"], "CHRISTOPHER": ["Chris"], "DANIEL": ["Dan"], "DONALD": ["Don"],
    "KENNETH": ["Ken"], "STEVEN": ["Steve"], "EDWARD": ["Ed", "Ted"], "RONALD": ["Ron"], "ANTHONY": ["Tony"],
    "MATTHEW": ["Matt"], "TIMOTHY": ["Tim"], "JEFFREY": ["Jeff"], "ANDREW": ["Andy", "Drew"], "GREGORY": ["Greg"],
    "SAMUEL": ["Sam"], "BENJAMIN": ["Ben"], "NICHOLAS": ["Nick"], "LAWRENCE": ["Larry"], "ALEXANDER": ["Alex"],
    "STEPHANIE": ["Steph"], "CHRISTINE": ["Chris", "Tina"], "JACQUELINE": ["Jackie"], "VICTORIA": ["Vicky"],
    "THEODORE": ["Ted"], "FREDERICK": ["Fred"], "FRANCISCO": ["Paco"], "RAYMOND": ["Ray"], "PHILLIP": ["Phil"],
}  # fmt: skip


def _familiar(first: str, rng: random.Random) -> str:
    forms = _FORMS.get(first.upper())
    return rng.choice(forms).title() if forms else first

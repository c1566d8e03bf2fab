"""What fax servers write down about a fax, in XML, JSON or lines of keys and values, brought to one set of facts.

This runs in the throw-away child, on untrusted bytes: no entity is resolved, no DTD read, nothing is fetched. Only
`looks_like_record` is asked outside; it compares the first characters with a list of keys.
"""

from __future__ import annotations

import codecs
import datetime as dt
import email.utils
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from xml.parsers import expat

from intake.raw import RawFax

# What each server calls a fact, as letters only: Windows Fax, RightFax, XMedius, Concord, eFax, InterFAX, Sfax, HylaFAX
# and the fax-to-mail gateways of telephone systems. The first key of a record that names a fact counts.
Fact = Literal["file", "received_at", "sent_at", "number", "to", "csid", "sender", "pages", "time_only"]
_KEYS: dict[Fact, tuple[str, ...]] = {
    "received_at": (
        "receivedtime", "receivedat", "timereceived", "datereceived", "receiveddate", "receiveddatetime",
        "received", "receivetime", "receivedate", "receptiontime", "receptiondate", "faxreceivedtime",
        "faxreceiveddate", "rcvtime", "datetimereceived", "completedtime", "completiontime", "completed",
        "endtime", "transmissionend", "timestamp", "faxdatetime", "recvtime", "recvdate", "faxdate",
        "inboundtime", "transmissionendtime", "receiveddatetimeutc", "datetime", "completedat", "createdat",
        "eventtime", "arrivaltime", "arrivedat",
    ),
    "sent_at": (
        "senttime", "sentat", "datesent", "timesent", "transmissionstart", "starttime",
        "transmissionstarttime",
    ),
    "number": (
        "callerid", "calleridnumber", "callernumber", "ani", "from", "fromnumber", "fromfaxnumber",
        "senderfax", "senderfaxnumber", "sendernumber", "remotenumber", "remotefaxnumber", "faxnumber",
        "fromfax", "callingnumber", "cid", "cidnumber", "originatingnumber", "originatingfaxnumber",
        "faxfrom", "phonenumber", "sendersnumber", "originatingfaxno", "cidnum", "callingparty",
        "sourcenumber", "callid",
    ),
    "to": (
        "to", "did", "dnis", "tonumber", "tofaxnumber", "receivernumber", "recipientnumber", "recipientfax",
        "callednumber", "recipientfaxnumber", "destination", "destinationnumber", "faxto", "tofax",
        "calledparty", "ddi", "localnumber", "routedto",
    ),
    "csid": (
        "csid", "tsid", "remoteid", "remotecsid", "remotestationid", "stationid", "transmittingstationid",
        "sendercsid", "sendertsid", "remotetsid", "senderid", "remotestation", "callingsubscriberid", "rcsid",
        "receivedcsid", "fromcsid", "callerstationid", "tsi", "csi",
    ),
    "sender": (
        "sender", "sendername", "calleridname", "fromname", "callername", "cidname", "cidnam",
        "sendercompany",
    ),
    "pages": (
        "pages", "pagecount", "numberofpages", "numpages", "pagesreceived", "receivedpages", "totalpages",
        "pagetotal", "numberpages", "nopages", "npages", "faxpages", "pageno", "pagesscanned",
    ),
    "file": (
        "file", "filename", "image", "imagefile", "imagefilename", "faxfile", "faxfilename", "document",
        "documentname", "path", "filepath", "tiff", "tifffile", "attachment", "imagepath", "documentfile",
        "pdf", "pdffile", "faxfilepath",
    ),
    "time_only": (
        "time", "rcvdtime", "timeofday",
    ),
}  # fmt: skip
_DATE_ALONE = ("date", "receiveddate", "datereceived", "recvdate", "faxdate", "receivedate", "receptiondate")
_FACTS: dict[str, Fact] = {key: fact for fact, keys in _KEYS.items() for key in keys} | {"date": "received_at"}
# Keys that neither a cover sheet nor a form uses.
_TELLING = frozenset(
    {
        *_KEYS["csid"], "callerid", "calleridnumber", "ani", "dnis", "remotenumber", "cidnumber", "fromfaxnumber",
        "callid", "tofaxnumber", "remotefaxnumber", "faxreceivedtime", "receivedtime", "pagesreceived", "faxfile",
        "faxfilename", "originatingfaxnumber", "timereceived", "receptiontime", "calleridname", "callernumber",
        "fromnumber", "tonumber", "originatingfaxno", "timetorecv", "signalrate",
    }
)  # fmt: skip
# Keys that any program's data has; they tell when a fax came in only beside a telling one.
_GENERIC = frozenset({"date", "datetime", "createdat", "completed"})
# What fax servers write down beside the facts.
_BESIDE = frozenset(
    {
        "id", "uniqueid", "guid", "uuid", "jobid", "messageid", "status", "state", "result", "resultcode", "error",
        "errorcode", "errormessage", "isok", "success", "ok", "type", "event", "eventtype", "direction", "duration",
        "transmissionduration", "resolution", "quality", "speed", "baud", "baudrate", "bitrate", "ecm", "channel",
        "port", "line", "device", "devicename", "modem", "retries", "size", "filesize", "format", "mimetype",
        "contenttype", "barcode", "account", "accountid", "user", "userid", "username", "owner", "url", "fileurl",
        "downloadurl", "mediaurl", "isread", "subject", "server", "servername", "timezone", "name", "value", "key",
        "version", "country", "cost", "timetorecv", "signalrate", "dataformat", "dataencoding", "tag", "tags",
    }
)  # fmt: skip
# The share of a document's leaves that must be keys of fax servers.
_KNOWN = 0.7
_CLINICAL = re.compile(
    r"patient|member|diagnos|birth|procedure|provider|referral|(?:^|\W)(?:cpt|icd|npi|dob|services?)(?:\W|$)"
)
_LEAST = 3
_LOOK, _LONGEST = 1 << 14, 1 << 20
_DEPTH, _RECORDS = 24, 500
_LINE = re.compile(
    r"^[ \t]*[\"']?([A-Za-z][A-Za-z0-9 _./()#-]{0,38}?)[\"']?[ \t]*[:=][ \t]*(.{0,300}?)[ \t,;]*$", re.MULTILINE
)
_TAGS = re.compile(r"<\s*(?:\w+:)?([A-Za-z][\w.-]{0,38})[\s>/]|\b([A-Za-z][\w-]{0,38})\s*=\s*[\"']")
_NAMED_VALUES = re.compile(r"\b(?:name|key|id)\s*=\s*[\"']([A-Za-z][\w -]{0,38})[\"']", re.IGNORECASE)
_XML_LEAVES = re.compile(r"<\s*(?:\w+:)?([A-Za-z][\w.-]{0,38})(?:\s[^<>]{0,300})?(?:/>|>[^<]{0,300}<\s*/)")
_XML_ATTRIBUTES = re.compile(r"(?<![\w:])([A-Za-z][\w.-]{0,38})\s*=\s*[\"']")
_DECLARED = re.compile(r"<[?!][^>]{0,300}>|\bxmlns(?::\w{1,20})?\s*=|\bxsi:\w{1,30}\s*=")
_JSON_LEAVES = re.compile(r"\"([A-Za-z][\w .-]{0,38})\"\s*:\s*(?![\s{\[])")
_JSON_KEYS = re.compile(r"\"([A-Za-z][\w .-]{0,38})\"\s*:")
_SENTENCE = re.compile(r"\b(?:[a-z]{2,20} ){4}[a-z]{2,20}\b")


def is_record(content: bytes) -> bool:
    """Whether a file begins as what a fax server writes down, see `looks_like_record`."""
    head = content[:_LOOK]
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return looks_like_record(head.decode("utf-16" if wide else "utf-8", "replace"))


def looks_like_record(text: str) -> bool:
    """Whether a text begins as what a fax server writes down: at least three of its keys, one of them telling."""
    head = text[:_LOOK].lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    faxed = False
    if head.startswith("<"):
        plain = _DECLARED.sub(" ", head)
        values = _NAMED_VALUES.findall(plain)
        leaves = [*_XML_LEAVES.findall(plain), *_XML_ATTRIBUTES.findall(plain), *values]
        if not _of_faxes([tag or attribute for tag, attribute in _TAGS.findall(plain)] + values, leaves):
            return False
        keys = {_key(name) for name in leaves}
    elif head.startswith(("{", "[")) and (named := _JSON_KEYS.findall(head)):
        leaves = _JSON_LEAVES.findall(head)
        if not _of_faxes(named, leaves):
            return False
        keys = {_key(name) for name in leaves}
    else:
        lines = [line for line in head.splitlines() if line.strip()]
        keyed = _LINE.findall(head)
        if len(keyed) < 0.6 * len(lines) or _SENTENCE.search(head):
            return False
        keys, faxed = {_key(name) for name, _ in keyed}, bool(re.match(r"\[\s*\w*fax\w*", head, re.IGNORECASE))
    telling = bool(keys & _TELLING)
    facts = {_FACTS[key] for key in keys if key in _FACTS and (telling or key not in _GENERIC)}
    return len(facts) >= _LEAST and (telling or faxed) and "pages" in facts | _timed(facts)


def _of_faxes(named: Sequence[str], leaves: Sequence[str]) -> bool:
    """Whether data for programs is a fax server's: nearly all leaves are its keys, and nothing is of a patient."""
    if any(_CLINICAL.search(_words(name)) for name in named):
        return False
    known = sum((key := _key(name)) in _FACTS or key in _TELLING | _BESIDE or "fax" in key for name in leaves)
    return bool(leaves) and known >= _KNOWN * len(leaves)


def _words(name: str) -> str:
    """The words of a key, with one space between them ("memberId" and "ICD_10" are two)."""
    return re.sub(r"[^a-z]+", " ", re.sub(r"([a-z\d])([A-Z])", r"\1 \2", name).lower())


def _timed(facts: set[Fact]) -> set[Fact]:
    """A record tells pages or a time; a list of contacts tells neither."""
    return {"pages"} if facts & {"received_at", "sent_at", "time_only"} else set()


def read_records(text: str) -> tuple[RawFax, ...]:
    """The faxes that a text tells of, at most some hundreds; none where it tells of none."""
    text = text[:_LONGEST].lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("<"):
        pairs = _xml(text)
    elif text.startswith(("{", "[")) and _JSON_KEYS.search(text[:_LOOK]):
        pairs = _json(text)
    else:
        pairs = [("", key, value) for key, value in _LINE.findall(text)]
    found = [fax for group in _grouped(pairs) if (fax := _record(group)) is not None]
    return tuple(found[:_RECORDS])


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


Pair = tuple[str, str, str]
"""The path of the element that holds a key, the key, and its value."""


def _xml(text: str) -> list[Pair]:
    """Leaves and attributes of well-formed XML; of other XML what stands between tags of one name."""
    pairs: list[Pair] = []
    path: list[str] = []
    counts: list[int] = []
    content: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if len(path) >= _DEPTH:
            raise ValueError
        if counts:
            counts[-1] += 1
        name = name.rpartition(":")[2]
        path.append(f"{name}{counts[-1] if counts else 0}")
        counts.append(0)
        content.clear()
        named = {key.lower(): key for key in attributes}
        if "name" in named and "value" in named:
            pairs.append(("/".join(path[:-1]), attributes[named["name"]], attributes[named["value"]]))
            return
        pairs.extend(("/".join(path), key, value) for key, value in attributes.items())

    def end(_: str) -> None:
        place = path.pop()
        if counts.pop() == 0 and (said := "".join(content).strip()):
            pairs.append(("/".join(path), place.rstrip("0123456789"), said[:300]))
        content.clear()

    def refuse(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = content.append
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(re.sub(r"^<\?xml[^>]*\?>", "", text).encode(), True)
    except (expat.ExpatError, ValueError):
        loose = re.findall(r"<\s*(?:\w+:)?([A-Za-z][\w.-]{0,38})(?:\s[^<>]{0,200})?>([^<>]{1,300})<", text)
        return [("", key, value) for key, value in loose]
    return pairs


def _json(text: str) -> list[Pair]:
    try:
        pairs = list(_flat(json.loads(text), "", 0))
    except (ValueError, RecursionError):
        found = re.findall(r"\"([A-Za-z][\w .-]{0,38})\"\s*:\s*\"?([^\",{}\[\]]{1,300})", text)
        pairs = [("", key, value) for key, value in found]
    return pairs


def _flat(node: object, path: str, depth: int) -> Iterator[Pair]:
    if depth > _DEPTH:
        return
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                yield path, str(key), str(value)[:300]
            else:
                yield from _flat(value, f"{path}/{key}", depth + 1)
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _flat(value, f"{path}/{at}", depth + 1)


def _grouped(pairs: Sequence[Pair]) -> list[dict[Fact, str]]:
    """The facts by record: those of one element, and of the elements in it unless these repeat them.

    Where several elements tell the same facts (an index of many faxes), each of them is a record.
    """
    telling = any(_key(name) in _TELLING for _, name, _ in pairs)
    facts = [
        (path, fact, key, value)
        for path, name, value in pairs
        if (fact := _FACTS.get(key := _key(name))) and (telling or key not in _GENERIC)
    ]
    groups: dict[str, dict[Fact, str]] = {}
    for path, fact, key, value in facts:
        own = groups.setdefault(path, {})
        if key in _DATE_ALONE and "received_at" in own and not re.search(r"\d:\d", value):
            continue
        if fact == "received_at" and fact in own and _DATELESS.fullmatch(own[fact]) is None and not _alone(own[fact]):
            continue
        if fact in own and fact != "received_at":
            continue
        own[fact] = value
    full = [path for path, own in groups.items() if len(own) >= 2]
    several = len(full) > 1 and len({frozenset(groups[path]) for path in full}) < len(full)
    if several:
        return [groups[path] for path in full]
    merged: dict[Fact, str] = {}
    for own in groups.values():
        for fact, value in own.items():
            merged.setdefault(fact, value)
    return [merged]


_DATELESS = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?\s*")


def _alone(value: str) -> bool:
    """Whether a date stands without a time of day."""
    return not re.search(r"\d:\d", value) and not re.search(r"T\d|\d{8}", value)


def _record(facts: Mapping[Fact, str]) -> RawFax | None:
    at = facts.get("received_at")
    if at is not None and facts.get("time_only") and _alone(at):
        at = f"{at} {facts['time_only']}"
    pages = re.match(r"\s*(\d{1,4})\b", facts.get("pages", ""))
    csid, named = facts.get("csid"), facts.get("sender")
    number = facts.get("number") or (named if number_of(named) else None)
    fax = RawFax(
        file=(facts.get("file") or "").replace("\\", "/").rpartition("/")[2][:200] or None,
        received_at=time_of(at),
        swapped_at=swapped_time_of(at),
        sent_at=time_of(facts.get("sent_at")),
        number=number_of(number) or number_of(csid),
        to=number_of(facts.get("to")),
        csid=_name(csid),
        sender=next((_name(said) for said in (named, number) if said and number_of(said) is None), None),
        pages=int(pages[1]) if pages and int(pages[1]) else None,
    )
    told = (fax.received_at, fax.number, fax.csid, fax.pages, fax.sent_at)
    return fax if sum(fact is not None for fact in told) >= 2 or (fax.pages and fax.file) else None


def _name(text: str | None) -> str | None:
    said = " ".join((text or "").split()).strip("\"'")[:100]
    return said if sum(char.isalnum() for char in said) >= 2 else None


def number_of(text: str | None) -> str | None:
    """The digits of a telephone number, without the 1 of North America; None where there are too few or letters."""
    local = re.sub(r"\b(?:tel|fax|sip|ext)\b:?", "", (text or "").partition("@")[0], flags=re.IGNORECASE)
    if re.search(r"[A-Za-z]{2,}", local):
        return None
    digits = re.sub(r"\D", "", local)
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    return digits if 7 <= len(digits) <= 15 else None


_MADE = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y%m%d%H%M%S", "%Y%m%d %H%M%S",
    "%Y:%m:%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%m/%d/%y %I:%M:%S %p", "%m/%d/%y %I:%M %p", "%m/%d/%y %H:%M:%S", "%m/%d/%y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M", "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%b %d %Y %I:%M:%S %p", "%b %d %Y %I:%M %p",
    "%b %d %Y %H:%M:%S", "%b %d %Y %H:%M", "%B %d %Y %I:%M %p", "%B %d %Y %I:%M:%S %p", "%B %d %Y %H:%M",
    "%m-%d-%Y %H:%M:%S", "%m-%d-%Y %H:%M", "%m-%d-%Y %I:%M:%S %p", "%m-%d-%Y %I:%M %p", "%a %b %d %H:%M:%S %Y",
)  # fmt: skip
_ZONES = {
    "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800",
    "PDT": "-0700", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "HKT": "+0800",
}  # fmt: skip


def swapped_time_of(text: str | None) -> str | None:
    """The other time that a text in figures may mean, day and month exchanged; None where it can mean only one."""
    said = re.match(r"\s*(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})([/-])(\d{1,2})(?=\2\d{2})", text or "")
    if text is None or said is None or int(said[1]) == int(said[3]) or max(int(said[1]), int(said[3])) > 12:
        return None
    return time_of(f"{said[3]}{said[2]}{said[1]}{text[said.end() :]}")


def time_of(text: str | None) -> str | None:
    """A time as ISO 8601, without offset where it names no zone; None where it is none, or only a day."""
    said = " ".join((text or "").replace(",", " ").split())[:80]
    if not said:
        return None
    if re.fullmatch(r"1\d{9}(?:\d{3})?", said):  # seconds or milliseconds since 1970, from 2001 on
        return dt.datetime.fromtimestamp(int(said[:10]), dt.UTC).isoformat()
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", said):
        try:
            return dt.datetime.fromisoformat(
                re.sub(r"(\.\d{6})\d+", r"\1", re.sub(r" (?=[+-]\d)", "", said))
            ).isoformat()
        except ValueError:
            pass
    zone = re.search(r"\s*(?:\(?(?:UTC|GMT)?\s?([+-]\d{2}):?(\d{2})\)?|\(?\b([ECMP][SD]T|UTC|GMT|HKT|Z)\)?)$", said)
    plain = said[: zone.start()] if zone else said
    plain = re.sub(r"\s?\b([ap])\.?m\.?$", lambda m: f" {m[1]}m", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)\w*\.? (?=.*\d{4} \d)", "", plain, flags=re.IGNORECASE)
    for form in _MADE:
        try:
            at = dt.datetime.strptime(plain, form)  # noqa: DTZ007 - the zone is put on below, where one is named
        except ValueError:
            continue
        offset = (f"{zone[1]}{zone[2]}" if zone[1] else _ZONES[zone[3]]) if zone else ""
        return at.isoformat() + (f"{offset[:3]}:{offset[3:]}" if offset else "")
    try:
        return email.utils.parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

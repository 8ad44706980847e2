"""PLA, AMV, TRF."""

from datetime import date

from tests.oracle import days
from tests.oracle.days import DAY
from tests.oracle.file import covers, is_coa

EMERGENCY = {"NO", "TGO"}


def pla_1(f):
    """Add up the days in emergency places."""
    if not f.current or f.current["kind"] not in EMERGENCY:
        return
    spans = [
        (p["from"], None if p is f.current else p.get("to"))
        for p in f.placements
        if p["kind"] in EMERGENCY
    ]

    def total(day):
        return sum(max(0, ((min(to, day) if to else day) - fro).days) for fro, to in spans)

    def reached(number):
        day = min(fro for fro, _to in spans)
        while total(day) < number:
            day += DAY
        return day

    count = total(f.today)
    if count >= 42:
        severity = "critical" if count >= 183 else "warning" if count >= 91 else "notice"
        yield "PLA-1", "emergency", severity, reached(42), reached(183)


def pla_2(f):
    """Count moves of a year and what is planned."""
    if not f.minor:
        return
    found = [m["from"] for m in f.moves if f.today - 365 * DAY < m["from"] <= f.today]
    here = f.current["location"] if f.current else None
    found += [t["announced_on"] for t in f.underway if t["to_location"] != here]
    if len(found) >= 2:
        yield "PLA-2", "moves", "critical" if len(found) >= 3 else "warning", sorted(found)[1], None


def pla_3(f):
    """A move on a school day without a reason."""
    for t in f.planned:
        day = t["planned_on"]
        if (
            day >= f.today
            and days.is_school_day(day, f.region(f.today))
            and f.compulsory(day)
            and "term_time_reason" not in t
        ):
            yield "PLA-3", t["id"], "warning", t["announced_on"], day


def pla_4(f):
    """A move that was announced late."""
    for t in f.underway:
        told, day = t["announced_on"], t["planned_on"]
        if (day - told).days < 14:
            severity = "critical" if day < days.after(told, 5) else "warning"
            yield "PLA-4", t["id"], severity, told, day


def pla_5(f):
    """Brothers and sisters apart."""
    if not f.minor or not f.current:
        return
    for m in f.all("family_members"):
        since = m.get("location_since", date.min)
        if (
            since <= f.today
            and m["relation"] == "sibling"
            and m.get("minor") is True
            and m.get("location") not in {None, f.current["location"]}
            and "apart_reason" not in m
        ):
            day = max(f.stay[0]["from"], since)
            yield "PLA-5", f"sibling:{m['ref']}", "critical", day, None


def pla_6(f):
    """Nowhere on record."""
    away = {"missing", "returned_abroad", "with_relatives"}
    if (
        not f.current
        and f.placements
        and not any(t["status"] == "departed" for t in f.transfers)
        and not any(w["state"] in away and covers(w, f.today) for w in f.of("whereabouts"))
    ):
        yield "PLA-6", "no-placement", "critical", max(p["to"] for p in f.placements), None


def amv_1(f):
    """Too young for this place."""
    if not f.alone or not f.current or not is_coa(f.current["kind"]) or f.child.get("kindgezin"):
        return
    start = f.run(lambda p: is_coa(p["kind"]))[0]["from"]
    if f.today < f.last(13):
        yield "AMV-1", f.current["id"], "critical", start, None
    elif f.today < f.last(15) and f.today >= start + 14 * DAY:
        yield "AMV-1", f.current["id"], "warning", start + 14 * DAY, None


def amv_2(f):
    """Too long in process reception."""
    if not f.alone or not f.current or f.current["kind"] != "POA":
        return
    start = f.run(lambda p: p["kind"] == "POA")[0]["from"]
    if f.today >= start + 49 * DAY:
        severity = "critical" if f.today >= start + 91 * DAY else "warning"
        yield "AMV-2", f.current["id"], severity, start + 49 * DAY, start + 91 * DAY


def amv_3(f):
    """Group too large."""
    if not f.alone or not f.current:
        return
    kind, size = f.current["kind"], f.current.get("group_size", 0)
    most = None
    if kind == "POA" or kind in EMERGENCY:
        most = 80
    elif kind.startswith("KWV"):
        most = 20
    elif kind == "NIDOS_KWG":
        most = 12
    if most is not None and size > most:
        yield "AMV-3", f.current["id"], "warning", f.current["from"], None


def trf_1(f):
    """Handover not acknowledged."""
    for t in f.transfers:
        if t["status"] == "cancelled" or "acknowledged_on" in t.get("handover", {}):
            continue
        if t["status"] == "arrived" and not f.led(t):
            continue
        day = t.get("arrived_on", t["planned_on"])
        start = days.before(day, 2)
        if f.today >= start:
            severity = "critical" if f.today >= day else "warning"
            yield "TRF-1", t["id"], severity, max(start, t["announced_on"]), day


def trf_2(f):
    """Not arrived."""
    for t in f.underway:
        day = t["planned_on"] + 2 * DAY
        if f.today >= day:
            yield "TRF-2", t["id"], "critical" if f.alone else "warning", day, None


def trf_3(f):
    """Nobody is responsible."""
    records = f.of("responsible")
    if f.current and not any(covers(r, f.today) for r in records):
        ends = [r["to"] for r in records if "to" in r and r["to"] <= f.today]
        yield "TRF-3", "responsible", "critical", max(ends, default=f.current["from"]), None


def trf_4(f):
    """Promise left open."""
    for t in f.transfers:
        if t["status"] != "arrived" or not f.led(t):
            continue
        day = days.after(t["arrived_on"], 5)
        for item in t.get("handover", {}).get("items", []):
            if "outcome" not in item and f.today >= day:
                yield "TRF-4", f"{t['id']}:{item['id']}", "warning", day, day


RULES = (pla_1, pla_2, pla_3, pla_4, pla_5, pla_6, amv_1, amv_2, amv_3, trf_1, trf_2, trf_3, trf_4)

"""CAR."""

from datetime import date

from tests.oracle import days
from tests.oracle.days import DAY
from tests.oracle.file import ended, running, waiting


def first_after(f, day):
    """Return the day of the first move later than a day."""
    return min(m["from"] for m in f.moves if m["from"] > day)


def car_1(f):
    """Care interrupted by a move."""
    move = f.led_here
    for line in f.lines.values() if move else ():
        seen = line.get("contacts_on", [])
        if (
            not line["place_bound"]
            or not running(line, move["from"] - DAY)
            or ended(line, f.today)
            or any(day >= move["from"] for day in seen)
            or line.get("next_contact_on", date.min) >= f.today
            or any(
                "started_on" in x or x.get("next_contact_on", date.min) >= f.today
                for x in f.later(line)
            )
        ):
            continue
        since = first_after(f, max([line["started_on"], *seen]))
        due = days.after(since, 10)
        medicine = line.get("medication_until", date.max)
        severity = "critical" if f.today >= due or medicine < f.today else "warning"
        yield "CAR-1", f"{line['id']}@{move['id']}", severity, since, min(due, medicine)


def car_2(f):
    """Waiting too long, from the first referral."""
    for line in f.lines.values():
        if f.later(line) or not waiting(line, f.today):
            continue
        path = f.path(line)
        root = path[0]
        started = [place for place, one in enumerate(path) if "started_on" in one]
        counting = path[started[-1] + 1 :] if started else path
        first = counting[0]["referred_on"]
        young = line["kind"] in {"GGZ", "JEUGDHULP"}
        had_intake = any("intake_on" in one for one in counting)
        wait = 42 if not young else 98 if had_intake else 28
        if f.today >= first + wait * DAY:
            limit = first + (98 if young else 84) * DAY
            severity = "critical" if f.today >= limit else "warning"
            yield "CAR-2", root["id"], severity, first + wait * DAY, None


def car_3(f):
    """Place on the waiting list at risk."""
    move = f.led_here
    for line in f.lines.values() if move else ():
        kept = line.get("waiting_kept_on", date.min)
        if (
            line["place_bound"]
            and waiting(line, move["from"] - DAY)
            and waiting(line, f.today)
            and kept < move["from"]
            and not f.later(line)
        ):
            since = first_after(f, max(line["referred_on"], kept))
            due = days.after(since, 10)
            severity = "critical" if f.today >= due else "warning"
            yield "CAR-3", f"{line['id']}@{move['id']}", severity, since, due


def car_4(f):
    """Medicine runs out around a move."""
    for line in f.lines.values():
        until = line.get("medication_until")
        if until is None or not running(line, f.today):
            continue
        visit = line.get("next_contact_on")
        for t in f.planned:
            soon = t["planned_on"] >= f.today and until < t["planned_on"] + 14 * DAY
            if soon and not (visit and f.today <= visit <= until):
                since = max(t["announced_on"], line["started_on"])
                yield "CAR-4", f"{line['id']}@{t['id']}", "critical", since, until


def started(f, kind):
    """Say whether a line of a kind has started."""
    return any(line["kind"] == kind and "started_on" in line for line in f.lines.values())


def car_5(f):
    """Medical intake missing."""
    arrived = f.child.get("first_arrival_on")
    if arrived and not started(f, "GZA_INTAKE") and f.today >= arrived + 2 * DAY:
        severity = "critical" if f.today >= arrived + 7 * DAY else "warning"
        yield "CAR-5", "medical-intake", severity, arrived + 2 * DAY, arrived + 2 * DAY


def car_6(f):
    """Youth health intake missing."""
    arrived = f.child.get("first_arrival_on")
    if arrived is None or not f.minor or started(f, "JGZ"):
        return
    day = arrived + (14 if arrived < f.last(4) else 42) * DAY
    if f.today >= day:
        yield "CAR-6", "jgz-intake", "warning", day, day


def car_7(f):
    """Special needs not assessed."""
    if f.minor and f.lodged and "needs_assessed_on" not in f.child:
        day = f.lodged + 30 * DAY
        if f.today >= day:
            yield "CAR-7", "special-needs", "warning", day, day


RULES = (car_1, car_2, car_3, car_4, car_5, car_6, car_7)

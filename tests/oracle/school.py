"""SCH."""

from datetime import date
from math import ceil

from tests.oracle import days
from tests.oracle.days import DAY
from tests.oracle.file import ordered


def sch_1(f):
    """No school yet."""
    if not f.compulsory(f.today) or f.lodged is None:
        return
    if any("attending_from" in s and s["attending_from"] <= f.today for s in f.lessons()):
        return
    start = max(f.lodged, f.compulsory_from)
    end = days.months(start, 2 if f.lodged >= date(2026, 6, 12) else 3)
    width = (end - start).days
    half, most = start + ceil(width / 2) * DAY, start + ceil(width * 3 / 4) * DAY
    if f.today >= half:
        severity = "critical" if f.today >= end else "warning" if f.today >= most else "notice"
        yield "SCH-1", "school-access", severity, half, end


def sch_2(f):
    """No school after the move."""
    move = f.led_here
    if not f.compulsory(f.today) or move is None:
        return
    if not any("attending_from" in s and s["attending_from"] <= f.today for s in f.lessons()):
        return
    for s in f.attended(f.today):
        if (
            s.get("municipality") == f.current["municipality"]
            or s["attending_from"] >= move["from"]
            or s.get("kept_after_move_on", date.min) >= move["from"]
        ):
            return
    count = sum(f.school_day(day) for day in days.span(move["from"], f.today))
    day, left = move["from"] - DAY, 10
    while left:
        day += DAY
        left -= f.school_day(day)
    if count >= 5:
        severity = "critical" if count >= 10 else "warning"
        yield "SCH-2", move["id"], severity, move["from"], day


def sch_3(f):
    """Unauthorised absence in the four latest school weeks."""
    if not f.compulsory(f.today):
        return
    report = max((r["on"] for r in f.of("absence_reports")), default=date.min)
    monday, weeks, tries = f.today - f.today.weekday() * DAY, [], 0
    while len(weeks) < 4 and tries < 60:
        if any(f.school_day(monday + n * DAY) for n in range(7)):
            weeks.append(monday)
        monday, tries = monday - 7 * DAY, tries + 1
    counted = sorted(
        (a["on"], a["hours"])
        for a in f.of("absences")
        if not a["authorised"] and a["on"] > report and a["on"] - a["on"].weekday() * DAY in weeks
    )
    total = 0
    for day, hours in counted:
        total += hours
        if total >= 16:
            yield "SCH-3", "absence", "warning", day, days.after(day, 5)
            return


def sch_4(f):
    """School days lost."""
    if not f.compulsory(f.today) or f.lodged is None or f.attended(f.today):
        return
    first = max(f.today - 364 * DAY, f.lodged)
    lost = [
        day
        for day in days.span(first, f.today)
        if f.school_day(day) and f.compulsory(day) and not f.attended(day)
    ]
    if len(lost) > 20:
        severity = "critical" if len(lost) > 40 else "warning"
        yield "SCH-4", "lost-days", severity, lost[20], None


def sch_5(f):
    """Temporary schooling too long."""
    if not f.compulsory(f.today):
        return
    been = [s for s in f.lessons() if "attending_from" in s and s["attending_from"] <= f.today]
    been = ordered(been, "attending_from")
    for place, record in enumerate(been):
        if record not in f.attended(f.today) or record["type"] not in {"TNV_TOV", "ON_LOCATION"}:
            continue
        start = place
        while start and been[start - 1]["type"] in {"TNV_TOV", "ON_LOCATION"}:
            start -= 1
        day = days.months(been[start]["attending_from"], 6)
        if f.today >= day:
            yield "SCH-5", record["id"], "warning", day, None


def sch_6(f):
    """Stuck in the transition class."""
    if not f.compulsory(f.today):
        return
    isk = [s for s in f.lessons() if s["type"] == "VO_ISK"]
    begun = [s["attending_from"] for s in isk if "attending_from" in s]
    for record in f.attended(f.today):
        if record["type"] != "VO_ISK":
            continue
        long, longer = days.months(min(begun), 18), days.months(min(begun), 24)
        planned = any("outflow_plan_on" in s for s in isk)
        since = longer if planned else long
        if f.today >= since:
            severity = "critical" if f.today >= longer else "warning"
            yield "SCH-6", record["id"], severity, since, None


def sch_7(f):
    """School place in sight."""
    start = f.compulsory_from
    since = start - 60 * DAY
    places = [s for s in f.all("school") if s["type"] != "VVE"]
    if since <= f.today < start and not any("to" not in s or f.today < s["to"] for s in places):
        yield "SCH-7", "school-soon", "notice", since, start


RULES = (sch_1, sch_2, sch_3, sch_4, sch_5, sch_6, sch_7)

"""GUA, OBS, SAF, AGE, AFT."""

from tests.oracle import days
from tests.oracle.days import DAY
from tests.oracle.file import covers, is_coa, ordered

SHORT = {"NO", "TGO", "COL", "COL_AMV", "POA"}


def gua_1(f):
    """No guardian."""
    records = f.of("guardianship")
    if not f.alone or any(covers(g, f.today) for g in records):
        return
    if records:
        day = max(g["to"] for g in records)
        yield "GUA-1", "guardian", "critical", day, day
    elif f.lodged and f.today >= f.lodged + DAY:
        due = days.after(f.lodged, 15)
        yield "GUA-1", "guardian", "critical" if f.today >= due else "warning", f.lodged + DAY, due


def gua_2(f):
    """Guardian has not seen the child."""
    records = f.of("guardianship")
    if not f.alone or not any(covers(g, f.today) for g in records):
        return
    start = ordered(records)[0]["from"]
    seen = [
        c["on"]
        for c in f.of("contacts")
        if c["by"] == "guardian" and c["mode"] == "face_to_face" and c["on"] >= start
    ]
    day = max(seen, default=start)
    if f.today >= day + 35 * DAY:
        severity = "critical" if f.today >= day + 60 * DAY else "warning"
        yield "GUA-2", "guardian-contact", severity, day + 35 * DAY, day + 35 * DAY


def gua_3(f):
    """No plan, or an old plan."""
    records = f.of("guardianship")
    if not f.alone or not any(covers(g, f.today) for g in records):
        return
    plans = [p["on"] for p in f.of("plans")]
    day = max(plans) + 183 * DAY if plans else ordered(records)[0]["from"] + 42 * DAY
    if f.today >= day:
        yield "GUA-3", "plan", "warning", day, day


def gua_4(f):
    """Guardian changed around a move."""
    if not f.alone or not f.moves:
        return
    moved = f.moves[-1]["from"]
    for g in ordered(f.of("guardianship"))[1:]:
        later = max(g["from"], moved)
        if abs((g["from"] - moved).days) <= 30 and f.today < later + 60 * DAY:
            yield "GUA-4", g["id"], "notice", later, None


def obs_1(f):
    """Contact person has not seen the child."""
    if not f.minor or not f.current or not is_coa(f.current["kind"]):
        return
    start = f.stay[0]["from"]
    seen = [o["on"] for o in f.of("observations") if o["source"] in {"own", "child"}]
    seen += [c["on"] for c in f.of("contacts") if c["by"] == "cpk" and c["mode"] == "face_to_face"]
    seen = [day for day in seen if day >= start]
    counted = max(seen, default=start)
    due = days.after(start, 5)
    if seen:
        due = counted + (28 if f.current["kind"] in SHORT else 56) * DAY
    if f.today >= due + DAY:
        severity = "critical" if f.today >= due + (due - counted) else "warning"
        yield "OBS-1", "cpk-contact", severity, due + DAY, due


def obs_2(f):
    """Concern without action."""
    for o in f.of("observations"):
        if "action" in o or o["level"] not in {"concern", "acute"}:
            continue
        acute = o["level"] == "acute"
        day = o["on"] if acute else days.after(o["on"], 5)
        if f.today >= day:
            yield "OBS-2", o["id"], "critical" if acute else "warning", day, day


def obs_3(f):
    """Twice insufficient."""
    records = sorted(f.of("observations"), key=lambda o: (o["on"], o["id"]))
    for name in {name for o in records for name in o.get("conditions", {})}:
        latest = [o for o in records if name in o.get("conditions", {})][-2:]
        if len(latest) < 2 or any(o["conditions"][name] != "insufficient" for o in latest):
            continue
        day = latest[1]["on"]
        if any(m["on"] >= day for m in f.of("meetings")):
            continue
        due = days.after(day, 10)
        severity = "warning" if f.today >= due else "notice"
        yield "OBS-3", f"condition:{name}", severity, day, due


def obs_4(f):
    """Agreed action overdue."""
    for o in f.of("observations"):
        action = o.get("action", {})
        due = action.get("due_on")
        if due and due < f.today and "done_on" not in action:
            severity = "critical" if f.today >= due + 14 * DAY else "warning"
            yield "OBS-4", o["id"], severity, due + DAY, due


def saf(f):
    """Missing, and missing without a report."""
    for w in f.of("whereabouts"):
        if w["state"] != "missing" or not covers(w, f.today):
            continue
        yield "SAF-1", w["id"], "critical", w["from"], w["from"]
        day = w["from"] if f.alone else w["from"] + DAY
        if "police_report_on" not in w and f.today >= day:
            yield "SAF-2", w["id"], "critical", day, day


def end_of(f, support):
    """Return when a support record ends; None: never."""
    ages = {"verlengde_opvang": 21, "verlengde_jeugdhulp": 23}
    age = ages.get(support["regime"])
    return support.get("to", f.last(age) if age else None)


def helps(f, support, day):
    """Say whether a support record covers a day."""
    end = end_of(f, support)
    return support["from"] <= day and (end is None or day < end)


def declined(f):
    """Say whether support was declined in the last 183 days."""
    day = f.child.get("support_declined_on")
    return day is not None and f.today - 183 * DAY < day <= f.today


def age_1(f):
    """No plan for 18."""
    since = days.months(f.first(16), 6)
    if f.alone and f.today >= since and "transition_plan_on" not in f.child:
        grave = f.today >= days.months(f.first(17), 9)
        severity = "critical" if grave else "warning" if f.today >= f.first(17) else "notice"
        yield "AGE-1", "transition-plan", severity, since, f.first(18)


def age_2(f):
    """Support after 18 not decided."""
    since = days.months(f.first(17), 6)
    if not f.alone or f.today < since or declined(f):
        return
    if not any(s["from"] >= f.first(18) - 90 * DAY for s in f.all("support")):
        yield "AGE-2", "support-choice", "warning", since, f.first(18)


def age_3(f):
    """No support after 18."""
    if not f.child["unaccompanied"] or f.minor or declined(f):
        return
    records = f.all("support")
    if any(helps(f, s, f.today) for s in records):
        return
    ends = [end_of(f, s) for s in records if s["from"] <= f.today]
    dates = [f.last(18), *(end for end in ends if end and end <= f.today)]
    if "support_declined_on" in f.child:
        dates.append(f.child["support_declined_on"] + 183 * DAY)
    yield "AGE-3", "support", "critical", max(dates), None


def age_4(f):
    """Support ends soon."""
    for s in f.all("support"):
        end = end_of(f, s)
        if not helps(f, s, f.today) or end is None or end >= f.last(23):
            continue
        follows = any(
            x is not s and x["from"] <= end and (end_of(f, x) is None or end_of(f, x) > end)
            for x in f.all("support")
        )
        if (end - f.today).days <= 90 and not follows:
            severity = "critical" if f.today >= end - 14 * DAY else "warning"
            yield "AGE-4", s["id"], severity, max(end - 90 * DAY, s["from"]), end


def age_5(f):
    """Ask again who may know."""
    for age in (12, 16, 18):
        since = f.first(age) - 30 * DAY
        asked = any(c["on"] >= since for c in f.of("consents"))
        if since <= f.today <= f.last(age) + 90 * DAY and not asked:
            severity = "warning" if f.today >= f.first(age) else "notice"
            yield "AGE-5", f"consent:{age}", severity, since, f.first(age)


def age_6(f):
    """Birth date must be checked."""
    birth = f.child["birth"]
    if birth["precision"] == "day" or birth["status"] == "examined":
        return
    for age in (12, 16, 18, 21, 23):
        since = f.first(age) - 90 * DAY
        if since <= f.today <= f.last(age):
            yield "AGE-6", f"birth-date:{age}", "warning", since, f.first(age)


def aft_1(f):
    """Young adult out of sight."""
    supported = any(s["from"] <= f.today for s in f.all("support"))
    if f.minor or not (f.child["unaccompanied"] or supported):
        return
    seen = [r["on"] for name in ("contacts", "observations") for r in f.of(name)]
    day = max([f.last(18), *seen])
    if f.today >= day + 92 * DAY:
        severity = "critical" if f.today >= day + 183 * DAY else "warning"
        yield "AFT-1", "aftercare-contact", severity, day + 92 * DAY, day + 92 * DAY


RULES = (
    gua_1, gua_2, gua_3, gua_4, obs_1, obs_2, obs_3, obs_4, saf,
    age_1, age_2, age_3, age_4, age_5, age_6, aft_1,
)  # fmt: skip

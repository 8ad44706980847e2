"""The facts of one document as they count on a day (rules.md 1)."""

from datetime import date
from functools import cached_property

from tests.oracle import days
from tests.oracle.days import DAY

HAPPENED = {
    "arrived_on", "waiting_list_since", "enrolled_on", "kept_after_move_on", "outflow_plan_on",
    "intake_on", "started_on", "waiting_kept_on", "police_report_on", "done_on", "sent_on",
    "acknowledged_on", "application_lodged_on", "first_arrival_on", "needs_assessed_on",
    "transition_plan_on", "support_declined_on",
}  # fmt: skip
DATED = {
    "placements": "from", "transfers": "announced_on", "responsible": "from", "absences": "on",
    "absence_reports": "on", "care": "referred_on", "observations": "on", "contacts": "on",
    "guardianship": "from", "plans": "on", "meetings": "on", "consents": "on",
    "whereabouts": "from",
}  # fmt: skip
NOT_COA = ("NIDOS_", "GEM", "DSL", "HAR", "LOGEER", "EXT")


def read(value, today, key=""):
    """Turn days into dates and leave out what has not happened yet."""
    if isinstance(value, dict):
        found = {k: read(v, today, k) for k, v in value.items()}
        return {k: v for k, v in found.items() if not (k in HAPPENED and v > today)}
    if key == "contacts_on":
        return [day for day in map(date.fromisoformat, value) if day <= today]
    if isinstance(value, list):
        return [read(one, today) for one in value]
    dated = key in {"on", "from", "to", "date", "location_since"} or key.endswith(
        ("_on", "_since", "_until", "attending_from")
    )
    return date.fromisoformat(value) if dated else value


def covers(record, day, start="from"):
    """Say whether a half-open period covers a day."""
    return start in record and record[start] <= day and ("to" not in record or day < record["to"])


def ordered(records, start="from"):
    """Return records in the order of rules.md 1."""
    return sorted(records, key=lambda r: (r[start], r.get("to", date.max), "to" not in r, r["id"]))


class File:
    """One child on one day."""

    def __init__(self, document, today):
        self.today = today
        self.raw = read(document, today)
        self.child = self.raw["child"]

    def all(self, name):
        """Return the records of a list, whatever their day."""
        return self.raw.get(name, [])

    def of(self, name):
        """Return the records of a list that are dated on or before today."""
        return [one for one in self.all(name) if one[DATED[name]] <= self.today]

    # --- age

    def born(self):
        """Return the earliest and the latest possible day of birth."""
        day, precision = self.child["birth"]["date"], self.child["birth"]["precision"]
        if precision == "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        if precision == "month":
            return day.replace(day=1), days.months(day.replace(day=1), 1) - DAY
        return day, day

    def first(self, age):
        """Return the first day on which the child can turn an age."""
        return days.birthday(self.born()[0], age)

    def last(self, age):
        """Return the last day on which the child can turn an age."""
        return days.birthday(self.born()[1], age)

    @property
    def minor(self):
        """Not 18 yet, as far as known."""
        return self.today < self.last(18)

    @property
    def alone(self):
        """An unaccompanied minor today."""
        return self.child["unaccompanied"] and self.minor

    @property
    def lodged(self):
        """Return the day of the application, else of arrival."""
        return self.child.get("application_lodged_on", self.child.get("first_arrival_on"))

    @cached_property
    def compulsory_from(self):
        """Return the first day of the month after birthday 5."""
        return days.months(self.first(5).replace(day=1), 1)

    def compulsory(self, day):
        """Say whether the child has to go to school on a day."""
        exempt = any(
            s["type"] == "EXEMPT" and covers(s, day, "attending_from") for s in self.all("school")
        )
        return self.compulsory_from <= day < self.last(18) and not exempt

    # --- places

    @cached_property
    def placements(self):
        """Return the stays in order."""
        return ordered(self.of("placements"))

    @cached_property
    def current(self):
        """Return the stay of today."""
        here = [p for p in self.placements if covers(p, self.today)]
        return here[-1] if here else None

    def run(self, same):
        """Return the records up to the current one that are alike."""
        before = self.placements[: self.placements.index(self.current) + 1]
        found = []
        for one in reversed(before):
            if not same(one):
                break
            found.insert(0, one)
        return found

    @cached_property
    def stay(self):
        """Return the run of the current location."""
        return self.run(lambda p: p["location"] == self.current["location"])

    @cached_property
    def moves(self):
        """Return the placements that are moves."""
        pairs = zip(self.placements, self.placements[1:], strict=False)
        return [b for a, b in pairs if a["location"] != b["location"]]

    @cached_property
    def led_here(self):
        """Return the latest move when it began the present stay."""
        if not self.current or not self.moves:
            return None
        return self.moves[-1] if self.stay[0] is self.moves[-1] else None

    def region(self, day):
        """Return the region whose school holidays hold on a day."""
        here = [p for p in self.placements if covers(p, day)]
        earlier = [p for p in self.placements if p["from"] <= day]
        return (here or earlier or [{"region": "midden"}])[-1]["region"]

    def school_day(self, day):
        """Say whether a day is a school day for this child."""
        return days.is_school_day(day, self.region(day))

    # --- transfers

    @cached_property
    def transfers(self):
        """Return the transfers that are one; one that has not arrived yet is still planned."""
        found = [t for t in self.of("transfers") if t["from_location"] != t["to_location"]]
        return [
            t | {"status": "planned"} if t["status"] == "arrived" and "arrived_on" not in t else t
            for t in found
        ]

    @property
    def planned(self):
        """Return what is planned or confirmed."""
        return [t for t in self.transfers if t["status"] in {"planned", "confirmed"}]

    @property
    def underway(self):
        """Return what is planned or departed."""
        return [t for t in self.transfers if t["status"] in {"planned", "confirmed", "departed"}]

    def led(self, transfer):
        """Say whether an arrived transfer led to the current placement."""
        here = self.current
        return bool(
            here
            and transfer["to_location"] == here["location"]
            and not any(
                p["location"] != here["location"] and p["from"] >= transfer["arrived_on"]
                for p in self.placements
            )
        )

    # --- school

    def lessons(self):
        """Return the school records that can be attended."""
        return [s for s in self.all("school") if s["type"] not in {"VVE", "EXEMPT"}]

    def attended(self, day):
        """Return the records that are attended on a day."""
        return [s for s in self.lessons() if covers(s, day, "attending_from")]

    # --- care

    @cached_property
    def lines(self):
        """Return the care lines by id; broken off by a move is no end."""
        return {
            one["id"]: {k: v for k, v in one.items() if k != "ended_on"}
            if one.get("end_reason") == "moved"
            else one
            for one in self.of("care")
        }

    def before(self, line):
        """Return the line that a line continues, when that counts."""
        name = line.get("continues")
        if name not in self.lines:
            return None
        seen, at = [], line["id"]
        while at in self.lines and at not in seen:
            seen.append(at)
            at = self.lines[at].get("continues")
        return None if at == line["id"] else self.lines[name]

    def path(self, line):
        """Return a line and all that it continues, the root first."""
        found = [line]
        while (earlier := self.before(found[0])) is not None:
            found.insert(0, earlier)
        return found

    def later(self, line):
        """Return the lines that continue a line, directly or through others."""
        return [x for x in self.lines.values() if x is not line and line in self.path(x)]


def ended(line, day):
    """Say whether a line has ended on a day."""
    return "ended_on" in line and line["ended_on"] <= day


def waiting(line, day):
    """Say whether a line waits on a day."""
    started = "started_on" in line and line["started_on"] <= day
    return line["referred_on"] <= day and not started and not ended(line, day)


def running(line, day):
    """Say whether a line runs on a day."""
    return "started_on" in line and line["started_on"] <= day and not ended(line, day)


def is_coa(kind):
    """Say whether a kind is one of COA."""
    return not kind.startswith(NOT_COA)

"""Any valid dossier document, drawn from the table of its shapes."""

from datetime import date

from hypothesis import strategies as st

from caseapp.domain import calendar
from caseapp.domain.readers import Code, Day, Flag, Many, Number, Ratings, Record, Text
from caseapp.domain.shapes import BIRTH, DOSSIER, ID, LOCATION

TODAY = date(2026, 9, 14)
NEAR = st.integers(-900, 200).map(lambda days: calendar.plus_days(TODAY, days))
CLOSE = st.integers(-35, 20).map(lambda days: calendar.plus_days(TODAY, days))
EDGES = st.sampled_from(
    [
        date.min,
        date(2024, 2, 29),
        date(2026, 8, 31),
        date(2026, 12, 31),
        date(2028, 2, 29),
        date.max,
    ]
)
DAYS = st.one_of(
    NEAR, NEAR, NEAR, CLOSE, st.dates(date(2002, 1, 1), date(2027, 1, 1)), st.dates(), EDGES
)
CHILDREN = st.integers(0, 24 * 366).map(lambda days: calendar.plus_days(TODAY, 60 - days))
BIRTHS = st.one_of(CHILDREN, CHILDREN, st.just(date(2008, 2, 29)), DAYS)
"""Births of children that are 0 to 23 around that day, and now and then of anybody."""

ODD = st.sampled_from(
    ["\u202enaam", "e\u0301", "\u1218\u1210\u1228", "\U0001f9f8", "%(name)s", "<b>&amp;", "a" * 199]
)
"""Texts that are hard to show: right to left, marks apart, other scripts, markup, long."""


def text(reader):
    """Return texts; the few ids and locations make records that belong together."""
    if reader is ID:
        return st.sampled_from(["a", "b", "c", "d", "B", "a.1", "a-1", "0", "Z" * 64])
    if reader is LOCATION:
        return st.sampled_from(["A", "B", "C", "a"])
    if reader.pattern:
        return st.from_regex(reader.pattern, fullmatch=True)
    whole = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.one_of(st.text(whole, min_size=1, max_size=9), ODD)


def number(reader):
    """Return numbers between the ends, in steps."""
    step = reader.step or 0.5
    whole = st.integers(int(reader.least / step) + 1, int(reader.most / step))
    return whole.map(lambda n: int(n * step) if step == 1 else n * step)


def many(reader):
    """Return short lists."""
    unique = (lambda one: one[reader.unique]) if reader.unique else None
    return st.lists(drawn(reader.of), max_size=4, unique_by=unique)


def ratings(reader):
    """Return a few ratings by condition."""
    keys = st.sampled_from([key.value for key in reader.keys])
    return st.dictionaries(keys, drawn(reader.values), max_size=3)


def drawn(reader):
    """Return a strategy of the JSON values that a reader takes."""
    strategies = {
        Text: text,
        Number: number,
        Many: many,
        Ratings: ratings,
        Record: record,
        Code: lambda one: st.sampled_from(sorted(one._words)),
        Day: lambda _: DAYS.map(date.isoformat),
        Flag: lambda _: st.booleans(),
    }
    return strategies[type(reader)](reader)


@st.composite
def record(draw, reader):
    """Return an object with all keys that must be there and some that may."""
    made = {key: draw(drawn(inner)) for key, inner in reader.must.items()}
    if reader is BIRTH:
        made["date"] = draw(BIRTHS).isoformat()
    for key, inner in reader.may.items():
        if draw(st.integers(0, 9)) < (7 if reader is DOSSIER else 5):
            made[key] = draw(drawn(inner))
    if made.get("status") == "arrived":
        made.setdefault("arrived_on", made["planned_on"])
    elif "planned_on" in made:
        made.pop("arrived_on", None)
    if "ended_on" not in made:
        made.pop("end_reason", None)
    return made


documents = record(DOSSIER).map(lambda made: {"format": "caseapp-dossier/1"} | made)

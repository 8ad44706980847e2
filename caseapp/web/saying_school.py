"""The sentences about school (SCH)."""

from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain import calendar
from caseapp.domain.codes import Region
from caseapp.web.filters import school_days
from caseapp.web.saying import About


def no_school(a: About) -> str:
    """Say SCH-1: until when the law allows or allowed."""
    due = a.shown.due or a.shown.since
    if due < a.today:
        return _("has no school yet. The law allowed until %(day)s.", day=a.said(due))
    return _("has no school yet. The law allows until %(day)s.", day=a.said(due))


def school_lost(a: About) -> str:
    """Say SCH-2: since which move, and the school days missed in the region of today."""
    region = Region(a.text("region") or Region.MIDDEN)
    lost = calendar.school_days(a.shown.since, a.today, region)
    return _(
        "has not been to school since the move from %(place)s. %(name)s missed %(days)s so far.",
        place=a.text("from_location"), name=a.name, days=school_days(lost),
    )  # fmt: skip


def absent(a: About) -> str:
    """Say SCH-3: how many hours, in how many weeks; the rule looks only at what is not reported."""
    hours, weeks = a.number("hours"), a.number("weeks")
    return _(
        "missed %(hours)s of school in %(weeks)s without leave. Not reported yet.",
        hours=ngettext("%(num)s hour", "%(num)s hours", hours),
        weeks=ngettext("%(num)s week", "%(num)s weeks", weeks),
    )


def days_lost(a: About) -> str:
    """Say SCH-4: more than how many school days, and that nothing ends it yet."""
    return _(
        "missed more than %(days)s in 12 months. %(name)s is not at school now.",
        days=school_days(a.number("over")), name=a.name,
    )  # fmt: skip


def temporary(a: About) -> str:
    """Say SCH-5: since when, and that there is no other place yet."""
    start = a.said(a.day("counted_from") or a.shown.since)
    return _(
        "has been in temporary schooling since %(day)s. There is no place at a regular school yet.",
        day=start,
    )


def in_transition(a: About) -> str:
    """Say SCH-6: since when, and whether there is a plan for what comes next."""
    start = a.said(a.day("counted_from") or a.shown.since)
    if a.day("planned_on") is None:
        return _(
            "has been in the transition class since %(day)s. "
            "There is no plan yet for the school after it.",
            day=start,
        )
    return _(
        "has been in the transition class since %(day)s. There is a plan, but no next school yet.",
        day=start,
    )


def school_soon(a: About) -> str:
    """Say SCH-7: from when the child must be at school."""
    due = a.shown.due or a.shown.since
    return _("must go to school from %(day)s. There is no school yet.", day=a.said(due))

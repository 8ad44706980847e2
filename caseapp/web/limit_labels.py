"""The words for the limits of the rules: what each number means, and in what it counts."""

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from caseapp.web.i18n import Words
from caseapp.web.sentences import TELLINGS

MEANINGS: Final[Mapping[str, Words]] = {
    "adult_age_years": _("Age of an adult"),
    "after_days": _("Alert after"),
    "after_months": _("Alert after"),
    "after_move_days": _("Lasts after a move for at least"),
    "after_wd": _("Alert after"),
    "again_days": _("Seen again within"),
    "again_short_stay_days": _("Seen again within, in a stay that is meant to be short"),
    "ahead_days": _("Alert before the day"),
    "ahead_wd": _("Alert before the day"),
    "alone_after_days": _("Came alone: alert after"),
    "apart_days": _("Days between the two, at most"),
    "at_once_under_years": _("At once under the age of"),
    "child_age_years": _("Age at which a child is asked too"),
    "critical_age_months": _("Serious from the age of, months on top"),
    "critical_age_years": _("Serious from the age of"),
    "critical_ahead_wd": _("Serious when told less ahead than"),
    "critical_children": _("Serious with more than"),
    "critical_days": _("Serious after"),
    "critical_months": _("Serious after"),
    "critical_moves": _("Serious at"),
    "critical_over_school_days": _("Serious over"),
    "critical_school_days": _("Serious after"),
    "critical_wd": _("Serious after"),
    "declined_days": _("A no of the young person counts for"),
    "first_days": _("First plan within"),
    "first_wd": _("Seen for the first time within"),
    "for_days": _("Shown for"),
    "from_age_months": _("From the age of, months on top"),
    "from_age_years": _("From the age of"),
    "grace_days": _("Days of grace"),
    "kwv_children": _("Children in a small group (kwv), at most"),
    "last_age_years": _("Age at which nobody follows any more"),
    "nidos_kwg_children": _("Children in a living group of Nidos, at most"),
    "no_plan_months": _("Without a plan: alert after"),
    "notice_days": _("Take note after"),
    "notice_percent": _("Take note when this part of the time is over"),
    "other_critical_days": _("Other care: serious after"),
    "other_days": _("Other care: warning after"),
    "poa_or_emergency_children": _(
        "Children in a group in process or emergency reception, at most"
    ),
    "reception_age_years": _("Age at which extended reception ends"),
    "report_within_wd": _("To be reported within"),
    "school_weeks": _("Counted over the latest"),
    "school_within_months": _("School within"),
    "small_after_days": _("For a small child: alert after"),
    "small_under_years": _("A small child is younger than"),
    "soon_under_years": _("Soon under the age of"),
    "told_ahead_days": _("Told ahead at least"),
    "until_days": _("Shown after the day for"),
    "warning_age_years": _("Warning from the age of"),
    "warning_children": _("Warning with more than"),
    "warning_days": _("Warning after"),
    "warning_hours": _("Warning at"),
    "warning_moves": _("Warning at"),
    "warning_over_school_days": _("Warning over"),
    "warning_percent": _("Warning when this part of the time is over"),
    "warning_school_days": _("Warning after"),
    "warning_wd": _("Warning after"),
    "window_days": _("Counted over the last"),
    "youth_age_years": _("Age at which a young person decides"),
    "youth_critical_days": _("Youth care: serious after"),
    "youth_intake_days": _("Youth care: warning after"),
}


OVER_MANY: Final[Mapping[str, Words]] = {"LOAD-1": _("Guardian carries too many")}
"""Short names of the rules over more than one child, which have no sentence about a child."""


def short_name(rule: str) -> Words:
    """Return the short name of a rule, as a table of limits shows it."""
    return TELLINGS[rule].short if rule in TELLINGS else OVER_MANY.get(rule, rule)


def meaning(name: str) -> Words:
    """Return what a limit means; its own name when there are no words for it."""
    return MEANINGS.get(name, name)


UNITS: Final[Mapping[str, Callable[[int], str]]] = {
    "school_days": lambda n: ngettext("%(num)s school day", "%(num)s school days", n),
    "days": lambda n: ngettext("%(num)s day", "%(num)s days", n),
    "wd": lambda n: ngettext("%(num)s working day", "%(num)s working days", n),
    "months": lambda n: ngettext("%(num)s month", "%(num)s months", n),
    "children": lambda n: ngettext("%(num)s child", "%(num)s children", n),
    "years": lambda n: ngettext("%(num)s year", "%(num)s years", n),
    "moves": lambda n: ngettext("%(num)s move", "%(num)s moves", n),
    "weeks": lambda n: ngettext("%(num)s week", "%(num)s weeks", n),
    "hours": lambda n: ngettext("%(num)s hour", "%(num)s hours", n),
    "percent": lambda n: f"{n}%",
}
"""By the end of a limit's name; the first that fits counts."""


def amount(name: str, number: int) -> str:
    """Return a limit with its unit: 42 days, 10 working days; the bare number without a unit."""
    for end, words in UNITS.items():
        if name.endswith(f"_{end}"):
            return words(number)
    return str(number)

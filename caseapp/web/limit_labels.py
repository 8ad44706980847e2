"""The words for the limits of the rules: what each number means, and in what it counts."""

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from caseapp.web.i18n import Words

MEANINGS: Final[Mapping[str, Words]] = {
    "after_days": _("Alert after"),
    "again_days": _("Seen again within"),
    "again_short_stay_days": _("Seen again within, in a stay that is meant to be short"),
    "ahead_days": _("Alert before the day"),
    "ahead_wd": _("Alert before the day"),
    "critical_days": _("Serious after"),
    "critical_moves": _("Serious at"),
    "critical_school_days": _("Serious after"),
    "critical_wd": _("Serious after"),
    "declined_days": _("A no of the young person counts for"),
    "first_wd": _("Seen for the first time within"),
    "from_age_months": _("From the age of, months on top"),
    "from_age_years": _("From the age of"),
    "grace_days": _("Days of grace"),
    "notice_days": _("Take note after"),
    "notice_percent": _("Take note when this part of the time is over"),
    "other_critical_days": _("Other care: serious after"),
    "other_days": _("Other care: warning after"),
    "school_within_months": _("School within"),
    "warning_days": _("Warning after"),
    "warning_moves": _("Warning at"),
    "warning_percent": _("Warning when this part of the time is over"),
    "warning_school_days": _("Warning after"),
    "window_days": _("Counted over the last"),
    "youth_critical_days": _("Youth care: serious after"),
    "youth_intake_days": _("Youth care: warning after"),
}


def meaning(name: str) -> Words:
    """Return what a limit means; its own name when there are no words for it."""
    return MEANINGS.get(name, name)


UNITS: Final[Mapping[str, Callable[[int], str]]] = {
    "school_days": lambda n: ngettext("%(num)s school day", "%(num)s school days", n),
    "days": lambda n: ngettext("%(num)s day", "%(num)s days", n),
    "wd": lambda n: ngettext("%(num)s working day", "%(num)s working days", n),
    "months": lambda n: ngettext("%(num)s month", "%(num)s months", n),
    "years": lambda n: ngettext("%(num)s year", "%(num)s years", n),
    "moves": lambda n: ngettext("%(num)s move", "%(num)s moves", n),
    "percent": lambda n: f"{n}%",
}
"""By the end of a limit's name; the first that fits counts."""


def amount(name: str, number: int) -> str:
    """Return a limit with its unit: 42 days, 10 working days; the bare number without a unit."""
    for end, words in UNITS.items():
        if name.endswith(f"_{end}"):
            return words(number)
    return str(number)

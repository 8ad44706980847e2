"""The names of months and days, as messages: the same table for sentences, tiles and tables."""

from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.web.i18n import Words

MONTHS: Final[tuple[Words, ...]] = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

MONTHS_SHORT: Final[tuple[Words, ...]] = (
    _("Jan"),
    _("Feb"),
    _("Mar"),
    _("Apr"),
    _("May"),
    _("Jun"),
    _("Jul"),
    _("Aug"),
    _("Sep"),
    _("Oct"),
    _("Nov"),
    _("Dec"),
)

WEEKDAYS: Final[tuple[Words, ...]] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

WEEKDAYS_SHORT: Final[tuple[Words, ...]] = (
    _("Mon"),
    _("Tue"),
    _("Wed"),
    _("Thu"),
    _("Fri"),
    _("Sat"),
    _("Sun"),
)

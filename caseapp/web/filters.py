"""Days, durations, ages and numbers as people read them, in the language of the page (ui.md 6)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from caseapp.domain.calendar import birth_range
from caseapp.domain.codes import Precision
from caseapp.domain.facts import Birth
from caseapp.kernel.clock import AMSTERDAM
from caseapp.web.calendar_words import MONTHS, MONTHS_SHORT, WEEKDAYS, WEEKDAYS_SHORT
from caseapp.web.days import write_day
from caseapp.web.i18n import language

YESTERDAY: Final = -1
TOMORROW: Final = 1
NEAR: Final = 28
"""Days to come that are shown with their weekday."""

MONTHS_A_YEAR: Final = 12
MONTHS_UNTIL_YEARS: Final = 24


def day_in_sentence(day: date, today: date) -> str:
    """Return 9 November, or 9 November 2025 when that is another year than today's."""
    if day.year == today.year:
        return _("%(day)s %(month)s", day=day.day, month=MONTHS[day.month - 1])
    return day_in_full(day)


def day_in_full(day: date) -> str:
    """Return 9 November 2025."""
    return _("%(day)s %(month)s %(year)s", day=day.day, month=MONTHS[day.month - 1], year=day.year)


def day_short(day: date, today: date) -> str:
    """Return 9 Nov for tight places, or 9 Nov 2025 in another year."""
    month = MONTHS_SHORT[day.month - 1]
    if day.year == today.year:
        return _("%(day)s %(month)s", day=day.day, month=month)
    return _("%(day)s %(month)s %(year)s", day=day.day, month=month, year=day.year)


def day_form(day: date | None) -> str:
    """Return 09-11-2026, as forms and records show it; nothing for no day."""
    return "" if day is None else write_day(day)


def day_cell(day: date | None) -> Markup:
    """Return 09-11-2026 as markup that does not break at its hyphens, for tables."""
    return Markup('<span class="nowrap">{}</span>').format(day_form(day))


def day_near(day: date, today: date) -> str:
    """Return yesterday, today, tomorrow, Tue 15 Dec for the coming weeks, else 9 Nov."""
    near = _relative((day - today).days)
    if near:
        return near
    short = day_short(day, today)
    if 0 < (day - today).days <= NEAR:
        return _("%(weekday)s %(day)s", weekday=WEEKDAYS_SHORT[day.weekday()], day=short)
    return short


def day_heading(day: date) -> str:
    """Return Tuesday 24 November, with a capital, for the top of a page."""
    words = _(
        "%(weekday)s %(day)s %(month)s",
        weekday=WEEKDAYS[day.weekday()],
        day=day.day,
        month=MONTHS[day.month - 1],
    )
    return words[:1].upper() + words[1:]


def month_and_day(day: date) -> tuple[str, str]:
    """Return the two lines of a tile for a day to come: 25 and Nov."""
    return str(day.day), str(MONTHS_SHORT[day.month - 1])


def moment(at: datetime, today: date) -> str:
    """Return the local day and time of a moment: yesterday 16.40, or 9 Nov 10.30."""
    here = at.astimezone(AMSTERDAM)
    return _("%(day)s %(time)s", day=day_near(here.date(), today), time=clock_time(here))


def clock_time(at: datetime) -> str:
    """Return 10.30 uur, in English 10:30."""
    return _("%(hours)s:%(minutes)s", hours=f"{at.hour:02d}", minutes=f"{at.minute:02d}")


def days(count: int) -> str:
    """Return 1 day or 15 days."""
    return ngettext("%(num)s day", "%(num)s days", count)


def school_days(count: int) -> str:
    """Return 1 school day or 12 school days."""
    return ngettext("%(num)s school day", "%(num)s school days", count)


def working_days(count: int) -> str:
    """Return 1 working day or 3 working days."""
    return ngettext("%(num)s working day", "%(num)s working days", count)


def age(birth: Birth, today: date) -> str:
    """Return 16 as it stands behind a name, or 14 months under two.

    Of a birth date that is not exact the latest counts: a child is not made older than it is.
    """
    months = _whole_months(birth_range(birth).last, today)
    if months < MONTHS_UNTIL_YEARS:
        return ngettext("%(num)s month", "%(num)s months", max(months, 0))
    return str(months // MONTHS_A_YEAR)


def age_in_words(birth: Birth, today: date) -> str:
    """Return 16 years or 14 months; about 16 years when the birth date is not exact."""
    months = _whole_months(birth_range(birth).last, today)
    if months < MONTHS_UNTIL_YEARS:
        words = ngettext("%(num)s month", "%(num)s months", max(months, 0))
    else:
        words = ngettext("%(num)s year", "%(num)s years", months // MONTHS_A_YEAR)
    return words if birth.precision is Precision.DAY else _("about %(age)s", age=words)


def birth_date(birth: Birth) -> str:
    """Return 14-03-2010, March 2010 or 2010: never a day that nobody knows."""
    if birth.precision is Precision.DAY:
        return write_day(birth.date)
    if birth.precision is Precision.MONTH:
        return _("%(month)s %(year)s", month=MONTHS[birth.date.month - 1], year=birth.date.year)
    return str(birth.date.year)


def number(value: float | Decimal) -> str:
    """Return 1.214 or 1,6; in English 1,214 or 1.6."""
    text = f"{value:,}" if isinstance(value, int) else _trimmed(f"{value:,.2f}")
    if language() == "nl":
        return text.translate(str.maketrans(",.", ".,"))
    return text


def percent(share: float) -> str:
    """Return 71% for 0.71."""
    return f"{round(share * 100)}%"


def v_number(digits: str) -> Markup:
    """Return the V-number in groups that only look apart, so that copying gives the bare digits."""
    groups = (digits[:3], digits[3:6], digits[6:])
    inside = Markup("").join(Markup("<span>{}</span>").format(escape(g)) for g in groups if g)
    return Markup('<span class="digits">{}</span>').format(inside)


def _relative(distance: int) -> str:
    if distance == YESTERDAY:
        return _("yesterday")
    if distance == 0:
        return _("today")
    return _("tomorrow") if distance == TOMORROW else ""


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def _whole_months(born: date, today: date) -> int:
    """Count full months; born on 29 February turns on 1 March in other years (rules.md 1)."""
    months = (today.year - born.year) * MONTHS_A_YEAR + today.month - born.month
    return months - (today.day < born.day)


FILTERS: Final = {
    f.__name__: f
    for f in (
        age,
        age_in_words,
        birth_date,
        clock_time,
        day_cell,
        day_form,
        day_heading,
        day_in_full,
        day_in_sentence,
        day_near,
        day_short,
        days,
        moment,
        number,
        percent,
        school_days,
        v_number,
        working_days,
    )
}
"""Every filter that templates may use, under its own name."""

"""Rules about birthdays that change who decides: ask again in time, and know the day."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.case import Case
from caseapp.domain.codes import BirthStatus, Precision
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    rule,
)


@rule(
    "AGE-5",
    "Ask again who may know",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
    tile=day_to_come,
)
def consent_is_asked_again(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Around the birthdays at which a child may decide more, it is asked again who may know what."""
    asked = child.consents[-1].on if child.consents else date.min
    for name in ("child_age_years", "youth_age_years", "adult_age_years"):
        turned = child.birthday(limits[name])
        opens = calendar.plus_days(turned.first, -limits["ahead_days"])
        closes = calendar.plus_days(turned.last, limits["until_days"])
        if opens <= today <= closes and asked < opens:
            yield Finding(
                "AGE-5",
                f"consent:{limits[name]}",
                Severity.NOTICE if today < turned.first else Severity.WARNING,
                since=opens,
                due=turned.first,
                detail={"age": limits[name], "turned_by": turned.last},
            )


@rule(
    "AGE-6",
    "Birth date must be checked",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
    tile=day_to_come,
)
def birth_dates_are_known_in_time(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A birth date that is not known to the day is examined before a birthday that changes rights."""
    birth = child.child.birth
    if birth.precision is Precision.DAY or birth.status is BirthStatus.EXAMINED:
        return
    for name in (
        "child_age_years",
        "youth_age_years",
        "adult_age_years",
        "reception_age_years",
        "last_age_years",
    ):
        turned = child.birthday(limits[name])
        opens = calendar.plus_days(turned.first, -limits["ahead_days"])
        if opens <= today <= turned.last:
            yield Finding(
                "AGE-6",
                f"birth-date:{limits[name]}",
                Severity.WARNING,
                since=opens,
                due=turned.first,
                detail={"age": limits[name]},
            )

"""Days and kin of the child itself that can be missing, and how each could be filled in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from caseapp.domain import calendar
from caseapp.domain.codes import BirthStatus, Precision, Relation
from caseapp.domain.facts import FamilyMember
from caseapp.domain.gaps.lack import Filled, Filling, Look

ELSEWHERE: Final = "?"
"""A location that is none of ours, so that it differs from every other."""

_MONTHS_A_YEAR: Final = 12


def application_day(look: Look) -> Filling:
    """Fill in the day of the application: at birth, and on each day from which another law holds.

    Of all days under one law the earliest lets most clocks run out.
    """
    if look.case.lodged is not None:
        return
    laws = {block.valid_from for block in look.limits.blocks if block.by_lodging}
    later = (day for day in sorted(laws) if look.earliest < day <= look.today)
    for day in (look.earliest, *later):
        yield _child(look, application_lodged_on=day)


def arrival_day(look: Look) -> Filling:
    """Fill in the first day in reception, as early as it can be."""
    if look.case.first_arrival is None:
        yield _child(look, first_arrival_on=look.earliest)


def birth_day(look: Look) -> Filling:
    """Fill in each day of birth that could make a difference, while nobody has looked into it.

    A date that is only known to the month or the year never silences a rule that begins at an age; it does
    silence those that count from the last day on which the child can turn an age.
    """
    birth = look.case.child.birth
    if birth.precision is Precision.DAY or birth.status is BirthStatus.EXAMINED:
        return
    first, last = calendar.birth_range(birth)
    for day in sorted(d for d in {first, last, *_telling_births(look)} if first <= d <= last):
        yield _child(look, birth=replace(birth, date=day, precision=Precision.DAY))


def _telling_births(look: Look) -> Iterator[date]:
    """Yield the births by which today is the first or the last day of what a rule asks of an age."""
    numbers = look.limits.on(look.today, look.case.lodged)
    again, ending, deciding = (numbers.get(rule, {}) for rule in ("AGE-5", "AGE-4", "AGE-2"))
    ahead = {0, 1, again.get("ahead_days", 0), *_of(ending, "ahead_days", "critical_days")}
    ages = (*_of(again, "child_age_years", "youth_age_years", "adult_age_years"), 21, 23)
    for age in ages:
        for days in ahead:
            yield _born(calendar.plus_days(look.today, days), age)
    months = deciding.get("from_age_years", 0) * _MONTHS_A_YEAR
    yield calendar.plus_months(look.today, -months - deciding.get("from_age_months", 0))


def _of(numbers: Any, *names: str) -> Iterable[int]:
    return [numbers[name] for name in names if name in numbers]


def _born(birthday: date, age: int) -> date:
    return calendar.plus_months(birthday, -age * _MONTHS_A_YEAR)


def sibling_age(look: Look) -> Filling:
    """Let a brother or sister of unknown age be a minor; of one that lives nowhere, elsewhere."""
    for member in _siblings(look):
        if member.minor is None:
            place = member.location or (None if _follows(look, member) else ELSEWHERE)
            yield _member(look, member, minor=True, location=place)


def sibling_place(look: Look) -> Filling:
    """Let a minor brother or sister live elsewhere, whose place nobody wrote down."""
    for member in _siblings(look):
        if member.minor is True and member.location is None and not _follows(look, member):
            yield _member(look, member, location=ELSEWHERE)


def _siblings(look: Look) -> Iterator[FamilyMember]:
    for member in look.case.family:
        if member.relation is Relation.SIBLING and member.apart_reason is None:
            yield member


def _follows(look: Look, member: FamilyMember) -> bool:
    """Say whether where the member lives follows from its own file: it is mended there, if anywhere."""
    return member.ref in look.beside.linked


def _child(look: Look, **known: Any) -> Filled:
    return Filled(replace(look.dossier, child=replace(look.dossier.child, **known)))


def _member(look: Look, member: FamilyMember, **known: Any) -> Filled:
    members = tuple(
        replace(one, **known) if one.ref == member.ref else one
        for one in look.dossier.family_members
    )
    return Filled(replace(look.dossier, family_members=members), member.ref)

"""The life of an alert in sentences: what happened to it, and how long each interruption lasted."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.continuity import actions, queries
from caseapp.continuity.queries import Ending, Listed, Step
from caseapp.domain import calendar
from caseapp.domain.rules.rule import Severity
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.web.filters import day_in_sentence
from caseapp.web.i18n import Words
from caseapp.web.labels import SEVERITIES

if TYPE_CHECKING:
    from caseapp.continuity.models import AlertStep

BY_PEOPLE: Final = frozenset(
    {Step.TAKEN, Step.ASSIGNED, Step.PUT_OFF, Step.MISTAKEN, Step.RESTORED, Step.UNDONE}
)


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history of an alert: when, what happened, by whom, and a reason."""

    at: datetime
    words: Words
    who: Words = ""
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """One interruption: its first day, its last while it is over, how many days, and how it ended."""

    first: date
    last: date | None
    days: int
    ending: Words = ""


def history(work: Work, alert: Listed) -> list[Past]:
    """Return what happened to an alert, the latest first; that its owners looked comes from the trail."""
    steps = queries.steps_of(work, alert.id)
    owners = {alert.owner, *(step.to_account_id for step in steps)} - {None}
    opened = audit.first_opened(work, alert.child_id, steps[0].at) if steps and owners else {}
    named = accounts.names(work, [*owners, *(step.by for step in steps)])
    lines = list(_happened(steps, named))
    lines += [
        Past(at, _("Seen"), named.get(who, "")) for who, at in opened.items() if who in owners
    ]
    return sorted(lines, key=lambda line: line.at)[::-1]


def _happened(steps: Sequence["AlertStep"], named: Mapping[UUID, str]) -> Iterator[Past]:
    was: Severity | None = None
    rests: Counter[int | None] = Counter()
    for step in steps:
        now = Severity(step.severity) if step.severity else None
        rests[step.spell] += step.what == Step.PUT_OFF
        who = named.get(step.by, "") if step.by and step.what in BY_PEOPLE else ""
        yield Past(step.at, _words(step, named, was, now, rests[step.spell]), who, _reason(step))
        was = now or was


def _reason(step: "AlertStep") -> Words:
    reason = readable(step, "reason")
    if isinstance(reason, Unreadable):
        return _("Not readable - ref %(reference)s", reference=reason.reference)
    return reason or ""


def _words(
    step: "AlertStep",
    named: Mapping[UUID, str],
    was: Severity | None,
    now: Severity | None,
    rest: int,
) -> Words:
    what = Step(step.what)
    if what is Step.ASSIGNED:
        to = named.get(step.to_account_id, "") if step.to_account_id else ""
        return _("Given to %(name)s", name=to) if to else _("Back at the desk")
    if what is Step.PUT_OFF and step.until_on:
        day = day_in_sentence(step.until_on, clock.local_day(step.at))
        return _("Put off until %(day)s (time %(number)s of at most %(most)s)", day=day, number=rest,
                 most=actions.MOST_TIMES)  # fmt: skip
    if what is Step.CHANGED:
        return _changed(was, now)
    if now is not None:
        return _("%(what)s, as: %(severity)s", what=_PLAIN[what](), severity=SEVERITIES[now])
    return _PLAIN[what]()


def _changed(was: Severity | None, now: Severity | None) -> Words:
    """Return to what an alert changed; of an earlier step it is not kept."""
    if was is None or now is None:
        return _("Became more or less serious")
    if now.weight < was.weight:
        return _("Became less serious")
    return _("Became serious") if now is Severity.CRITICAL else _("Became a warning")


_PLAIN: Final[Mapping[Step, Callable[[], Words]]] = {
    Step.RAISED: lambda: _("Raised"),
    Step.CAME_BACK: lambda: _("Came back"),
    Step.TAKEN: lambda: _("Taken"),
    Step.MENDED: lambda: _("Mended: the facts closed it"),
    Step.CLIMBED: lambda: _("Brought to the national desk"),
    Step.MISTAKEN: lambda: _("Closed as a mistake"),
    Step.RESTORED: lambda: _("Right after all: open again"),
    Step.WATCHED: lambda: _("The facts changed: watched again"),
    Step.UNDONE: lambda: _("A list was undone: as it was before"),
}

_ENDINGS: Final[Mapping[Ending, Callable[[], Words]]] = {
    Ending.FACTS: lambda: "",
    Ending.MISTAKEN: lambda: _("closed as a mistake"),
    Ending.UNDONE: lambda: _("came of a list that was undone"),
}


def spells(work: Work, alert: Listed) -> list[Spell]:
    """Return how long each interruption lasted; the first began when it happened, not when we saw it."""
    found = []
    for number, spell in enumerate(queries.spells_of(work, alert.id)):
        first = clock.local_day(spell.opened_at)
        last = clock.local_day(spell.closed_at) if spell.closed_at else None
        if number == 0 and spell.days is not None and last is not None:
            first = calendar.plus_days(last, -spell.days)
        elif number == 0 and last is None:
            first = alert.since
        ending = _ENDINGS[Ending(spell.by)]() if spell.by else ""
        found.append(Spell(first, last, ((last or work.today) - first).days, ending))
    return found

"""All that was, as one table: stays, moves, school, care, guardians and support, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from caseapp.care.facts import Entry as CareEntry
from caseapp.casefile.views.heading import place_words
from caseapp.casefile.views.record import Record
from caseapp.domain.care_codes import EndReason, Regime
from caseapp.domain.codes import TransferStatus, WhereaboutsState
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.schooling.facts import Entry as SchoolEntry
from caseapp.schooling.facts import first_day
from caseapp.web.i18n import Words
from caseapp.web.labels import label


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the table: on which track, what, from when until when, in days."""

    track: Words
    what: Words
    start: date | None
    end: date | None
    days: int | None = None
    note: Words = ""
    is_moment: bool = False


def periods_of(work: Work, child: Sight, record: Record) -> list[Period]:
    """Return every period of a file that is open to the reader, the newest first; without a day last."""
    last = child.until_on or work.today
    every = [
        *_stays(record, last), *_moves(record), *_away(record, last), *_schools(record, last),
        *_care(record, last), *_guardians(record, last), *_supports(record, last),
    ]  # fmt: skip
    if child.until_on is not None:
        every = [_known_then(period, child.until_on) for period in every]
    return sorted(every, key=lambda p: (p.start or date.min, p.track), reverse=True)


def _known_then(period: Period, until: date) -> Period:
    """Leave out an end that came after the departure: who just left does not see it."""
    if period.end is None or period.end <= until:
        return period
    return Period(period.track, period.what, period.start, None, period.days, period.note)


def _days(start: date | None, end: date | None, last: date) -> int | None:
    if start is None or start > last:
        return None
    return (min(end or last, last) - start).days


def _stays(record: Record, last: date) -> Iterator[Period]:
    for row in record.stays:
        yield Period(
            _("Place"),
            place_words(record, row),
            row.from_on,
            row.to_on,
            _days(row.from_on, row.to_on, last),
        )


def _moves(record: Record) -> Iterator[Period]:
    for row in record.moves:
        if row.status == TransferStatus.CANCELLED:
            continue
        what = _("from %(left)s to %(goes_to)s", **_ends(record, row))
        handover = record.handovers.get(row.id)
        accepted = handover is not None and handover.acknowledged_on is not None
        note = label(TransferStatus(row.status)) if row.arrived_on is None else ""
        if row.arrived_on is not None and record.handovers and not accepted:
            note = _("handover not accepted")
        yield Period(
            _("Move"), what, row.arrived_on or row.planned_on, None, None, note, is_moment=True
        )


def _ends(record: Record, row: Any) -> dict[str, str]:
    """Return both ends of a move: a location, else the name that stands in the file."""
    facts = readable(row, "facts")
    named = (None, None) if isinstance(facts, Unreadable) else (facts.from_name, facts.to_name)
    unknown = _("an unknown place")
    return {
        "left": record.place(row.from_location_id) or named[0] or unknown,
        "goes_to": record.place(row.to_location_id) or named[1] or unknown,
    }


def _away(record: Record, last: date) -> Iterator[Period]:
    for row in record.away:
        days = _days(row.from_on, row.to_on, last)
        yield Period(
            _("Elsewhere"), label(WhereaboutsState(row.state)), row.from_on, row.to_on, days
        )


def _schools(record: Record, last: date) -> Iterator[Period]:
    for entry in record.schools:
        yield _school(entry, last)


def _school(entry: SchoolEntry, last: date) -> Period:
    if entry.record is None:
        return _unreadable(_("School"), entry.reference)
    said = entry.record
    start = said.attending_from or first_day(said)
    name = ", ".join(str(part) for part in (said.name, label(said.type)) if part)
    return Period(
        _("School"), name, start, said.end, _days(start, said.end, last), label(entry.state)
    )


def _care(record: Record, last: date) -> Iterator[Period]:
    for entry in record.care:
        yield _line(entry, last, broken=str(entry.id) in record.interrupted)


def _line(entry: CareEntry, last: date, *, broken: bool) -> Period:
    if entry.line is None:
        return _unreadable(_("Care"), entry.reference)
    line = entry.line
    what = ", ".join(str(part) for part in (label(line.kind), line.provider) if part)
    start = line.started_on or line.referred_on
    broken = broken or line.end_reason is EndReason.MOVED
    note = label(EndReason.MOVED) if broken else label(entry.state)
    return Period(_("Care"), what, start, line.ended_on, _days(start, line.ended_on, last), note)


def _guardians(record: Record, last: date) -> Iterator[Period]:
    for row in record.guardians:
        worker = record.workers.get(row.account_id) if row.account_id else None
        what = worker.name if worker else _sealed_name(row)
        days = _days(row.from_on, row.to_on, last)
        yield Period(_("Guardian"), what, row.from_on, row.to_on, days)


def _sealed_name(row: Any) -> str:
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return _("Not readable - ref %(reference)s", reference=facts.reference)
    return facts.name or _("somebody without an account")


def _supports(record: Record, last: date) -> Iterator[Period]:
    for row in record.supports:
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable):
            yield _unreadable(_("Support"), facts.reference)
            continue
        days = _days(row.from_on, row.to_on, last)
        yield Period(_("Support"), label(Regime(facts.regime)), row.from_on, row.to_on, days)


def _unreadable(track: Words, reference: str) -> Period:
    return Period(track, _("Not readable - ref %(reference)s", reference=reference), None, None)

"""What is known on a day: later records are left out, and later happenings are read as absent.

A day on which something is planned stands (`end`, `ended_on`, `planned_on`, `next_contact_on`,
`medication_until`, `due_on`, `attending_from`); one on which something is said to have happened
does not when it has yet to come (rules.md 1).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from caseapp.domain.codes import TransferStatus
from caseapp.domain.facts import (
    CareLine,
    FamilyMember,
    Handover,
    Observation,
    SchoolRecord,
    Transfer,
    Whereabouts,
)


class Lasting(Protocol):
    """A record with a half-open period."""

    @property
    def id(self) -> str:
        """The identity of the record."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def end(self) -> date | None:
        """The day it ended, not part of it."""


class Dated(Protocol):
    """A record of one day."""

    @property
    def id(self) -> str:
        """The identity of the record."""

    @property
    def on(self) -> date:
        """The day."""


L = TypeVar("L", bound=Lasting)
D = TypeVar("D", bound=Dated)


def happened(day: date | None, today: date) -> date | None:
    """Return a day on which something happened, or None when it has yet to come."""
    return None if day is None or day > today else day


def in_order(records: Iterable[L]) -> tuple[L, ...]:
    """Sort by first day, then end (open last), then id."""
    return tuple(
        sorted(records, key=lambda one: (one.start, one.end is None, one.end or one.start, one.id))
    )


def begun(records: Iterable[L], today: date) -> tuple[L, ...]:
    """Return the lasting records that began on or before today, in their order."""
    return in_order(record for record in records if record.start <= today)


def dated(records: Iterable[D], today: date) -> tuple[D, ...]:
    """Return the records of a day on or before today, by day and id."""
    past = (record for record in records if record.on <= today)
    return tuple(sorted(past, key=lambda one: (one.on, one.id)))


def whereabouts(records: Iterable[Whereabouts], today: date) -> tuple[Whereabouts, ...]:
    """Return the whereabouts that began, in their order; a report to come is no report."""
    return tuple(
        replace(record, police_report_on=happened(record.police_report_on, today))
        for record in begun(records, today)
    )


def relatives(members: Iterable[FamilyMember], today: date) -> tuple[FamilyMember, ...]:
    """Return the family as known; a member that is to come to its location does not count yet."""
    return tuple(
        member
        for member in sorted(members, key=lambda one: one.ref)
        if member.location_since is None or member.location_since <= today
    )


def transfers(records: Iterable[Transfer], today: date) -> tuple[Transfer, ...]:
    """Return the transfers to another location that were announced, by that day and id."""
    known = (
        _transfer(record, today)
        for record in records
        if record.announced_on <= today and record.from_location != record.to_location
    )
    return tuple(sorted(known, key=lambda one: (one.announced_on, one.id)))


def _transfer(record: Transfer, today: date) -> Transfer:
    if record.arrived_on is not None and record.arrived_on > today:
        record = replace(record, status=TransferStatus.PLANNED, arrived_on=None)
    if record.handover is None:
        return record
    return replace(record, handover=_handover(record.handover, today))


def _handover(handover: Handover, today: date) -> Handover:
    sent_on = happened(handover.sent_on, today)
    acknowledged_on = happened(handover.acknowledged_on, today)
    return replace(handover, sent_on=sent_on, acknowledged_on=acknowledged_on)


def school(records: Iterable[SchoolRecord], today: date) -> tuple[SchoolRecord, ...]:
    """Return the school records, coming ones too, by the first day attended and id."""
    known = (
        replace(
            record,
            waiting_list_since=happened(record.waiting_list_since, today),
            enrolled_on=happened(record.enrolled_on, today),
            kept_after_move_on=happened(record.kept_after_move_on, today),
            outflow_plan_on=happened(record.outflow_plan_on, today),
        )
        for record in records
    )
    return tuple(sorted(known, key=_school_order))


def _school_order(record: SchoolRecord) -> tuple[date, bool, date, str]:
    first = record.attending_from or date.max
    return first, record.end is None, record.end or first, record.id


def care(records: Iterable[CareLine], today: date) -> tuple[CareLine, ...]:
    """Return the care lines that were referred, by that day, their end and id."""
    known = (_line(record, today) for record in records if record.referred_on <= today)
    return tuple(sorted(known, key=_care_order))


def _line(record: CareLine, today: date) -> CareLine:
    return replace(
        record,
        intake_on=happened(record.intake_on, today),
        started_on=happened(record.started_on, today),
        contacts_on=tuple(sorted(day for day in record.contacts_on if day <= today)),
        waiting_kept_on=happened(record.waiting_kept_on, today),
    )


def _care_order(record: CareLine) -> tuple[date, bool, date, str]:
    end = record.ended_on
    return record.referred_on, end is None, end or record.referred_on, record.id


def observations(records: Iterable[Observation], today: date) -> tuple[Observation, ...]:
    """Return the observations by day and id; an action that is to be done later is not done."""
    return tuple(_observation(record, today) for record in dated(records, today))


def _observation(record: Observation, today: date) -> Observation:
    if record.action is None or happened(record.action.done_on, today) == record.action.done_on:
        return record
    return replace(record, action=replace(record.action, done_on=None))

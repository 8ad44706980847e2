"""A trail of many records, and how fast and how lean the whole of it is verified."""

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from caseapp.audit import actions, queries
from caseapp.audit.actions import Lines
from caseapp.audit.actions.chaining import EVENT
from caseapp.audit.queries import Found
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.raw import RawRow
from caseapp.kernel.work import Work
from tests.tampering import SYSTEM

AT_ONCE = 10_000
LIST_OF = 25
ONE_IN = 20
"""One record in so many is a list, of as many children."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How a look at a trail went."""

    found: Found
    records: int
    seconds: float
    megabytes: int

    @property
    def said(self) -> str:
        """Return it as a line."""
        rate = self.records / self.seconds
        return (
            f"{self.records} records verified in {self.seconds:.1f} s ({rate:,.0f} a second): "
            f"{self.found.outcome}, {len(self.found.problems)} problems, peak {self.megabytes} MB"
        )


def fill(machine: Machine, many: int) -> float:
    """Write so many records as a list does, and return the seconds; a checkpoint each 10,000."""
    began = time.perf_counter()
    for start in range(0, many, AT_ONCE):
        work = machine.work(SYSTEM)
        actions.take_in(work, [_lines(work, start, min(AT_ONCE, many - start))])
        work.commit()
        work.session.close()
        after = machine.work(SYSTEM, writes=False)
        actions.vouch(after, machine.settings.checkpoints_file, at_once=True)
        after.session.close()
    return time.perf_counter() - began


def verified(machine: Machine) -> Verified:
    """Look at the whole trail of a house."""
    work = machine.work(SYSTEM, writes=False)
    began = time.perf_counter()
    found = queries.verify(work, machine.settings.checkpoints_file)
    seconds = time.perf_counter() - began
    work.session.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Verified(found, found.records, seconds, peak)


def _lines(work: Work, start: int, many: int) -> Lines:
    children = [UUID(int=number) for number in range(1, LIST_OF + 1)]
    events, seen = [], []
    for number in range(1, many + 1):
        is_list = number % ONE_IN == 0
        events.append(_event(work, number, is_list=is_list))
        if is_list:
            seen += [(number, child.hex) for child in children]
    return Lines(events, seen)


def _event(work: Work, number: int, *, is_list: bool) -> RawRow:
    said = {
        "seq": number,
        "id": new_id().hex,
        "at": (work.now + timedelta(seconds=number))
        .replace(tzinfo=None)
        .isoformat(" ", "microseconds"),
        "code": "list-caseload" if is_list else "child-read",
        "action": "R",
        "outcome": "ok",
        "account_id": UUID(int=7).hex,
        "role": "cpk",
        "session_ref": "a" * 64,
        "child_id": None if is_list else UUID(int=1).hex,
        "object": "child",
        "fields": "all",
        "grant_id": UUID(int=8).hex,
        "route": "GET /kinderen/<uuid:child_id>",
        "trace_id": f"{number:032x}",
        "organisation": "COA",
        "access_point": "192.0.2.0/24 firefox mobile",
        "data_class": "dossier",
        "rule": "child_read 0a1b2c3d",
        "source": "web",
        "app_version": "0.1.0",
        "span_id": f"{number:016x}",
    }
    return tuple(said.get(str(column.name)) for column in EVENT.columns)


def outcomes(machine: Machine, many: int) -> Iterator[str]:
    """Fill a trail and look at it, and yield what to say of both."""
    seconds = fill(machine, many)
    yield f"{many} records written and tied in {seconds:.1f} s ({many / seconds:,.0f} a second)"
    yield verified(machine).said

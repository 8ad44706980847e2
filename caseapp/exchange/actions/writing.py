"""The one transaction of a list: what was rehearsed is written, and what others changed meanwhile done anew.

The trail tells what others did since a group was copied. Rows of new children go first, for nobody waits for
those; then the rows of known children are locked in the order in which everybody locks them: the child, its
facts, its turn, and in the end the trail.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, TypeAlias

from caseapp.audit import actions as trail
from caseapp.audit import queries as audit
from caseapp.continuity import actions as continuity
from caseapp.domain import events as e
from caseapp.domain.lists.intents import Intent
from caseapp.domain.lists.pipeline import compare_again
from caseapp.domain.lists.report import Report
from caseapp.exchange import queries
from caseapp.exchange.actions.grouping import Group, grouped
from caseapp.exchange.actions.lists import Examined, note_shown
from caseapp.exchange.actions.rehearsing import Rehearsed, Room
from caseapp.exchange.actions.written import Applied, added_children, changes_of
from caseapp.exchange.models import ListRun
from caseapp.kernel import clock
from caseapp.kernel.bulk import on_server
from caseapp.kernel.raw import tables
from caseapp.kernel.rehearsal import Difference
from caseapp.kernel.replay import write
from caseapp.kernel.spool import Spool
from caseapp.kernel.work import Work
from caseapp.notices import actions as notices
from caseapp.people import queries as people

Finish: TypeAlias = Callable[[Work, Applied], ListRun]
"""What is kept of the run itself, in the same transaction as all that the list does."""

OF_THE_HOUSE: Final = (
    e.AccountClosed,
    e.AccountCorrected,
    e.GrantApproved,
    e.GrantRevoked,
    e.LimitChanged,
    e.LocationCorrected,
    e.LocationRecorded,
    e.LocationRemoved,
    e.LocationRestored,
)
"""What happens to the house and not to one child: all that was rehearsed before may be otherwise."""

PAUSE: Final = 1.0
"""While new children are written nobody waits, but a server is busy: others go between for as long again."""

LATE: Final = frozenset({"alert", "alert_spell", "alert_step", "promise", "told"})
"""Tables that are written by whoever has the turn of a child."""


class HouseChangedError(RuntimeError):
    """Places, people or limits changed while a list was rehearsed: it has to be rehearsed anew."""


class MeanwhileError(RuntimeError):
    """Somebody wrote about children of these parts while their rows were being written."""

    def __init__(self, parts: frozenset[int]) -> None:
        super().__init__()
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Part:
    """A group of children that was rehearsed; what it would write lies in the spool under its number."""

    number: int
    group: Group
    seq: int
    bundle: notices.Bundle
    first_no: int


@dataclass(slots=True)
class Writing:
    """A list that is being written in one transaction."""

    work: Work
    room: Room
    spool: Spool[Rehearsed]
    examined: Examined
    seq: int
    """The number of the trail before anything was read."""
    parts: list[Part]
    anew: frozenset[int] = frozenset()
    """Parts that have to be done anew, whatever the trail says."""
    reports: list[Report] = field(default_factory=list)

    def write(self, finish: Finish) -> Report:
        """Write everything but the commit, and return the report as it came true.

        Raises HouseChangedError and MeanwhileError; then all has to be rolled back.
        """
        of_the_house = [trail.code_of(kind) for kind in OF_THE_HOUSE]
        if audit.happened_since(self.work, self.seq, of_the_house):
            raise HouseChangedError
        anew = self.anew | self._overtaken(self.parts)
        fresh = [part for part in self.parts if part.number not in anew]
        new, known = _split(fresh)
        for part in new:
            with clock.giving_way(PAUSE if on_server(self.work) else 0):
                write(self.work, self._difference(part), _all())
        run = None if anew else self._finished(finish)
        self._write_known(known)
        if run is None:
            overtaken = [part for part in self.parts if part.number in anew]
            self.parts = [*fresh, *(one for part in overtaken for one in self._again(part))]
            run = self._finished(finish)
        self._write_trail(run)
        return self._report()

    def _finished(self, finish: Finish) -> ListRun:
        """Keep the run and tell of it: before anybody has to wait, if nothing is done anew."""
        report = self._report()
        run = finish(self.work, self._applied(report))
        notices.tell_of_list(self.work, run.id, self._bundle())
        note_shown(self.work, replace(self.examined, report=report))
        return run

    def _overtaken(self, parts: Iterable[Part]) -> frozenset[int]:
        """Return the parts about whose children somebody wrote since they were copied."""
        return frozenset(part.number for part in parts if self._is_overtaken(part))

    def _is_overtaken(self, part: Part) -> bool:
        if part.group.touched:
            return bool(audit.changed_since(self.work, part.seq, part.group.copied))
        return bool(queries.keys_of(self.work, part.group.v_numbers))

    def _write_known(self, parts: Sequence[Part]) -> None:
        """Write about children that we knew: each locked, its facts, its turn, and then its alerts.

        Raises MeanwhileError when somebody was faster than our locks; nobody can be after this.
        """
        touched = frozenset().union(*(part.group.touched for part in self.parts))
        people.lock_all(self.work, touched)
        for part in parts:
            write(self.work, self._difference(part), _all() - LATE)
        continuity.hold(self.work, sorted(touched))
        overtaken = self._overtaken(parts)
        if overtaken:
            raise MeanwhileError(self.anew | overtaken)
        for part in parts:
            write(self.work, self._difference(part), LATE)

    def _again(self, part: Part) -> list[Part]:
        """Do a part anew, now that nobody can write about its children, and write it."""
        intents, snapshot = self._compared_again(part)
        self.room.stage.furnish(self.work)
        done = []
        for group in grouped(self.work, intents, snapshot):
            one = rehearsed_part(self.room, self.spool, self.work, group, snapshot, part.first_no)
            write(self.work, self._difference(one), _all())
            done.append(one)
        return done

    def _compared_again(self, part: Part) -> tuple[Sequence[Intent], queries.Snapshot]:
        """Return what the rows of a part do, as things are by now; a list of locations stays as it is."""
        said, snapshot = self.examined.said, self.examined.snapshot
        if not part.group.v_numbers:
            return part.group.intents, snapshot
        rows = tuple(row for row in said.rows if row.mentions in part.group.v_numbers)
        snapshot = queries.known(self.work, replace(said, rows=rows), snapshot.places)
        report = compare_again(
            said, part.group.v_numbers, snapshot.known, self.examined.source.taken
        )
        self.reports.append(report)
        return report.intents, snapshot

    def _difference(self, part: Part) -> Difference:
        return self.spool.get(part.number).difference

    def _report(self) -> Report:
        """Return the report with the rows that came out otherwise in the end."""
        otherwise = {row.number: row for report in self.reports for row in report.rows}
        report = self.examined.report
        rows = (otherwise.get(row.number, row) for row in report.rows)
        return replace(report, rows=tuple(rows)) if otherwise else report

    def _applied(self, report: Report) -> Applied:
        rehearsed = [part.number for part in self.parts]
        return Applied(
            report=report,
            added=frozenset(chain(*(added_children(self.spool.get(one)) for one in rehearsed))),
            changed=frozenset(chain(*(part.group.children for part in self.parts))),
            changes=chain.from_iterable(changes_of(self.spool.get(one)) for one in rehearsed),
        )

    def _bundle(self) -> notices.Bundle:
        return sum((part.bundle for part in self.parts), notices.Bundle())

    def _write_trail(self, run: ListRun) -> None:
        """Write what was done in the rehearsals to the trail, and keep how far it then came."""
        self.work.settle()
        lines = (self.spool.get(part.number).lines for part in self.parts)
        trail.take_in(self.work, lines)
        run.seq_at = audit.last_number(self.work) + len(self.work.trail)


def rehearsed_part(
    room: Room,
    spool: Spool[Rehearsed],
    real: Work,
    group: Group,
    snapshot: queries.Snapshot,
    first_no: int,
) -> Part:
    """Rehearse a group, and lay aside what it would write."""
    rehearsed, bundle = room.rehearse(real, group, snapshot, first_no)
    return Part(
        number=spool.put(rehearsed),
        group=group,
        seq=rehearsed.seq,
        bundle=bundle,
        first_no=first_no,
    )


def _split(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """Return the parts of new children, and those of children that we knew."""
    all_of = list(parts)
    known = [part for part in all_of if part.group.touched]
    return [part for part in all_of if not part.group.touched], known


def _all() -> frozenset[str]:
    return frozenset(str(table.name) for table in tables())

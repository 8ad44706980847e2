"""A part of a list done on a copy of its children: what it would write, without anybody waiting for it."""

from dataclasses import dataclass
from typing import Final

from caseapp.audit import queries as audit
from caseapp.audit.actions import Lines
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.actions.carrying import carry_out
from caseapp.exchange.actions.grouping import Group
from caseapp.exchange.queries import Snapshot
from caseapp.kernel.machine import Machine
from caseapp.kernel.rehearsal import Difference, Rehearsal, Stage
from caseapp.kernel.seals import Vault
from caseapp.kernel.work import Work
from caseapp.notices import actions as notices
from caseapp.people import actions as people

HOUSE: Final = (
    "access_grant", "account", "audit_head", "counter", "limit_set", "location", "move_list", "school",
)  # fmt: skip
"""Tables that are copied whole: rules and reactions look in them for everybody."""

APART: Final = frozenset({
    "alert_turn", "audit_event", "audit_event_child", "list_change", "list_child", "past",
    "protection_alert", "protection_entry", "protection_file",
})  # fmt: skip
"""Tables of children that no rule or reaction reads; what is written there is written anyway."""

BY_THE_WRITER: Final = frozenset({"alert_turn", "audit_head", "counter"})
"""Tables of turns and numbers: whoever writes in the end takes them, not the rehearsal."""

EVENTS: Final = "audit_event"
CHILDREN: Final = "audit_event_child"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a group of children would write, its lines in the trail apart, and since when it is true."""

    difference: Difference
    lines: Lines
    seq: int
    """The number that the trail had before the children were copied."""


@dataclass(slots=True)
class Room:
    """Where a list is rehearsed, group after group; what people are to be told gathers here."""

    machine: Machine
    like: Work
    """The work that is rehearsed for: who does it, when, and on what occasion."""
    kind: ListKind
    stage: Rehearsal

    def rehearse(
        self, real: Work, group: Group, snapshot: Snapshot, first_no: int
    ) -> tuple[Rehearsed, notices.Bundle]:
        """Do what a list does with a group on a copy of its children, and return what that comes to.

        New children get numbers from `first_no` on. Raises what carrying out raises.
        """
        seq = audit.last_number(real)
        with self.stage.of(real, sorted(group.copied)) as stage:
            work = self._work(stage)
            with work.beyond("a rehearsal is done on copies"):
                people.go_on_from(work, first_no)
                carry_out(work, self.kind, group.intents, snapshot)
                work.flush()
            work.note_failures()
            bundle = notices.bundle_of(work)
            work.write_trail(work)
            return _apart(stage.difference(), seq), bundle

    def _work(self, stage: Stage) -> Work:
        return Work(
            session=stage.session,
            actor=self.like.actor,
            now=self.like.now,
            vault=Vault(self.machine.keyring),
            find_limits=self.machine.find_limits,
            reactions=self.machine.reactions,
            write_trail=self.machine.write_trail,
            route=self.like.route,
            trace_id=self.like.trace_id,
            access=self.like.access,
            occasion=self.like.occasion,
        )


def _apart(difference: Difference, seq: int) -> Rehearsed:
    """Return what is written by table, and the lines of the trail, that get other numbers."""
    added = dict(difference.added)
    lines = Lines(events=added.pop(EVENTS, ()), children=added.pop(CHILDREN, ()))
    kept = {name: rows for name, rows in added.items() if name not in BY_THE_WRITER}
    changed = [one for one in difference.changed if one.table not in BY_THE_WRITER]
    return Rehearsed(Difference(kept, changed), lines, seq)

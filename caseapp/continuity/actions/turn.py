"""One turn of alerts: raised, changed and closed by facts, many children with a few statements."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.actions import spells
from caseapp.continuity.facts import Surroundings
from caseapp.continuity.models import Alert, AlertFacts, AlertSpell, AlertStep, Ending, Step
from caseapp.continuity.queries import Known
from caseapp.domain import events as e
from caseapp.domain.continuity import Verdict
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Why
from caseapp.domain.recipients import Around, Recipients, may_keep, recipients, transfer_of
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Detail, Finding, Severity
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import actions as people

TOLD_FOR: Final = timedelta(days=30)
"""How long being told of an alert opens the header of the child, at most (rules.md 4)."""


class Turn:
    """One turn of alerts: the rows of all children are collected, and written with one statement a table."""

    def __init__(self, work: Work, surroundings: Surroundings) -> None:
        self.work = work
        self.surroundings = surroundings
        self.alerts: list[dict[str, Any]] = []
        self.spells: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []

    def make(self, verdicts: Mapping[UUID, Verdict], known: Mapping[UUID, list[Known]]) -> int:
        """Raise, change and close what the verdicts say, and return how many children changed."""
        before = {
            (child_id, *one.alert.identity): UUID(one.alert.id)
            for child_id in verdicts
            for one in known.get(child_id, ())
        }
        passed_on = list(self._passed_on(verdicts, known))
        changed = {
            child_id for child_id, verdict in verdicts.items() if not verdict.changes_nothing
        }
        touched = [
            before[child_id, *identity]
            for child_id in changed
            for identity in verdicts[child_id].identities
            if (child_id, *identity) in before
        ]
        rows = queries.rows_of(self.work, [*touched, *(key for key, _who in passed_on)])
        going_on = queries.open_spells(self.work, touched)
        for child_id in changed:
            self._follow(child_id, verdicts[child_id], before, rows, going_on)
        for key, who in passed_on:
            self._pass_on(rows[key], who)
        self._write()
        return len(changed | {rows[key].child_id for key, _who in passed_on})

    def _follow(
        self,
        child_id: UUID,
        verdict: Verdict,
        before: Mapping[tuple[UUID, str, str], UUID],
        rows: Mapping[UUID, Alert],
        going_on: Mapping[UUID, AlertSpell],
    ) -> None:
        """Let the alerts of one child follow its verdict."""
        for finding in verdict.to_raise:
            key = before.get((child_id, *finding.identity))
            self._raise(child_id, finding, rows[key] if key else None)
        for finding in verdict.to_change:
            self._change(child_id, finding, rows[before[child_id, *finding.identity]])
        for alert in verdict.to_close:
            key = UUID(alert.id)
            self._close(rows[key], going_on.get(key))
        for alert in verdict.to_watch:
            self._watch(rows[UUID(alert.id)])

    def _passed_on(
        self, verdicts: Mapping[UUID, Verdict], known: Mapping[UUID, list[Known]]
    ) -> Iterator[tuple[UUID, Recipients]]:
        """Yield the alerts that go on but whose owner is not the one they should have now."""
        for child_id, verdict in verdicts.items():
            ending = {alert.id for alert in verdict.to_close}
            for one in known.get(child_id, ()):
                if not one.alert.is_open or one.alert.id in ending:
                    continue
                around = self._around(child_id, one.alert.rule, one.alert.subject)
                if one.is_taken and isinstance(one.owner, UUID) and may_keep(one.owner, around):
                    continue
                who = recipients(RULES[one.alert.rule].owner, one.alert.severity, around)
                if one.owner != (who.account or who.desk):
                    yield UUID(one.alert.id), who

    def _pass_on(self, row: Alert, who: Recipients) -> None:
        """Give an alert to the owner that the table names now: the old one has gone or handed over."""
        _set(row, owner_account_id=who.account, owner_desk=who.desk, taken_at=None)
        self._step(row.child_id, row.id, Step.ASSIGNED, row.times, to_account_id=who.account)
        self._open_to(row.child_id, row.id, who)
        self.work.record(
            e.AlertAssigned(
                object_id=row.id,
                child_id=row.child_id,
                rule=row.rule,
                account_id=who.account,
                severity=row.severity,
                spell=row.times,
            )
        )

    def _raise(self, child_id: UUID, finding: Finding, row: Alert | None) -> None:
        """Write a new alert, or open again the one that has this identity."""
        who = self._recipients(child_id, finding.rule, finding.subject, finding.severity)
        key = new_id() if row is None else row.id
        times = 1 if row is None else row.times + 1
        values = self._values(child_id, finding, who) | {"times": times}
        if row is None:
            named = {"rule": finding.rule, "subject": finding.subject, "version": 1}
            facts_of = _facts(finding)
            new = sealed_row(self.work, Alert, child_id, key, facts=facts_of, **named, **values)
            self.alerts.append(new)
        else:
            row.facts = _facts(finding)
            _set(row, **values)
        self._spell_begins(child_id, key)
        what = Step.RAISED if row is None else Step.CAME_BACK
        self._step(child_id, key, what, times, severity=finding.severity)
        self._open_to(child_id, key, who)
        kind = e.AlertRaised if row is None else e.AlertCameBack
        self.work.record(
            kind(object_id=key, child_id=child_id, rule=finding.rule, severity=finding.severity.value,
                 told=who.told, spell=times)
        )  # fmt: skip

    def _values(self, child_id: UUID, finding: Finding, who: Recipients) -> dict[str, Any]:
        """Return what an alert is that is open from now on: whose, how grave, and not put off."""
        return {
            "severity": finding.severity.value,
            "rank": queries.RANKS[finding.severity],
            "region": self.surroundings.of(child_id).here.region,
            "opened_at": self.work.now,
            "closed_at": None,
            "owner_account_id": who.account,
            "owner_desk": who.desk,
            "taken_at": None,
            "put_off_until": None,
            "put_off_count": 0,
            "mistaken_at": None,
            **_clear_days(finding),
        }

    def _change(self, child_id: UUID, finding: Finding, row: Alert) -> None:
        was = Severity(row.severity)
        row.facts = _facts(finding)
        _set(
            row,
            severity=finding.severity.value,
            rank=queries.RANKS[finding.severity],
            **_clear_days(finding),
        )
        if was is finding.severity:
            return
        if finding.severity.weight > was.weight:
            row.put_off_until = None
        who = self._recipients(child_id, finding.rule, finding.subject, finding.severity)
        self._step(child_id, row.id, Step.CHANGED, row.times, severity=finding.severity)
        self._open_to(child_id, row.id, who)
        self.work.record(
            e.AlertChanged(object_id=row.id, child_id=child_id, rule=finding.rule, told=who.told,
                           severity=finding.severity.value, was=was.value, spell=row.times)
        )  # fmt: skip

    def _close(self, row: Alert, spell: AlertSpell | None) -> None:
        spells.end(self.work, row, spell, Ending.FACTS)
        self._step(row.child_id, row.id, Step.MENDED, row.times)
        self.work.record(e.AlertClosed(object_id=row.id, child_id=row.child_id, rule=row.rule))

    def _watch(self, row: Alert) -> None:
        """Let the rule speak again: the facts are gone that somebody judged a mistake."""
        row.mistaken_at = None
        self._step(row.child_id, row.id, Step.WATCHED, row.times)
        self.work.record(e.AlertWatched(object_id=row.id, child_id=row.child_id, rule=row.rule))

    def let_in(self, *rows: Alert) -> None:
        """Let who is told of alerts without seeing the child look in again, for they are open again."""
        for row in rows:
            severity = Severity(row.severity)
            who = self._recipients(row.child_id, row.rule, row.subject, severity)
            self._open_to(row.child_id, row.id, who)
        self._write()

    def _recipients(
        self, child_id: UUID, rule: str, subject: str, severity: Severity
    ) -> Recipients:
        around = self._around(child_id, rule, subject)
        return recipients(RULES[rule].owner, severity, around)

    def _around(self, child_id: UUID, rule: str, subject: str) -> Around:
        transfer = transfer_of(rule, subject)
        if transfer is not None:
            return self.surroundings.on_the_way(child_id, UUID(transfer))
        return self.surroundings.of(child_id)

    def _spell_begins(self, child_id: UUID, alert_id: UUID) -> None:
        self.spells.append(
            {"id": new_id(), "alert_id": alert_id, "child_id": child_id, "opened_at": self.work.now}
        )

    def _step(
        self, child_id: UUID, alert_id: UUID, what: Step, spell: int, **about: UUID | str | None
    ) -> None:
        self.steps.append(
            {"id": new_id(), "alert_id": alert_id, "child_id": child_id, "at": self.work.now,
             "by": self.work.actor.account_id, "what": what, "spell": spell, **about}
        )  # fmt: skip

    def _open_to(self, child_id: UUID, alert_id: UUID, who: Recipients) -> None:
        self.told += [
            {"child_id": child_id, "alert_id": alert_id, "account_id": account_id}
            for account_id in who.outside
        ]

    def _write(self) -> None:
        self.work.flush()
        insert_all(self.work, Alert, self.alerts)
        insert_all(self.work, AlertSpell, self.spells)
        insert_all(self.work, AlertStep, self.steps)
        for one in self.told:
            people.open_reach(
                self.work, one["child_id"], Why.TOLD, Sees.HEADER, self.work.now,
                account_id=one["account_id"], origin_id=one["alert_id"], until_at=self.work.now + TOLD_FOR,
            )  # fmt: skip


def _facts(finding: Finding) -> AlertFacts:
    words, numbers, days = split(finding.detail)
    return AlertFacts(finding.since, finding.due, words, numbers, days)


def split(detail: Detail) -> tuple[dict[str, str], dict[str, int], dict[str, date]]:
    """Return the details of a finding by type, as the seal keeps them."""
    words = {key: str(value) for key, value in detail.items() if isinstance(value, str)}
    numbers = {key: value for key, value in detail.items() if isinstance(value, int)}
    days = {key: value for key, value in detail.items() if isinstance(value, date)}
    return words, numbers, days


def _clear_days(finding: Finding) -> dict[str, Any]:
    """Return the days that may stand in the clear: a rule that counts from a birthday would tell it."""
    if RULES[finding.rule].from_birthday:
        return {"since": None, "due": None}
    return {"since": finding.since, "due": finding.due}


def _set(row: Any, **values: object) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)

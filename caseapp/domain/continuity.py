"""Assess one child, and decide what becomes of its alerts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseapp.domain.case import Case
from caseapp.domain.facts import Dossier
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Detail, Finding, Severity


class Standing(StrEnum):
    """How an alert on record stands: open, mended by facts, or judged a mistake while the facts last."""

    OPEN = "open"
    MENDED = "mended"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert as the record of alerts keeps it; `turned_on` is the day it last opened or closed."""

    id: str
    rule: str
    subject: str
    severity: Severity
    since: date
    due: date | None = None
    detail: Detail = field(default_factory=dict)
    standing: Standing = Standing.OPEN
    turned_on: date = date.min

    @property
    def identity(self) -> tuple[str, str]:
        """Return rule and subject."""
        return self.rule, self.subject

    @property
    def is_open(self) -> bool:
        """Say whether it is open now."""
        return self.standing is Standing.OPEN

    def differs_from(self, finding: Finding) -> bool:
        """Say whether the finding says something else than the alert does."""
        kept = (self.severity, self.since, self.due, dict(self.detail))
        return kept != (finding.severity, finding.since, finding.due, dict(finding.detail))

    def mutes(self, finding: Finding) -> bool:
        """Say whether a finding is kept silent: it was judged a mistake, and is no graver than it was then."""
        is_muted = self.standing is Standing.MISTAKEN
        return is_muted and finding.severity.weight <= self.severity.weight


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with the alerts of one child, each part in the order of rule and subject."""

    to_raise: tuple[Finding, ...] = ()
    to_change: tuple[Finding, ...] = ()
    to_close: tuple[StoredAlert, ...] = ()
    to_watch: tuple[StoredAlert, ...] = ()
    """Judged a mistake, and the facts that gave it are gone: what comes later is raised again."""

    @property
    def changes_nothing(self) -> bool:
        """Say whether there is nothing to write."""
        return not (self.to_raise or self.to_change or self.to_close or self.to_watch)

    @property
    def identities(self) -> list[tuple[str, str]]:
        """Return rule and subject of everything that has to be written."""
        found = [finding.identity for finding in (*self.to_raise, *self.to_change)]
        return found + [alert.identity for alert in (*self.to_close, *self.to_watch)]


def assess(dossier: Dossier, today: date, limits: LimitBook) -> tuple[Finding, ...]:
    """Return what the rules find on a day, sorted by rule and subject, each identity once."""
    return found_in(Case(dossier, today), limits)


def found_in(child: Case, limits: LimitBook) -> tuple[Finding, ...]:
    """Return the same for a child as known on a day."""
    if not child.watched:
        return ()
    numbers = limits.on(child.today, child.lodged)
    found: dict[tuple[str, str], Finding] = {}
    for code, rule in RULES.items():
        for finding in rule.promise(child, child.today, numbers.get(code, {})):
            known = found.get(finding.identity)
            found[finding.identity] = finding if known is None else graver(known, finding)
    return tuple(found[identity] for identity in sorted(found))


def graver(one: Finding, other: Finding) -> Finding:
    """Return the one that counts: the highest severity, then the earliest since."""
    return min(one, other, key=lambda finding: (-finding.severity.weight, finding.since))


def reconcile(
    stored: Iterable[StoredAlert], findings: Iterable[Finding], today: date = date.max
) -> Verdict:
    """Compare the alerts on record with the findings of a day; calling it twice changes nothing more.

    What opened or closed on a later day is left alone: a clock that steps back undoes nothing.
    """
    known = {alert.identity: alert for alert in stored}
    later = {identity for identity, alert in known.items() if alert.turned_on > today}
    seen = {finding.identity: finding for finding in findings if finding.identity not in later}
    going_on = {i: alert for i, alert in known.items() if alert.is_open and i not in later}
    gone = [known[i] for i in sorted(known.keys() - seen.keys() - later)]
    return Verdict(
        to_raise=tuple(
            seen[i]
            for i in sorted(seen.keys() - going_on.keys())
            if i not in known or not known[i].mutes(seen[i])
        ),
        to_change=tuple(
            seen[i]
            for i in sorted(seen.keys() & going_on.keys())
            if going_on[i].differs_from(seen[i])
        ),
        to_close=tuple(alert for alert in gone if alert.is_open),
        to_watch=tuple(alert for alert in gone if alert.standing is Standing.MISTAKEN),
    )

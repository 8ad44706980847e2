"""Assess one child, and decide what becomes of its alerts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from caseapp.domain.case import Case
from caseapp.domain.facts import Dossier
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Detail, Finding, Severity


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that is open now, as the record of alerts keeps it."""

    id: str
    rule: str
    subject: str
    severity: Severity
    since: date
    due: date | None = None
    detail: Detail = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str]:
        """Return rule and subject."""
        return self.rule, self.subject

    def differs_from(self, finding: Finding) -> bool:
        """Say whether the finding says something else than the alert does."""
        kept = (self.severity, self.since, self.due, dict(self.detail))
        return kept != (finding.severity, finding.since, finding.due, dict(finding.detail))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with the alerts of one child, each part in the order of rule and subject."""

    to_raise: tuple[Finding, ...] = ()
    to_change: tuple[Finding, ...] = ()
    to_close: tuple[OpenAlert, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Say whether there is nothing to write."""
        return not (self.to_raise or self.to_change or self.to_close)

    @property
    def identities(self) -> list[tuple[str, str]]:
        """Return rule and subject of everything that has to be written."""
        found = [finding.identity for finding in (*self.to_raise, *self.to_change)]
        return found + [alert.identity for alert in self.to_close]


def assess(dossier: Dossier, today: date, limits: LimitBook) -> tuple[Finding, ...]:
    """Return what the rules find on a day, sorted by rule and subject, each identity once."""
    child = Case(dossier, today)
    if not child.watched:
        return ()
    numbers = limits.on(today, child.lodged)
    found: dict[tuple[str, str], Finding] = {}
    for code, rule in RULES.items():
        for finding in rule.promise(child, today, numbers.get(code, {})):
            known = found.get(finding.identity)
            found[finding.identity] = finding if known is None else graver(known, finding)
    return tuple(found[identity] for identity in sorted(found))


def graver(one: Finding, other: Finding) -> Finding:
    """Return the one that counts: the highest severity, then the earliest since."""
    return min(one, other, key=lambda finding: (-finding.severity.weight, finding.since))


def reconcile(stored: Iterable[OpenAlert], findings: Iterable[Finding]) -> Verdict:
    """Compare the open alerts with today's findings; calling it twice changes nothing more."""
    known = {alert.identity: alert for alert in stored}
    seen = {finding.identity: finding for finding in findings}
    return Verdict(
        to_raise=tuple(seen[i] for i in sorted(seen.keys() - known.keys())),
        to_change=tuple(
            seen[i] for i in sorted(seen.keys() & known.keys()) if known[i].differs_from(seen[i])
        ),
        to_close=tuple(known[i] for i in sorted(known.keys() - seen.keys())),
    )

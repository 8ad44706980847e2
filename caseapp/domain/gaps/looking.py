"""Finding the gaps of one child on a day."""

from collections.abc import Iterable, Iterator

from caseapp.domain.case import Case
from caseapp.domain.facts import Dossier
from caseapp.domain.gaps.lack import Beside, Filled, Gap, Lack, Look
from caseapp.domain.gaps.table import TABLE, Entry
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding, Severity

SILENT = -1
"""What a rule weighs that says nothing about a subject."""


def gaps(
    case: Case,
    dossier: Dossier,
    limits: LimitBook,
    said: Iterable[Finding],
    beside: Beside | None = None,
) -> tuple[Gap, ...]:
    """Return each rule that would say more if a missing fact were filled in, sorted, each once.

    `case` is the dossier on a day, `said` what the rules find in it (`found_in`). A child whom the rules do
    not watch has no gaps.
    """
    if not case.watched:
        return ()
    look = Look(case, dossier, limits, beside or Beside())
    heard = {finding.identity: finding.severity.weight for finding in said}
    worst: dict[tuple[str, Lack, str], Gap] = {}
    for gap in _found(look, heard):
        key = (gap.rule, gap.fact, gap.record or "")
        if key not in worst or worst[key].severity.weight < gap.severity.weight:
            worst[key] = gap
    return tuple(worst[key] for key in sorted(worst))


def _found(look: Look, heard: dict[tuple[str, str], int]) -> Iterator[Gap]:
    for entry in TABLE:
        for filled in entry.filled(look):
            for finding in _findings(look, entry, filled):
                if finding.severity.weight > heard.get(finding.identity, SILENT):
                    severity: Severity = finding.severity
                    yield Gap(finding.rule, entry.fact, filled.record, severity)


def _findings(look: Look, entry: Entry, filled: Filled) -> Iterator[Finding]:
    """Yield what the rules of an entry find in a dossier in which the fact is filled in."""
    case = Case(filled.dossier, look.today)
    if not case.watched:
        return
    numbers = look.limits.on(look.today, case.lodged)
    for rule in entry.rules:
        yield from RULES[rule].promise(case, look.today, numbers.get(rule, {}))

"""All findings of a document on a day, as `caseapp check --json` prints them."""

from datetime import date

from tests.oracle import care, people, places, school
from tests.oracle.file import File

WEIGHT = {"critical": 0, "warning": 1, "notice": 2}


def findings(document, today):
    """Return the findings of a document, sorted by rule and subject."""
    file = File(document, today)
    if today >= file.last(23) or file.child.get("closed_on", date.max) <= today:
        return []
    best = {}
    for rule in (*places.RULES, *school.RULES, *care.RULES, *people.RULES):
        for found in rule(file):
            known = best.get(found[:2], found)
            best[found[:2]] = min(known, found, key=lambda one: (WEIGHT[one[2]], one[3]))
    return [
        {
            "rule": code,
            "subject": subject,
            "severity": severity,
            "since": since.isoformat(),
            "due": due.isoformat() if due else None,
        }
        for (code, subject), (_, _, severity, since, due) in sorted(best.items())
    ]

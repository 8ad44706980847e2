"""Compares the rules with the oracle on random documents: `python -m tests.oracle.compare --documents 5000`."""

import argparse
import json
import sys
from collections import Counter
from datetime import timedelta
from random import Random

from caseapp.domain.continuity import assess
from caseapp.domain.document import parse
from caseapp.domain.limits import limits_from
from caseapp.domain.rules import RULES
from caseapp.settings import limits_file
from tests.oracle.drawing import Drawing
from tests.oracle.findings import findings

BOOK = limits_from(limits_file())


def ours(document, today):
    """Return what the rules of the application find, as the oracle says it."""
    return [
        {
            "rule": one.rule,
            "subject": one.subject,
            "severity": one.severity.value,
            "since": one.since.isoformat(),
            "due": one.due.isoformat() if one.due else None,
        }
        for one in assess(parse(document), today, BOOK)
    ]


def differences(seed):
    """Yield (day, document, what only the oracle finds, what only the rules find) of one seed."""
    drawing = Drawing(Random(seed))
    document = drawing.document()
    for more in (0, 1, drawing.random.randint(-30, 30)):
        today = drawing.pivot + timedelta(days=more)
        found = ours(document, today)
        wanted = [one for one in findings(document, today) if one["rule"] in RULES]
        if found != wanted:
            missed = [one for one in wanted if one not in found]
            yield today, document, missed, [one for one in found if one not in wanted]


def main(argv):
    """Compare many documents, and print the first difference of each rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args(argv)
    wrong = Counter()
    for seed in range(asked.first, asked.first + asked.documents):
        for today, _document, missed, extra in differences(seed):
            for rule in sorted({one["rule"] for one in (*missed, *extra)} - wrong.keys()):
                tell(f"{rule}, seed {seed} on {today}")
                tell(f"  only the oracle: {[one for one in missed if one['rule'] == rule]}")
                tell(f"  only the rules:  {[one for one in extra if one['rule'] == rule]}")
            wrong.update({one["rule"] for one in (*missed, *extra)})
    tell(f"{asked.documents} documents on 3 days: {wrong.total()} differences {json.dumps(wrong)}")
    return 1 if wrong else 0


def tell(words):
    """Print a line."""
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

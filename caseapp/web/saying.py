"""What a sentence about an alert is made of; the sentences stand in a file for each theme (ui.md 6).

A sentence follows the name of the child: "Yonas Tesfay, 16 - has no guardian yet." It says the
fact, never a rule code, a diagnosis, a pronoun for the child or a reproach.
"""

from dataclasses import dataclass
from datetime import date

from caseapp.domain.rules.rule import Shown
from caseapp.web.filters import day_in_sentence


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence is made of: the alert, the first name of the child, the day, the reader."""

    shown: Shown
    name: str
    today: date
    own: bool = False
    """Whether the reader is the owner: only then a sentence says "you"."""

    def text(self, key: str) -> str:
        """Return a word of the detail, or nothing."""
        return str(self.shown.detail.get(key, ""))

    def number(self, key: str) -> int:
        """Return a count of the detail, or 0."""
        value = self.shown.detail.get(key, 0)
        return value if isinstance(value, int) else 0

    def day(self, key: str) -> date | None:
        """Return a day of the detail, or nothing."""
        value = self.shown.detail.get(key)
        return value if isinstance(value, date) else None

    def days_since(self, key: str) -> int:
        """Count the days since a day of the detail, or since the alert began."""
        return (self.today - (self.day(key) or self.shown.since)).days

    def said(self, day: date) -> str:
        """Return a day as it stands in a sentence."""
        return day_in_sentence(day, self.today)

"""A keyboard and nothing else: what cannot be reached with Tab is not there."""

from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page

MOST: Final = 120
"""After so many steps with Tab a page has no end."""

_IS_THERE: Final = (
    "node => node === document.activeElement || node.contains(document.activeElement)"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of somebody who uses no mouse."""

    page: Page

    def walk_to(self, goal: Locator) -> None:
        """Go on with Tab until the goal, or something in it, has the focus."""
        for _ in range(MOST):
            if goal.evaluate(_IS_THERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{goal} cannot be reached with Tab")

    def write(self, field: Locator, text: str) -> None:
        """Go to a field and write in it."""
        self.walk_to(field)
        self.page.keyboard.type(text)

    def press(self, goal: Locator) -> None:
        """Go to a button or a link and use it."""
        self.walk_to(goal)
        self.page.keyboard.press("Enter")

    def take_first(self, question: Locator) -> None:
        """Go to a question with several answers and take the first."""
        self.walk_to(question)
        self.page.keyboard.press("Space")

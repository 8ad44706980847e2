"""The pages as people use them: by the words on them, in the language of the visitor.

Words are given in English and looked up in the catalogue, so that one journey runs in both languages.
"""

import re
from datetime import datetime
from functools import cache
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID

import pyotp
from babel.support import Translations
from playwright.sync_api import Locator, Page, expect

from caseapp.settings import ROOT

CATALOGUES = ROOT / "config" / "words"


@cache
def _catalogue(language: str) -> Any:
    return Translations.load(str(CATALOGUES), [language])


class Screen:
    """Any page of the house, and what all of them share."""

    def __init__(self, page: Page, language: str = "nl") -> None:
        self.page = page
        self.language = language

    @property
    def main(self) -> Locator:
        """Return the content, without the frame round it."""
        return self.page.locator("main")

    @property
    def heading(self) -> Locator:
        """Return the title of the page."""
        return self.page.locator("h1")

    @property
    def told(self) -> Locator:
        """Return what was said about the step before."""
        return self.main.locator("> [role=status]")

    @property
    def wrong(self) -> Locator:
        """Return the list of what is not right."""
        return self.page.locator(".summary-of-errors")

    @property
    def name(self) -> str:
        """Return the name in the heading."""
        return self.heading.inner_text()

    def say(self, words: str, **values: str) -> str:
        """Return our words in the language of the visitor."""
        said = str(_catalogue(self.language).gettext(words))
        return said % values if values else said

    def go(self, path: str) -> Self:
        """Open an address."""
        self.page.goto(path)
        return self

    def follow(self, words: str, within: Locator | None = None, **values: str) -> None:
        """Follow a link."""
        (within or self.page).get_by_role("link", name=self.say(words, **values)).first.click()

    def press(self, words: str, within: Locator | None = None, **values: str) -> None:
        """Press a button."""
        (within or self.main).get_by_role("button", name=self.say(words, **values)).first.click()

    def field(self, words: str, **values: str) -> Locator:
        """Return the control behind a label."""
        return self.main.get_by_label(self.say(words, **values)).first

    def write(self, words: str, text: str) -> None:
        """Fill in a field."""
        self.field(words).fill(text)

    def choose(self, words: str, option: str) -> None:
        """Choose from a list, by its words."""
        self.field(words).select_option(label=option)

    def tick(self, words: str, within: Locator | None = None) -> None:
        """Choose one of several, or tick a box."""
        (within or self.main).get_by_label(self.say(words)).first.check()

    def question(self, words: str) -> Locator:
        """Return a question with several answers."""
        return self.main.get_by_role("group", name=self.say(words))

    def unfold(self, words: str, **values: str) -> None:
        """Open what is folded away."""
        self.main.locator("summary", has_text=self.say(words, **values)).first.click()

    def is_said(self, words: str, **values: str) -> None:
        """Expect what the page says about the step before."""
        expect(self.told).to_contain_text(self.say(words, **values))


class Door(Screen):
    """Signing in and out."""

    def enter(self, email: str, password: str, code: str = "") -> None:
        """Sign in through the form; with a code the second step too."""
        self.go("/inloggen")
        self.write("Mail address of your work", email)
        self.write("Password", password)
        self.press("Sign in")
        if code:
            self.write("Code from your app", code)
            self.press("Go on")

    def set_up_app(self, now: datetime) -> str:
        """Set up a code app with the key on the page, and return that key."""
        self.press("Set up a code app")
        key = self.main.locator(".secret").inner_text().replace(" ", "")
        self.write("Code from your app", pyotp.TOTP(key).at(now))
        self.press("Ready")
        return key


class Rows(Screen):
    """A page with alerts: Today, the board, a child."""

    @property
    def rows(self) -> Locator:
        """Return the alerts in their order."""
        return self.main.locator(".alert, table.board tbody tr")

    def of(self, who: str) -> Locator:
        """Return the alerts of a child."""
        return self.rows.filter(has_text=who)


class Today(Rows):
    """Who needs somebody now."""

    def open(self) -> Self:
        """Open Today."""
        return self.go("/vandaag")


class Board(Rows):
    """All alerts at one's places."""

    def open(self) -> Self:
        """Open the board."""
        return self.go("/signaleringen")


class Child(Rows):
    """The page of a child, and the pages under it."""

    def __init__(self, page: Page, child_id: UUID, language: str = "nl") -> None:
        super().__init__(page, language)
        self.child_id = child_id

    def open(self, under: str = "") -> Self:
        """Open the page of the child, or one under it."""
        return self.go(f"/kinderen/{self.child_id}{under}")

    @property
    def baton(self) -> Locator:
        """Return who is responsible."""
        return self.main.locator(".baton")

    def move_without_notice(self, place: str) -> None:
        """Write down that the child was moved today."""
        self.open("/verhuizing/zonder-bericht")
        self.choose("Where is the child now?", place)
        self.press("Save the move")
        self.is_said("The move is written down.")

    def record_care(self, kind: str, since: str) -> None:
        """Write down care that runs at the place where the child lives."""
        self.open("/zorg/nieuw")
        self.choose("What kind of care?", self.say(kind))
        self.write("Referred on", since)
        self.write("Started on", since)
        self.press("Save")


class Move(Screen):
    """A move of a child: what it breaks, its steps, and its handover."""

    def __init__(self, page: Page, child_id: UUID, language: str = "nl") -> None:
        super().__init__(page, language)
        self.child_id = child_id
        self.path = ""

    def plan(self, place: str, on: str) -> None:
        """Plan a move to a place, and remember where it stands."""
        self.go(f"/kinderen/{self.child_id}/verhuizing")
        self.choose("To which location?", place)
        self.write("On which day?", on)
        self.choose("Why does the child move?", self.say("there is no place any more"))
        self.press("Plan the move")
        self.is_said("The move is planned.")
        self.path = urlsplit(self.page.url).path

    def seen_by(self, page: Page) -> Self:
        """Return the same move as somebody else sees it."""
        other = type(self)(page, self.child_id, self.language)
        other.path = self.path
        return other

    def open(self) -> Self:
        """Open the page of the move."""
        return self.go(self.path)

    def impact(self) -> Self:
        """Open what the move breaks."""
        return self.go(f"{self.path}/gevolgen")

    def handover(self) -> Self:
        """Open the handover of the move."""
        return self.go(self.path.replace("/verhuizing/", "/overdracht/"))

    def breaks(self, words: str) -> Locator:
        """Return one of the things that the move breaks."""
        return self.main.locator("[aria-labelledby=breaks] .hurt").filter(has_text=self.say(words))

    def promise(self, words: str) -> Locator:
        """Return one of the promises, by its title."""
        whole = re.compile(f"^{re.escape(self.say(words))}$", re.IGNORECASE)
        title = self.page.get_by_role("heading", name=whole)
        return self.main.locator(".check").filter(has=title)

    def settle(self, words: str, outcome: str, detail: str = "") -> None:
        """Choose what becomes of a promise, without saving it yet."""
        promise = self.promise(words)
        promise.locator("summary").click()
        promise.get_by_label(self.say(outcome)).check()
        promise.get_by_label(self.say("Day, name or reason")).fill(detail)

    def accept(self, name: str) -> None:
        """Accept the handover, after reading."""
        self.tick("I have read everything and know what I have to do.")
        self.press("Accept the care for %(name)s", name=name)


class Lists(Rows):
    """Lists that come in: the form, the report, what became of one."""

    KIND = "Who lives where"

    def open(self) -> Self:
        """Open the lists."""
        return self.go("/verhuizingen/lijsten")

    def bring(self, data: bytes) -> None:
        """Fill in the form with a file, and send it."""
        self.tick(self.KIND)
        self.attach(data)
        self.press("Look at this list")

    def attach(self, data: bytes) -> None:
        """Choose a file, as in the window of the system."""
        file = {"name": "bezetting.csv", "mimeType": "text/csv", "buffer": data}
        self.field("The file with the list").set_input_files([file])  # type: ignore[list-item]

    def row(self, number: int) -> Locator:
        """Return a row of the report, by its number in the list."""
        return self.main.locator(f"#rij-{number}")

    def is_how_far(self, words: str) -> None:
        """Expect how far the list is, in the badge at its head."""
        expect(self.main.locator(".page__head .badge")).to_have_text(self.say(words))

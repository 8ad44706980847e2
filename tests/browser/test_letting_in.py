"""Somebody new: one opens the account, another approves the right, and only then a file opens."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Door, Screen
from tests.browser.visitors import Visitors
from tests.world import NOW, World

pytestmark = pytest.mark.browser

EMAIL = "jip.janssen@example.org"
OWN = "zeven groene schommels bij zee"


def test_a_new_contact_person_gets_in_by_two_people_and_chooses_a_password_first(
    demo: World, visitor: Visitors
) -> None:
    secret = _account_opened(visitor("beheer-1", language="en"))

    coordinator = Screen(visitor("coordinator-zuid", language="en"), "en").go("/accounts")
    waiting = coordinator.main.get_by_role("listitem").filter(has_text="Jip Janssen")
    coordinator.press("Approve", within=waiting)
    coordinator.is_said("The right is approved.")

    newcomer = visitor(language="en")
    door = Door(newcomer, "en")
    door.enter(EMAIL, secret)
    expect(door.heading).to_have_text(door.say("Choose your own password"))
    door.go("/kinderen")
    expect(door.heading).to_have_text(door.say("Choose your own password"))
    door.write("The password you have now", secret)
    door.field("New password").fill(OWN)
    door.write("New password once more", OWN)
    door.press("Save the password")
    expect(door.heading).to_have_text(door.say("Your second step"))
    door.go("/kinderen")
    expect(door.heading).to_have_text(door.say("Your second step"))
    door.set_up_app(NOW)
    door.is_said("Your second step is set up.")
    door.press("Show ten new codes")
    expect(door.main.locator("ol code")).to_have_count(10)
    expect(door.go("/verhuizingen").main).to_contain_text("Bilal Mansour")


def _account_opened(page: Page) -> str:
    """Open an account with a right at azc Lindenhove, and return its first password."""
    screen = Screen(page, "en").go("/accounts/nieuw")
    screen.write("Name", "Jip Janssen")
    screen.write("Mail address of the work", EMAIL)
    screen.tick("Child contact person (CPK)")
    screen.press("Open the account")
    secret = screen.main.locator(".secret").inner_text()
    screen.follow("Ask for a right")
    screen.choose("Where?", "azc Lindenhove")
    screen.write("Why?", "Starts on Monday")
    screen.press("Ask for the right")
    screen.is_said("The right is asked for.")
    return secret

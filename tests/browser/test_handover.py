"""A child comes to another place: the handover is read and accepted, and the baton goes over."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Child, Screen, Today
from tests.browser.visitors import PHONE, Visitors
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_who_receives_a_child_reads_accepts_and_bears_it_after_the_arrival(
    demo: World, visitor: Visitors, *, javascript: bool
) -> None:
    page = visitor("cpk-azc-lin", size=PHONE, javascript=javascript)
    today = Today(page).open()
    today.follow("Read and accept", within=today.of("Bilal Mansour"))
    handover = Screen(page)
    expect(handover.heading).to_contain_text("Bilal Mansour")
    expect(handover.main).to_contain_text("Thijs Peeters")

    handover.press("Accept the care for %(name)s", name="Bilal")
    expect(handover.wrong).to_contain_text(
        handover.say("Read the handover first, then tick this box.")
    )
    handover.tick("I have read everything and know what I have to do.")
    handover.press("Accept the care for %(name)s", name="Bilal")
    expect(handover.main).to_contain_text(
        handover.say("%(who)s stays responsible until the child has arrived.", who="Thijs Peeters")
    )
    expect(today.open().of("Bilal Mansour")).to_have_count(0)

    today.follow("Bilal Mansour, 12")
    handover.press("Save the arrival")
    handover.is_said("The arrival is saved.")
    child = Child(page, demo.children["moves_tomorrow"]).open()
    expect(child.baton).to_contain_text("Bas Hoekstra")

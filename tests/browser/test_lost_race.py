"""Two people correct the same record: the second sees both, and loses nothing that was typed."""

import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser.pages import Child
from tests.browser.visitors import Visitors
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("demo", house.ENGINES, indirect=True)
def test_the_second_of_two_sees_what_the_first_wrote_and_keeps_the_own_words(
    demo: World, visitor: Visitors
) -> None:
    first, second = (
        Child(visitor(who), demo.children["therapy"]).open("/school")
        for who in ("cpk-azc-mee", "coordinator-midden")
    )
    for one in (first, second):
        one.follow("Change")
    first.write("Hours of lessons a week", "20")
    first.press("Save")
    first.is_said("School is saved.")

    second.write("Hours of lessons a week", "25")
    second.press("Save")
    note = second.main.get_by_role("status")
    expect(note).to_contain_text(second.say("Someone else has just changed this."))
    expect(note).to_contain_text("20")
    expect(second.field("Hours of lessons a week")).to_have_value("25")

    second.press("Save")
    second.is_said("School is saved.")
    second.follow("Change")
    expect(second.field("Hours of lessons a week")).to_have_value("25")
    second.unfold("What stood here before")
    expect(second.main).to_contain_text("Ineke Aydin")

"""What people write down on a phone: an observation with the keys alone, a contact with the thumb."""

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.pages import Child, Screen, Today
from tests.browser.visitors import PHONE, SMALL_PHONE, Visitors
from tests.world import World

pytestmark = pytest.mark.browser

SEEN = "Samira speelde met Noor bij de schommel en lachte."
SAID = "Ik wil weer praten met Lies."


def test_an_observation_is_written_with_the_keys_alone_and_an_error_keeps_every_word(
    demo: World, visitor: Visitors
) -> None:
    page = visitor("cpk-azc-mee", size=SMALL_PHONE)
    child = Child(page, demo.children["therapy"]).open("/observatie")
    keys = Keys(page)
    keys.write(child.field("What did you see or hear?"), SEEN)
    keys.write(child.field("What does %(name)s say?", name="Samira"), SAID)
    keys.press(child.main.get_by_role("button", name=child.say("Save"), exact=True))

    expect(child.wrong).to_be_focused()
    expect(child.field("What did you see or hear?")).to_have_value(SEEN)
    expect(child.field("What does %(name)s say?", name="Samira")).to_have_value(SAID)
    keys.press(child.wrong.get_by_role("link"))
    keys.take_first(child.question("How urgent is it?"))
    keys.press(child.main.get_by_role("button", name=child.say("Save"), exact=True))

    child.is_said("The observation is saved.")
    expect(child.main).to_contain_text(SEEN)
    expect(child.main).to_contain_text(SAID)


def test_a_guardian_who_writes_a_contact_down_is_late_no_more(
    demo: World, visitor: Visitors
) -> None:
    page = visitor("voogd-4", size=PHONE)
    today = Today(page).open()
    late = today.of("Winta Haile, 17").filter(has_text="zag de voogd het laatst op 11 oktober")
    expect(late).to_have_count(1)
    today.follow("Record a contact", within=late)
    form = Screen(page)
    form.tick("in person")
    form.write("What do you want to keep of it?", "Samen naar de nieuwe school gefietst.")
    form.press("Save")
    form.is_said("The contact is saved.")
    expect(today.open().of("Winta Haile, 17").filter(has_text="zag de voogd")).to_have_count(0)

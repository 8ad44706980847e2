"""The main job: a child moves, care breaks, the coordinator knows."""

import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser.pages import Child, Door, Today
from tests.browser.visitors import Visitors
from tests.codes import code_of
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("demo", house.ENGINES, indirect=True)
def test_care_that_breaks_by_a_move_stands_at_the_receiving_region_until_it_goes_on(
    demo: World, visitor: Visitors
) -> None:
    sender = visitor()
    code = code_of(visitor.site.machine, demo.accounts["coordinator-midden"])
    Door(sender).enter("coordinator-midden@example.org", PASSWORD, code)
    first = Today(sender).rows.first
    expect(first).to_contain_text("Samira Darwish, 9")
    expect(first).to_contain_text("gestopt bij de verhuizing uit azc Veenhorst")

    child = Child(sender, demo.children["neighbour"]).open()
    name = child.name
    child.record_care("youth help", since="01-10-2026")
    child.move_without_notice("azc Lindenhove")

    receiver = Today(visitor("coordinator-zuid")).open()
    broken = receiver.of(name).filter(has_text="gestopt bij de verhuizing uit azc Meerwijk")
    expect(broken).to_have_count(1)
    receiver.follow("Record an appointment", within=broken)
    receiver.write("Next appointment", "27-11-2026")
    receiver.press("Save appointment")
    receiver.is_said("The appointment is saved.")
    expect(receiver.open().of(name).filter(has_text="gestopt bij de verhuizing")).to_have_count(0)

"""A move from its plan to the new pair of hands, from both sides: what it breaks is seen and repaired first."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.looking import is_in_nobodys_way
from tests.browser.pages import Child, Move, Screen, Today
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.world import TODAY, World

pytestmark = pytest.mark.browser

PLACE = "azc Lindenhove"
NAME = "Mariam Osman"
SPEECH = "physiotherapy or speech therapy"
SPEECH_PROMISED = "physiotherapy, speech therapy and the like"
TOMORROW, FRIDAY = (f"{TODAY + timedelta(days=days):%d-%m-%Y}" for days in (1, 3))


@pytest.mark.parametrize(
    ("language", "size"), [("nl", DESKTOP), ("en", PHONE)], ids=["nl-desktop", "en-phone"]
)
def test_a_move_is_planned_repaired_confirmed_handed_over_and_accepted(
    demo: World, visitor: Visitors, language: str, size: ViewportSize
) -> None:
    child_id = demo.children["concern"]
    coordinator, sender, receiver = (
        Move(visitor(who, language=language, size=size), child_id, language)
        for who in ("coordinator-noord", "cpk-azc-vee", "cpk-azc-lin")
    )
    coordinator.plan(PLACE, on=TOMORROW)
    is_in_nobodys_way(coordinator.page)
    _repair(coordinator)
    coordinator.press("Confirm the move")
    coordinator.is_said("The move is confirmed.")

    sender.path = receiver.path = coordinator.path
    _hand_over(sender)
    sender.open().press("Save the departure")
    sender.is_said("The child is on the way.")
    is_in_nobodys_way(sender.page)

    _receive(receiver)
    child = Child(receiver.page, child_id, language).open()
    expect(child.baton).to_contain_text("Bas Hoekstra")
    mine = Today(receiver.page, language).open().of(NAME)
    expect(mine.filter(has_text=receiver.say("Agree what happens"))).to_have_count(1)
    is_in_nobodys_way(receiver.page)


def _repair(move: Move) -> None:
    """See what the move breaks, and make an appointment for after it."""
    move.follow("See what this move breaks")
    broken = move.breaks(SPEECH)
    expect(broken).to_have_count(1)
    is_in_nobodys_way(move.page)
    move.follow("Repair", within=broken)
    move.write("Next appointment", FRIDAY)
    is_in_nobodys_way(move.page)
    move.press("Save appointment")
    move.impact()
    expect(move.breaks(SPEECH)).to_have_count(0)


def _hand_over(move: Move) -> None:
    """Settle what was promised, all but the school, and send it."""
    move.handover()
    move.settle("youth health care (JGZ)", "continues")
    move.settle(SPEECH_PROMISED, "handed over", "Praktijk Zuid")
    is_in_nobodys_way(move.page)
    move.press("Save all that you chose")
    expect(move.promise(SPEECH_PROMISED)).to_contain_text("Praktijk Zuid")
    move.press("Send to %(place)s", place=PLACE)
    move.is_said("The handover is sent.")
    is_in_nobodys_way(move.page)


def _receive(move: Move) -> None:
    """Find the handover under Today, accept it, and write the arrival down."""
    Today(move.page, move.language).go("/berichten")
    expect(move.main).to_contain_text(NAME)
    move.handover().accept("Mariam")
    move.is_said("The handover is accepted.")
    is_in_nobodys_way(move.page)
    move.open().press("Save the arrival")
    move.is_said("The arrival is saved.")


def test_a_handover_that_is_refused_comes_back_is_sent_anew_and_accepted(
    demo: World, visitor: Visitors
) -> None:
    child_id = demo.children["half_done"]
    receiver = Move(visitor("cpk-azc-lin", size=PHONE), child_id)
    receiver.go("/verhuizingen").follow("Amira Nouri", within=receiver.main)
    receiver.path = urlsplit(receiver.page.url).path
    receiver.handover().follow("I cannot accept this")
    receiver.press("Let the coordinators know")
    expect(receiver.wrong).to_be_visible()
    is_in_nobodys_way(receiver.page)
    receiver.write("Why can you not accept this?", "Er is bij ons nog geen plek op school.")
    receiver.press("Let the coordinators know")
    receiver.is_said("The coordinators know that you cannot accept this.")

    coordinator = Screen(visitor("coordinator-zuid")).go("/berichten")
    expect(coordinator.main).to_contain_text("Amira Nouri")
    sender = receiver.seen_by(visitor("cpk-azc-vee")).handover()
    expect(sender.main).to_contain_text("nog geen plek op school")
    is_in_nobodys_way(sender.page)
    sender.press("Send anew to %(place)s", place=PLACE)
    sender.is_said("The handover is sent.")

    receiver.handover().accept("Amira")
    receiver.is_said("The handover is accepted.")

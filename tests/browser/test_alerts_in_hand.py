"""What a coordinator does with an alert: take it, give it to somebody, let it rest."""

import pytest
from playwright.sync_api import expect

from tests import house
from tests.browser.pages import Board, Child, Screen
from tests.browser.visitors import SMALL_PHONE, Visitors
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_coordinator_takes_an_alert_puts_it_off_and_gives_it_to_the_contact_person(
    demo: World, visitor: Visitors
) -> None:
    page = visitor("coordinator-midden")
    board = Board(page).open()
    row = board.of("Samira Darwish")
    expect(row).to_contain_text(board.say("Nobody"))
    board.press("I take this", within=row)
    board.is_said("This alert is yours now.")

    board.follow("Update", within=board.of("Samira Darwish"))
    alert = Screen(page)
    alert.unfold("Put off")
    alert.write("Until which day?", "01-12-2026")
    alert.write("Why can it wait?", "De intake is gebeld, de brief is onderweg.")
    alert.press("Put off")
    alert.is_said("The alert rests until %(day)s.", day="1 december")

    alert.unfold("Assign")
    alert.field("Who takes this up?").select_option(index=1)
    alert.press("Assign to this person")
    expect(alert.told).to_be_visible()
    expect(alert.main.get_by_role("table")).to_contain_text("de brief is onderweg")


def test_a_coordinator_hands_an_alert_on_from_the_board_without_script_on_a_small_phone(
    demo: World, visitor: Visitors
) -> None:
    page = visitor("coordinator-midden", size=SMALL_PHONE, javascript=False)
    board = Board(page).open()
    row = board.of("Samira Darwish")
    row.locator("summary").click()
    row.get_by_label(board.say("Who takes this up?")).select_option(index=1)
    board.press("Assign to this person", within=row)
    expect(board.told).to_be_visible()
    expect(board.of("Samira Darwish")).not_to_contain_text(board.say("Nobody"))


@pytest.mark.parametrize("demo", house.ENGINES, indirect=True)
def test_of_two_who_take_the_same_alert_the_second_is_told_so(
    demo: World, visitor: Visitors
) -> None:
    first, second = (
        Child(visitor(who), demo.children["therapy"]).open()
        for who in ("coordinator-midden", "landelijk")
    )
    for one in (first, second):
        one.follow("Care interrupted by a move")
    first.press("I take this")
    first.is_said("This alert is yours now.")
    second.press("I take this")
    expect(second.heading).to_have_text(second.say("Someone else has just changed this"))
    second.page.go_back()
    second.page.reload()
    expect(second.main).to_contain_text("Pieter el Amrani")


def test_an_alert_that_is_not_right_goes_with_a_reason_and_comes_back_by_keyboard(
    demo: World, visitor: Visitors
) -> None:
    page = visitor("coordinator-midden")
    board = Board(page).open()
    board.follow("This is not right", within=board.of("Samira Darwish"))
    alert = Screen(page)
    alert.press("Close as a mistake")
    expect(alert.main).to_contain_text(alert.say("Write down what is not right."))
    alert.field("What is not right?").focus()
    page.keyboard.type("De afspraak staat al, bij de nieuwe praktijk.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    alert.is_said("The alert is closed as a mistake.")
    expect(alert.main.get_by_role("table")).to_contain_text("bij de nieuwe praktijk")
    assert board.open().of("Samira Darwish").count() == 0

    page.go_back()
    alert.press("It is right after all")
    alert.is_said("The alert is open again.")
    expect(board.open().of("Samira Darwish")).to_be_visible()

"""Deciding about rows in the browser, letting the list be applied after seeing what that is, withdrawing it."""

import pytest

from caseapp.domain.lists.course import Decision
from tests.slices.exchange.listing import (
    BORN,
    BSN,
    DOUBT,
    HERE,
    LATER,
    MORE_DOUBT,
    REFUSED,
    TWO_DOUBTS,
    Shown,
    submitted,
)


@pytest.fixture
def shown(desk, as_):
    """Give the page of a list with a new row, three rows in doubt, one that nobody can take, one refused."""
    rows = (HERE, DOUBT, MORE_DOUBT, TWO_DOUBTS, BSN, REFUSED)
    run_id = submitted(desk, "coordinator", *rows)
    desk.work_off(LATER)
    return Shown(desk, as_("coordinator"), run_id)


def decisions(shown):
    found = shown.desk.decisions(shown.run_id)
    return {number: said for number, said in found.items() if said}


def test_a_row_is_taken_left_out_and_opened_again_by_its_own_buttons(shown):
    for number, deed in ((3, "take"), (4, "leave"), (5, "take"), (5, "open")):
        answer = shown.decide(one=f"{deed}-{number}")
        assert answer.status_code == 303
        assert answer.location.endswith(f"#rij-{number}")
    assert decisions(shown) == {3: "take", 4: "leave"}
    page = shown.text()
    assert "wordt overgenomen" in page.split('id="rij-3"')[1].split("</tr>")[0]
    assert "blijft weg" in page.split('id="rij-4"')[1].split("</tr>")[0]
    assert "Gekozen: 2 van 3." in page


def test_the_ticked_rows_are_taken_together(shown):
    shown.decide(ticked="take", row=["3", "5"])
    assert decisions(shown) == {3: "take", 5: "take"}
    assert "2 rijen worden overgenomen." in shown.said()


def test_all_rows_of_one_doubt_alone_are_taken_and_a_row_with_another_one_waits(shown):
    page = shown.text("?reden=unknown-code")
    assert "Alle 2 rijen die alleen op deze twijfel wachten:" in page
    shown.decide("?reden=unknown-code", every="leave")
    assert decisions(shown) == {3: "leave", 4: "leave"}


def test_without_a_reason_nothing_is_done_with_all(shown):
    assert 'name="every"' not in shown.text()
    for asked in ("", "?reden=vreemd"):
        shown.decide(asked, every="take")
        assert decisions(shown) == {}


def test_who_ticks_nothing_is_told_so(shown):
    shown.decide(ticked="take")
    assert "Vink minstens één rij aan." in shown.said()
    assert decisions(shown) == {}


@pytest.mark.parametrize("number", [2, 6, 7, 99])
def test_what_does_not_wait_for_a_person_is_not_decided(shown, number):
    shown.decide(one=f"take-{number}")
    assert decisions(shown) == {}
    assert "Er is niets besloten." in shown.said()


@pytest.mark.parametrize(
    "fields",
    [
        {"one": "take"},
        {"one": "burn-3"},
        {"one": "take-3; drop"},
        {"one": "take-99999999"},
        {"ticked": "burn", "row": "3"},
        {"ticked": "take", "row": "drie"},
        {"every": "burn"},
        {"verdict": "new"},
    ],
)
def test_what_no_button_of_ours_sends_is_refused(shown, fields):
    assert shown.decide(**fields).status_code == 400
    assert decisions(shown) == {}


def test_one_comes_back_to_the_same_rows(shown):
    answer = shown.decide("?uitkomst=alle&reden=unknown-code", one="take-3")
    assert "uitkomst=alle" in answer.location
    assert "reden=unknown-code" in answer.location


def test_before_it_is_applied_the_page_says_exactly_what_changes(shown):
    shown.decide(one="take-3")
    shown.decide(one="leave-4")
    page = shown.client.get(f"{shown.path}/verwerken").get_data(as_text=True)
    told = [line.strip() for line in page.split('class="sums"')[1].split("</dl>")[0].splitlines()]
    sums = [line[4:-5] for line in told if line.startswith(("<dt>", "<dd>"))]
    assert sums == [
        *("nieuw", "1", "in twijfel, en jij neemt ze over", "1"),
        *("in twijfel, en jij laat ze weg", "1"),
        *("in twijfel en nog niet gekozen: blijven weg", "1"),
        *("in twijfel en niet over te nemen: blijven weg", "1"),
        *("geweigerd: blijven weg", "1"),
    ]
    assert "Over 1 rij in twijfel is nog niet gekozen." in page


def test_a_list_is_applied_once_somebody_says_yes(shown):
    assert shown.confirm("verwerken").status_code == 303
    assert shown.desk.state(shown.run_id)[0] == "applying"
    assert "De lijst wordt verwerkt." in shown.text()


def test_when_somebody_decided_meanwhile_the_page_asks_again(shown, desk):
    path = f"{shown.path}/verwerken"
    page = shown.client.get(path).get_data(as_text=True)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    desk.decide("national", shown.run_id, Decision.TAKE, 3)
    answer = shown.client.post(path, data={"seen": seen})
    assert "Iemand koos intussen iets over rijen." in answer.get_data(as_text=True)
    assert desk.state(shown.run_id)[0] == "ready"
    assert shown.confirm("verwerken").status_code == 303
    assert desk.state(shown.run_id)[0] == "applying"


def test_a_list_is_applied_once_however_often_it_is_asked(shown):
    page = shown.client.get(f"{shown.path}/verwerken").get_data(as_text=True)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    for _ in range(2):
        answer = shown.client.post(f"{shown.path}/verwerken", data={"seen": seen})
        assert answer.status_code == 303
    assert "Deze lijst wacht niet op verwerken." in shown.said()


def test_once_it_is_being_applied_nobody_decides_any_more(shown):
    shown.confirm("verwerken")
    shown.decide(one="take-3")
    assert decisions(shown) == {}
    assert "De lijst wacht niet meer" in shown.said()


def test_a_list_is_withdrawn_and_its_rows_are_gone(shown):
    assert shown.confirm("intrekken").status_code == 303
    page = shown.text()
    assert "Deze lijst is ingetrokken." in page
    assert 'id="rij-' not in page
    assert shown.desk.rows(shown.run_id) == []


def test_a_list_that_is_applied_cannot_be_withdrawn(shown):
    shown.confirm("verwerken")
    shown.desk.work_off(LATER)
    shown.confirm("intrekken")
    assert "kun je niet meer intrekken" in shown.said()


def test_where_nothing_can_be_written_there_is_no_button_for_it(desk, as_):
    run_id = submitted(desk, "coordinator", REFUSED)
    desk.work_off(LATER)
    page = Shown(desk, as_("coordinator"), run_id).text()
    assert "Niets: geen rij zegt iets nieuws." in page
    assert "/verwerken" not in page
    assert "/intrekken" in page


def test_a_row_that_was_taken_is_written_and_one_that_was_not_is_left_out(desk, as_):
    run_id = submitted(desk, "coordinator", BORN, DOUBT)
    desk.work_off(LATER)
    shown = Shown(desk, as_("coordinator"), run_id)
    shown.decide(one="take-2")
    shown.confirm("verwerken")
    desk.work_off(LATER)
    page = shown.text()
    assert "0 nieuw en 1 gewijzigd." in page
    assert "1 rij bleef weg" in page
    card = as_("coordinator").get(f"/kinderen/{desk.world.mine}").get_data(as_text=True)
    assert "15-03-2010" in card

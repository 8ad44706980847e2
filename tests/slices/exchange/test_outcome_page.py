"""The page of a list that was applied: what it set off, for whom, and how it is undone."""

import pytest

from caseapp.exchange.actions.forgetting import forget
from caseapp.people import actions as people_actions
from caseapp.people import queries as people
from tests.acting import acting
from tests.slices.exchange.listing import (
    DOUBT,
    HERE,
    LATER,
    MOVED,
    REFUSED,
    Shown,
    submitted,
)
from tests.world import TODAY

CARE_STOPPED = "gestopt bij de verhuizing"


@pytest.fixture
def applied(desk, as_):
    """Give the page of a list that was applied."""

    def shown(*rows, who="coordinator", reader=None):
        run_id = submitted(desk, who, *rows)
        desk.work_off(LATER)
        desk.release(who, run_id)
        desk.work_off(LATER)
        assert desk.state(run_id)[0] == "applied"
        return Shown(desk, as_(reader or who), run_id)

    return shown


def test_a_list_says_what_it_wrote_and_which_alerts_it_opened_broken_care_first(desk, applied):
    page = applied(MOVED, DOUBT, REFUSED).text()
    assert "Verwerkt vandaag 10.05 uur." in page
    assert "0 nieuw en 1 gewijzigd." in page
    assert "2 rijen bleven weg" in page
    alerts = page.split("Signaleringen door deze lijst")[1].split("Wat er met de rijen gebeurde")[0]
    first, *others = alerts.split('<li class="alert')[1:]
    assert CARE_STOPPED in first
    assert f'href="/kinderen/{desk.world.beside}"' in first
    assert others
    assert not any(CARE_STOPPED in one for one in others)


def test_an_alert_that_was_open_before_is_not_of_this_list(desk, applied):
    page = applied(MOVED).text()
    assert f"/kinderen/{desk.world.mine}" not in page.split("Wat er met de rijen gebeurde")[0]


def test_a_list_that_changed_nothing_opened_nothing(applied):
    page = applied(REFUSED).text()
    assert "Er staan geen signaleringen van deze lijst open." in page
    assert "Geweigerde rijen" in page


def test_what_is_over_has_no_buttons_for_rows(applied):
    page = applied(MOVED, DOUBT).text()
    assert "blijft weg" in page.split('id="rij-3"')[1].split("</tr>")[0]
    assert 'name="one"' not in page
    assert "Neem je dit over" not in page


def test_a_list_is_undone_after_saying_what_that_means(desk, applied):
    shown = applied(MOVED)
    page = shown.client.get(f"{shown.path}/terugdraaien").get_data(as_text=True)
    assert "Deze lijst veranderde iets bij 1 kind." in page
    assert shown.confirm("terugdraaien").status_code == 303
    assert "Deze lijst is teruggedraaid." in shown.text()
    with desk.reading() as work:
        here = people.here(work, [desk.world.beside])[desk.world.beside]
    assert here.location_id == desk.world.locations["NO-BESIDE"]


def test_a_child_that_came_by_the_list_goes_with_it(desk, applied):
    shown = applied(HERE)
    shown.confirm("terugdraaien")
    assert shown.client.get("/kinderen").get_data(as_text=True).count("Haddad") == 0


def test_a_list_that_was_built_on_is_not_undone_and_says_what_stands_in_the_way(desk, applied):
    shown = applied(MOVED)
    said = shown.client.get(f"{shown.path}/terugdraaien").get_data(as_text=True)
    seen = said.split('name="seen" value="')[1].split('"')[0]
    with acting(desk.house, desk.world, "coordinator") as work:
        row = people.rows_of(work, [desk.world.beside])[desk.world.beside]
        people_actions.close(work, row, row.version, TODAY, "left_netherlands")
    answer = shown.client.post(f"{shown.path}/terugdraaien", data={"seen": seen})
    page = answer.get_data(as_text=True)
    assert "Er is niets teruggedraaid." in page
    assert "Deze lijst kun je niet meer terugdraaien." in page
    built = page.split("Wat in de weg staat")[1]
    assert f'href="/kinderen/{desk.world.beside}"' in built
    assert "Iemand werkte sindsdien in het dossier." in built
    assert desk.state(shown.run_id)[0] == "applied"


def test_a_list_that_is_not_applied_cannot_be_undone(desk, as_):
    run_id = submitted(desk, "coordinator", HERE)
    shown = Shown(desk, as_("coordinator"), run_id)
    assert shown.client.get(f"{shown.path}/terugdraaien").status_code == 303
    assert "hij is niet verwerkt" in shown.said()
    shown.client.post(f"{shown.path}/terugdraaien", data={"seen": ""})
    assert desk.state(run_id)[0] == "waiting"


def test_a_list_is_undone_by_nobody_of_another_region(applied):
    shown = applied(MOVED, reader="coordinator_far")
    assert shown.client.get(shown.path).status_code == 404
    assert shown.client.post(f"{shown.path}/terugdraaien", data={"seen": ""}).status_code == 404
    assert shown.desk.state(shown.run_id)[0] == "applied"


def test_when_its_key_is_gone_a_list_shows_counts_only(desk, applied):
    shown = applied(MOVED, REFUSED)
    with desk.reading() as work:
        forget(work, shown.run_id)
        work.commit()
    page = shown.text("?uitkomst=alle")
    assert "De rijen van deze lijst bewaren we niet meer." in page
    assert "0 nieuw, 1 gewijzigd, 0 hetzelfde, 0 twijfel, 1 geweigerd" in page
    assert 'id="rij-' not in page
    assert "list.csv" not in page
    assert "niet te lezen" not in page.lower()
    assert "niet meer bewaard" in shown.client.get("/verhuizingen/lijsten").get_data(as_text=True)
    assert shown.client.get(f"{shown.path}/achtergebleven").status_code == 404


def test_the_day_of_the_list_stands_in_its_title(applied):
    assert f"Bezetting, {TODAY.day} november" in applied(HERE).text()

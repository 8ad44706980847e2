"""The page of the lists: who may see it, what is going on, and what came in before."""

import pytest

from caseapp.domain.lists.words import ListKind
from tests import listed
from tests.domain.lists.making import CHILD, written

PAGE = "/verhuizingen/lijsten"
USUAL = {"locatie": "AZC-HERE"}


def text_of(client):
    return client.get(PAGE).get_data(as_text=True)


def test_before_the_first_list_the_page_says_how_to_begin(as_):
    page = text_of(as_("coordinator"))
    assert "Er is nog geen lijst binnengekomen." in page
    assert "/verhuizingen/lijsten/nieuw" in page
    assert "--dry-run" in page


def test_a_list_that_came_in_is_shown_with_who_brought_it_and_its_counts(as_, bring):
    refused = USUAL | {"v_nummer": "0087654321", "geboortedatum": "01-01-1980"}
    bring(ListKind.OCCUPANCY, USUAL, refused, account="national@example.org")
    bring(ListKind.OCCUPANCY, USUAL)
    page = text_of(as_("national"))
    assert "Staff national" in page
    assert "het systeem" in page
    assert "1 nieuw, 1 geweigerd" in page
    assert "list.csv" in page
    assert "02-11-2026" in page
    assert "verwerkt" in page
    assert CHILD not in page


def test_a_list_that_waits_stands_above_those_that_are_over(as_, house, world, bring):
    bring(ListKind.OCCUPANCY, USUAL, account="coordinator@example.org")
    listed.submitted(
        house, world, "coordinator", ListKind.OCCUPANCY, written(ListKind.OCCUPANCY, USUAL)
    )
    page = text_of(as_("coordinator"))
    assert page.index("Nog niet verwerkt") < page.index("wacht op zijn beurt")
    assert page.index("wacht op zijn beurt") < page.index("Eerdere lijsten")
    assert page.index("Eerdere lijsten") < page.index("verwerkt</span>")


def test_a_trial_is_no_list_that_came_in(as_, bring):
    bring(ListKind.OCCUPANCY, USUAL, apply=False)
    assert "Er is nog geen lijst binnengekomen." in text_of(as_("coordinator"))


@pytest.mark.parametrize(
    ("who", "seen"),
    [("coordinator", 1), ("coordinator_far", 1), ("national", 3), ("administrator", 1)],
)
def test_somebody_sees_the_lists_of_the_own_desk(as_, house, world, who, seen):
    listed.bring(house, world)
    assert text_of(as_(who)).count('href="/verhuizingen/lijsten/0') == seen


def test_the_page_is_for_who_may_bring_in_lists(as_):
    assert as_("national").get(PAGE).status_code == 200
    assert as_("administrator").get(PAGE).status_code == 200
    assert as_("cpk").get(PAGE).status_code == 403
    assert as_(None).get(PAGE).status_code == 303


def test_the_moves_and_the_menu_lead_to_it(as_):
    assert f'href="{PAGE}"' in as_("coordinator").get("/verhuizingen").get_data(as_text=True)
    assert f'href="{PAGE}"' in as_("administrator").get("/accounts").get_data(as_text=True)
    assert f'href="{PAGE}"' not in as_("cpk").get("/verhuizingen").get_data(as_text=True)

"""The page of the lists that came in: who may see it, and what it says."""

from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import CHILD

PAGE = "/verhuizingen/lijsten"
USUAL = {"locatie": "AZC-HERE"}


def text_of(client):
    return client.get(PAGE).get_data(as_text=True)


def test_before_the_first_list_the_page_says_how_to_begin(as_):
    page = text_of(as_("coordinator"))
    assert "Er is nog geen lijst binnengekomen." in page
    assert "--dry-run" in page


def test_a_list_that_came_in_is_shown_with_who_brought_it_and_its_counts(as_, bring):
    refused = USUAL | {"v_nummer": "0087654321", "geboortedatum": "01-01-1980"}
    bring(ListKind.OCCUPANCY, USUAL, refused, account="national@example.org")
    bring(ListKind.OCCUPANCY, USUAL)
    page = text_of(as_("coordinator"))
    assert "Staff national" in page
    assert "het systeem" in page
    assert "1 nieuw, 1 geweigerd" in page
    assert "list.csv" in page
    assert "02-11-2026" in page
    assert CHILD not in page


def test_a_trial_is_no_list_that_came_in(as_, bring):
    bring(ListKind.OCCUPANCY, USUAL, apply=False)
    assert "Er is nog geen lijst binnengekomen." in text_of(as_("coordinator"))


def test_the_page_is_for_who_may_bring_in_lists(as_):
    assert as_("national").get(PAGE).status_code == 200
    assert as_("cpk").get(PAGE).status_code == 403
    assert as_(None).get(PAGE).status_code == 303

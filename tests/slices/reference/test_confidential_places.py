"""A place that must not be found: who knows it, who reads a number instead, and what is written down."""

import json

import pytest

from caseapp.continuity.facts import dossiers
from caseapp.domain.confidential import HIDDEN, NO_TOWN, hidden_name
from caseapp.domain.document import parse, write
from caseapp.reference import queries as reference
from tests.acting import acting
from tests.world import document

pytestmark = pytest.mark.asvs("8.2.3")
NAME = "Qzxschuilhuis"

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""For what is the same on both databases: who may, and when."""


@pytest.fixture
def hidden(house, world):
    with acting(house, world, "administrator") as work:
        place = reference.location(work, world.locations["AZC-FAR"])
        place.name, place.confidential = NAME, True
        return place.id


@on_sqlite
@pytest.mark.parametrize(
    ("who", "knows"),
    [
        ("cpk_far", True), ("national", True), ("administrator", True), ("guardian_other", True),
        ("cpk", False), ("guardian", False), ("coordinator", False), ("coordinator_far", False),
        ("guardianship", False), ("privacy_officer", False), ("monitor", False), ("protection_lead", False),
    ],
)  # fmt: skip
def test_a_right_there_the_desk_of_the_country_or_a_ward_opens_the_name(
    house, world, hidden, who, knows
):
    with acting(house, world, who) as work:
        names = reference.location_names(work, [hidden])
        assert names == {hidden: NAME if knows else hidden_name(hidden)}
        assert (hidden in {row.id for row in reference.locations(work)}) is knows
        assert hidden in {row.id for row in reference.locations(work, every=True)}


def test_facts_and_documents_say_neither_name_nor_town_to_anybody(house, world, hidden, work):
    dossier = dossiers(work, [world.far])[world.far]
    assert {one.location for one in dossier.placements} == {hidden_name(hidden)}
    assert {one.municipality for one in dossier.placements} == {"GM9903"}
    written = json.dumps(write(dossier))
    assert NAME not in written
    assert {one["municipality"] for one in write(dossier)["placements"]} == {NO_TOWN}
    assert HIDDEN in written


def test_a_place_that_is_not_secret_stays_as_it_was(house, world, work):
    open_one = parse({k: v for k, v in document("far").items() if k != "accounts"})
    assert HIDDEN not in json.dumps(write(open_one))
    assert "GM9903" in json.dumps(write(dossiers(work, [world.far])[world.far]))


def test_two_secret_places_are_told_apart(world):
    here, there = (hidden_name(world.locations[code]) for code in ("AZC-HERE", "AZC-FAR"))
    assert here != there


@on_sqlite
def test_the_page_of_a_secret_place_is_not_there_for_who_may_not_know_it(as_, hidden):
    assert as_("cpk_far").get(f"/locaties/{hidden}").status_code == 200
    assert as_("coordinator_far").get(f"/locaties/{hidden}").status_code == 404
    assert NAME not in as_("coordinator_far").get("/locaties").get_data(as_text=True)

"""A gentler day for a move, and another place where less would break."""

from dataclasses import replace

import pytest

from caseapp.domain.codes import PlacementKind, Region
from caseapp.domain.impact import Destination, impact_of, ranked
from tests.domain.intended import ATTENDS, FAR, LIVES, NEAR, TODAY, going, of, sibling
from tests.domain.made import LIMITS, d, dossier, line


def test_the_gentler_day_is_the_first_working_day_without_school():
    assert of(school=[ATTENDS]).gentler == d("2026-12-21")
    assert of(school=[ATTENDS]).on_school_day


def test_the_gentler_day_lies_after_an_appointment_that_is_near():
    near = [line("c1", "2026-02-13", started_on="2026-03-10", next_contact_on="2026-12-22")]
    assert of(school=[ATTENDS], care=near).gentler == d("2026-12-23")
    far = [line("c1", "2026-02-13", started_on="2026-03-10", next_contact_on="2026-12-30")]
    assert of(school=[ATTENDS], care=far).gentler == d("2026-12-21")


@pytest.mark.parametrize(
    ("announced", "gentler"), [("2026-12-08", "2026-12-22"), ("2026-12-07", None)]
)
def test_fourteen_days_of_notice_are_given(announced, gentler):
    move = going(on=d("2026-12-21"), announced=announced)
    found = of(move, today=d("2026-12-08"), school=[ATTENDS])
    assert found.gentler == (d(gentler) if gentler else None)


def test_another_place_is_ranked_by_what_would_not_break_there():
    facts = dossier(None, **LIVES, school=[ATTENDS], family_members=[sibling()])
    chosen = impact_of(facts, going(), TODAY, LIMITS)
    zwolle = Destination("D", PlacementKind.AZC, "GM9904", Region.MIDDEN)
    found = ranked(facts, chosen, [FAR, zwolle, NEAR], TODAY, LIMITS)
    assert [one.to.location for one in found] == ["B"]
    assert "SCH-2" in [one.about for one in found[0].spared]
    assert found[0].impact.harm < chosen.harm


def test_where_the_child_lives_and_where_it_goes_are_no_other_places():
    facts = dossier(None, **LIVES, school=[ATTENDS])
    chosen = impact_of(facts, going(), TODAY, LIMITS)
    here = Destination("A", PlacementKind.AZC, "GM9901", Region.MIDDEN)
    assert ranked(facts, chosen, [here, FAR], TODAY, LIMITS) == []


def test_places_that_are_alike_are_asked_about_once():
    facts = dossier(None, **LIVES, school=[ATTENDS])
    chosen = impact_of(facts, going(), TODAY, LIMITS)
    found = ranked(facts, chosen, [NEAR, replace(NEAR, location="E")], TODAY, LIMITS)
    assert [one.to.location for one in found] == ["B", "E"]
    assert found[0].impact is found[1].impact

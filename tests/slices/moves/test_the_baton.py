"""Responsibility: never with two, never lost by itself."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Sees
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.moves import actions, facts, queries
from caseapp.moves.models import Responsible, ResponsibleFacts
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from tests.acting import acting
from tests.slices.moves.story import LATER, bearer, periods, sees, sent, the
from tests.world import TODAY, World


def arrived(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        actions.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)


def test_who_works_where_the_child_lives_takes_over_today(house: Machine, world: World) -> None:
    arrived(house, world)
    assert bearer(house, world) == "cpk"
    with acting(house, world, "cpk_far") as work:
        actions.take_over(work, world.mine, world.accounts["cpk_far"])
    assert bearer(house, world) == "cpk_far"
    assert sees(house, world, "cpk") is Sees.UNTIL_DEPARTURE
    with acting(house, world, "cpk_far") as work:
        last = periods(queries.responsible(work, world.mine))[-2:]
    mine, theirs = world.accounts["cpk"], world.accounts["cpk_far"]
    assert last == [(mine, TODAY - timedelta(days=12), TODAY), (theirs, TODAY, None)]


def test_who_takes_over_twice_on_a_day_leaves_a_period_of_no_day(
    house: Machine, world: World
) -> None:
    arrived(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.take_over(work, world.mine, world.accounts["cpk_far"])
    with acting(house, world, "coordinator_far") as work:
        actions.take_over(work, world.mine, world.accounts["coordinator_far"])
    with acting(house, world, "national") as work:
        last = periods(queries.responsible(work, world.mine))[-2:]
    assert [one[1:] for one in last] == [(TODAY, TODAY), (TODAY, None)]
    assert bearer(house, world) == "coordinator_far"


def test_a_coordinator_gives_it_to_who_works_at_the_place(house: Machine, world: World) -> None:
    arrived(house, world)
    with acting(house, world, "coordinator_far") as work:
        found = {one.id for one in actions.may_hold(work, world.mine)}
        assert found == {world.accounts["cpk_far"], world.accounts["coordinator_far"]}
        actions.take_over(work, world.mine, world.accounts["cpk_far"])
    assert bearer(house, world) == "cpk_far"


def test_nobody_takes_over_a_child_that_lives_elsewhere(house: Machine, world: World) -> None:
    arrived(house, world)
    for who in ("cpk", "cpk_beside"):
        with acting(house, world, who) as work, pytest.raises(RefusedError) as refused:
            actions.take_over(work, world.mine, world.accounts[who])
        assert refused.value.why is Refusal.NOT_AT_THIS_PLACE


def test_a_coordinator_cannot_give_it_to_who_works_elsewhere(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work, pytest.raises(RefusedError):
        actions.take_over(work, world.mine, world.accounts["cpk_far"])
    assert bearer(house, world) == "cpk"


def test_taking_over_what_one_has_changes_nothing(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        before = periods(queries.responsible(work, world.mine))
        actions.take_over(work, world.mine, world.accounts["cpk"])
    with acting(house, world, "cpk") as work:
        assert periods(queries.responsible(work, world.mine)) == before


def test_the_contact_person_stands_in_for_a_child_without_anybody(
    house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        for row in queries.responsible(work, world.mine):
            work.session.delete(row)
    with acting(house, world, "national") as work:
        assert actions.stand_in(work, world.mine, world.locations["AZC-HERE"], TODAY)
    assert bearer(house, world) == "cpk"
    with acting(house, world, "national") as work:
        assert actions.stand_in(work, world.mine, world.locations["AZC-FAR"], TODAY)
    assert bearer(house, world) == "cpk"


def test_without_a_contact_person_nobody_stands_in(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        for row in queries.responsible(work, world.mine):
            work.session.delete(row)
        work.flush()
        place = reference.location(work, world.locations["AZC-HERE"])
        assert place is not None
        place.contact_account_id = None
        work.flush()
        assert not actions.stand_in(work, world.mine, place.id, TODAY)
    assert bearer(house, world) is None


def test_a_coordinator_who_accepts_makes_the_contact_person_responsible(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "coordinator_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "coordinator_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    assert bearer(house, world, LATER) == "cpk_far"


def test_accepting_late_does_not_take_the_baton_from_the_next_place(
    house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        first = actions.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY).id
    with acting(house, world, "national", LATER) as work:
        actions.record_unannounced(work, world.mine, world.locations["NO-BESIDE"], LATER)
    with acting(house, world, "cpk_far", LATER) as work:
        actions.accept(work, the(work, world, first))
    assert bearer(house, world, LATER) == "cpk"


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_accepting_while_another_writes_down_the_arrival_passes_the_baton(
    house: Machine, world: World
) -> None:
    """On SQLite there is one writer at a time, so the race is that of PostgreSQL alone."""
    key = sent(house, world)
    with acting(house, world, "cpk_far") as accepting:
        move = the(accepting, world, key)
        with acting(house, world, "coordinator_far") as other:
            actions.arrive(other, the(other, world, key), None, TODAY)
        actions.accept(accepting, move)
    assert bearer(house, world) == "cpk_far"


def test_two_responsible_at_once_are_impossible(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        no = people.lock(work, world.mine)
        row = Responsible(
            id=new_id(),
            child_id=world.mine,
            child_no=no,
            account_id=world.accounts["cpk_far"],
            from_on=TODAY,
        )
        work.add(row, facts=ResponsibleFacts())
        with pytest.raises(DBAPIError):
            work.flush()
        work.undo()


def test_facts_name_who_is_responsible(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        found = facts.gather(work, [world.mine])[world.mine]["responsible"]
    last = max(found, key=lambda one: one.start)
    assert (last.name, last.role, last.organisation, last.end) == ("Staff cpk", "cpk", "coa", None)

"""Reach is what stays, moves and responsibility say: rebuilt from them it is the same."""

from datetime import timedelta

from sqlalchemy import delete

from caseapp.domain.events import DossierImported
from caseapp.domain.intents.placements import StayDetails
from caseapp.domain.reach import BY_PLACE
from caseapp.kernel.machine import Machine
from caseapp.moves import actions
from caseapp.people import queries as people
from caseapp.people.models import Reach
from caseapp.placements import actions as stays
from caseapp.placements import queries as placements
from tests.acting import acting
from tests.slices.moves.story import LATER, reach_now, sent, the
from tests.world import TODAY, World


def rebuilt_is_the_same(house: Machine, world: World, on: object = TODAY) -> bool:
    """Throw the projection of all children away, let it be made again, and compare."""
    children = list(world.children.values())
    with acting(house, world, "national", on) as work:
        before = [reach_now(work, child) for child in children]
        by_place = Reach.why.in_(sorted(BY_PLACE))
        work.session.execute(delete(Reach).where(by_place))
        for child in children:
            work.record(DossierImported(object_id=child, child_id=child))
        work.settle()
        work.session.expire_all()
        after = [reach_now(work, child) for child in children]
        work.undo()
    assert all(before)
    return before == after


def test_documents_bring_the_reach_that_their_facts_say(house: Machine, world: World) -> None:
    assert rebuilt_is_the_same(house, world)


def test_a_whole_move_leaves_the_reach_that_the_facts_say(house: Machine, world: World) -> None:
    key = sent(house, world)
    assert rebuilt_is_the_same(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    assert rebuilt_is_the_same(house, world, LATER)
    with acting(house, world, "national", LATER) as work:
        actions.record_unannounced(work, world.mine, world.locations["AZC-HERE"], LATER)
    assert rebuilt_is_the_same(house, world, LATER)


def test_a_corrected_stay_moves_the_reach_with_it(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        row = placements.stays(work, world.mine)[-1]
        far = StayDetails(row.from_on, None, world.locations["AZC-FAR"])
        stays.correct_stay(work, row, row.version, far)
    assert rebuilt_is_the_same(house, world)
    with acting(house, world, "national") as work:
        places = {place for _why, place, _region, _who in reach_now(work, world.mine)}
        assert world.locations["AZC-FAR"] in places
        assert world.locations["AZC-HERE"] not in places


def test_what_goes_on_keeps_its_row(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        before = {row.id for row in people.reach_of(work, world.mine)}
        work.record(DossierImported(object_id=world.mine, child_id=world.mine))
    with acting(house, world, "national", TODAY + timedelta(days=1)) as work:
        assert {row.id for row in people.reach_of(work, world.mine)} == before

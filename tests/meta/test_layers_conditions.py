"""Which conditions open a file at the door: what all has to hold counts, what one of them allows does not."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import aliased

from caseapp.care.models import CareLine
from caseapp.kernel.door import UnmarkedSelectError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.models import Child
from tests.acting import acting
from tests.world import World


@pytest.fixture
def cpk(house: Machine, world: World) -> Iterator[Work]:
    """Give a work of a contact person who fetched the child `mine` through the door."""
    with acting(house, world, "cpk") as work:
        assert people.sight_of(work, world.mine) is not None
        yield work
        work.undo()


def test_a_condition_beside_the_child_that_was_fetched_keeps_the_file_open(
    cpk: Work, world: World
) -> None:
    of_mine = CareLine.child_id == world.mine
    lines = cpk.session.scalars(select(CareLine).where(of_mine)).all()
    assert lines
    for marked in (
        select(CareLine).where(of_mine, CareLine.id == lines[0].id),
        select(CareLine).where(and_(of_mine, CareLine.id.is_not(None))),
        select(CareLine).where(
            and_(of_mine, (CareLine.id == lines[0].id) | (CareLine.id.is_(None)))
        ),
    ):
        assert cpk.session.scalars(marked).all()


def test_the_child_that_was_fetched_or_something_else_opens_nothing(
    cpk: Work, world: World
) -> None:
    of_mine = CareLine.child_id == world.mine
    for unmarked in (
        select(CareLine).where(of_mine | CareLine.id.is_not(None)),
        select(CareLine).where(of_mine | (CareLine.id == uuid4())),
        select(CareLine).where(CareLine.child_id != world.mine),
        select(CareLine).where(~of_mine),
    ):
        with pytest.raises(UnmarkedSelectError):
            cpk.session.execute(unmarked)


def test_the_predicate_or_something_else_is_no_mark_nor_is_it_turned_round(cpk: Work) -> None:
    reach = people.in_sight(cpk.actor, cpk.now, CareLine.child_id)
    mine = people.visible_ids(cpk.actor, cpk.now)
    assert cpk.session.scalars(select(CareLine).where(reach)).all()
    assert cpk.session.scalars(select(CareLine).where(reach | reach)).all()
    for unmarked in (
        select(CareLine).where(reach | CareLine.id.is_not(None)),
        select(CareLine).where(CareLine.id.is_not(None) | CareLine.child_id.in_(mine)),
        select(CareLine).where(~reach),
        select(CareLine).where(CareLine.child_id.not_in(mine)),
    ):
        with pytest.raises(UnmarkedSelectError):
            cpk.session.execute(unmarked)


def test_who_may_read_no_file_asks_the_door_and_finds_nobody(house: Machine, world: World) -> None:
    with acting(house, world, "administrator") as work:
        assert people.visible_among(work, list(world.children.values())) == set()
        with pytest.raises(UnmarkedSelectError):
            work.session.execute(select(Child))
        work.undo()


def test_a_table_by_another_name_within_a_select_or_a_union_is_a_file_as_well(
    cpk: Work, world: World
) -> None:
    other = aliased(CareLine)
    both = union_all(
        select(CareLine.id).where(CareLine.child_id == world.far),
        select(other.id).where(other.child_id == world.far),
    ).subquery()
    within = select(CareLine.id).where(CareLine.child_id == world.far).cte()
    for unmarked in (
        select(other).where(other.child_id == world.far),
        select(other.id),
        select(func.count()).select_from(both),
        select(func.count()).select_from(within),
        select(Child.id).join(other, other.child_id == Child.id),
    ):
        with pytest.raises(UnmarkedSelectError):
            cpk.session.execute(unmarked)


def test_what_came_through_the_door_stays_open_when_the_session_lets_go_of_it(
    cpk: Work, world: World
) -> None:
    line = cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.mine)).first()
    assert line is not None
    line_id = line.id
    cpk.session.expunge_all()
    assert cpk.session.scalars(select(CareLine).where(CareLine.id == line_id)).one()
    cpk.opened.clear()
    cpk.session.expunge_all()
    [child] = cpk.session.scalars(people.visible_children(cpk.actor, cpk.now)).all()
    assert child.id == world.mine
    del child
    cpk.session.expunge_all()
    assert cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.mine)).all()

"""Below the guards of the routes: marked selects, a look again, and rows by reach (security.md 3.3)."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from caseapp.accounts.models import Grant
from caseapp.care.models import CareLine
from caseapp.domain.care_codes import Level
from caseapp.domain.intents.observations import NotAsked, ObservationDetails
from caseapp.domain.policy import Actor, HeldGrant, Role, ScopeKind
from caseapp.kernel import door
from caseapp.kernel.door import UnmarkedSelectError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import OutOfReachError, Work
from caseapp.moves.models import Transfer
from caseapp.observations import actions as observations
from caseapp.people import queries as people
from caseapp.people.models import Child, Reach
from caseapp.placements.models import Placement
from caseapp.tables import METADATA
from tests import house as houses
from tests.acting import acting
from tests.proofs import sight_histories
from tests.world import TODAY, World

ON_POSTGRESQL = pytest.mark.parametrize("template", ["postgresql"], indirect=True)


def of_here(world: World) -> Actor:
    """Return a contact person of the location of `mine`."""
    here = HeldGrant(uuid4(), ScopeKind.LOCATION, str(world.locations["AZC-HERE"]))
    return Actor(world.accounts["cpk"], "cpk", Role.CPK, (here,))


@pytest.fixture
def cpk(house: Machine, world: World) -> Iterator[Work]:
    work = house.work(of_here(world))
    yield work
    work.session.close()


@pytest.mark.asvs("8.2.2", "8.3.1")
def test_a_select_without_a_mark_is_refused(cpk: Work, world: World) -> None:
    for unmarked in (
        select(Child),
        select(Placement.id),
        select(CareLine).where(CareLine.child_id == world.far),
        select(Child).where(Child.id == world.mine),  # its own child, but not through the door
        select(func.count()).select_from(select(Transfer.id).subquery()),
        select(Placement).join(Child, Child.id == Placement.child_id),
        select(CareLine).where((CareLine.child_id == world.mine) | (CareLine.id == uuid4())),
    ):
        with pytest.raises(UnmarkedSelectError):
            cpk.session.execute(unmarked)


def test_a_select_through_the_door_opens_the_files_that_it_finds(cpk: Work, world: World) -> None:
    found = cpk.session.scalars(people.visible_children(cpk.actor, cpk.now)).all()
    assert {child.id for child in found} == {world.mine}
    assert cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.mine)).all()
    with pytest.raises(UnmarkedSelectError):
        cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.far))
    both = CareLine.child_id.in_([world.mine, world.far])
    with pytest.raises(UnmarkedSelectError):  # one of the own among others opens none of them
        cpk.session.scalars(select(CareLine).where(both))


def test_what_reads_past_says_so_and_only_while_it_lasts(cpk: Work, world: World) -> None:
    with cpk.beyond("a test"):
        assert cpk.session.scalar(select(func.count()).select_from(Child)) == 3
    with pytest.raises(UnmarkedSelectError):
        cpk.session.scalar(select(func.count()).select_from(Child))


def test_going_on_as_somebody_else_closes_what_was_open(cpk: Work, world: World) -> None:
    assert people.sight_of(cpk, world.mine) is not None
    cpk.act_as(replace(cpk.actor, grants=()))
    with pytest.raises(UnmarkedSelectError):
        cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.mine))


def test_without_the_door_a_select_would_tell(
    cpk: Work, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with nothing that watches, what is refused above is answered (on a server by no row)."""
    monkeypatch.setattr(door, "_first_unmarked", lambda *_given: door.NO_FILE)
    lines = cpk.session.scalars(select(CareLine).where(CareLine.child_id == world.mine)).all()
    assert lines


def test_every_table_with_a_child_is_a_file_or_says_why_not() -> None:
    with_child = {table.name for table in METADATA.sorted_tables if "child_id" in table.c}
    assert door.OPEN.keys() <= with_child
    assert door.protected(METADATA) == (with_child | {"child"}) - door.OPEN.keys()


@pytest.mark.asvs("15.4.2", "8.3.2")
@pytest.mark.attack(52)
def test_a_right_that_ends_between_the_look_and_the_write_is_no_right(
    house: Machine, world: World
) -> None:
    with acting(house, world, "cpk") as work:
        assert people.sight_of(work, world.mine) is not None
        _take_back(house, work)
        with pytest.raises(OutOfReachError):
            _written(work, world.mine)
        work.undo()


@pytest.mark.attack(52, twin="the rights are not looked at again before saving")
def test_without_a_look_again_the_write_would_be_saved(
    house: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.wiring.accounts_of.still_stands", lambda _work: None)
    with acting(house, world, "cpk") as work:
        assert people.sight_of(work, world.mine) is not None
        _take_back(house, work)
        _written(work, world.mine)
        assert work.committed


def test_a_child_that_leaves_before_the_lock_is_out_of_reach(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        assert people.sight_of(work, world.mine) is not None
        work.session.rollback()  # lets the other in, as the page and the form are two requests
        with house.engine.begin() as other:
            gone = update(Reach).where(Reach.child_id == world.mine)
            other.execute(gone.values(until_at=work.now))
        with pytest.raises(OutOfReachError):
            people.lock(work, world.mine)
        work.undo()


def _written(work: Work, child_id: UUID) -> None:
    """Write an observation down, as the action of the form does."""
    observations.record(
        work,
        child_id,
        ObservationDetails(TODAY, "zqx seen", Level.NONE, not_asked=NotAsked.TOO_YOUNG),
    )
    work.commit()


def _take_back(house: Machine, work: Work) -> None:
    """Take back the rights of who acts, in a transaction of its own, after the page was looked at."""
    work.session.rollback()
    with house.engine.begin() as other:
        mine = update(Grant).where(Grant.account_id == work.actor.account_id)
        other.execute(mine.values(revoked_at=house.now()))


@ON_POSTGRESQL
@pytest.mark.asvs("8.2.2", "13.2.2")
def test_row_level_security_is_forced_on_every_file(house: Machine) -> None:
    forced = text(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
    )
    with house.engine.connect() as connection:
        assert set(connection.scalars(forced)) == door.protected(METADATA) | door.APART
        role = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert connection.scalar(text(role)) is False


@ON_POSTGRESQL
def test_without_a_context_the_server_gives_nothing(house: Machine, world: World) -> None:
    with house.engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(METADATA.tables[name]))
            for name in door.protected(METADATA) | door.APART
        }
    assert set(counts.values()) == {0}


@ON_POSTGRESQL
def test_the_context_ends_with_its_transaction(house: Machine, world: World) -> None:
    machine = houses.open_for_good(house.settings)  # one connection serves the next transaction
    try:
        work = machine.work(Actor(None, "test", everywhere=True))
        assert work.session.scalar(select(func.count()).select_from(Child)) == 3
        work.session.close()
        with machine.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(Child)) == 0
    finally:
        machine.engine.dispose()


@ON_POSTGRESQL
def test_the_server_refuses_a_row_of_a_child_out_of_reach(house: Machine, world: World) -> None:
    work = house.work(of_here(world))
    connection = work.session.connection()
    changed = connection.execute(text("UPDATE child SET closed_on = NULL")).rowcount
    assert changed == 1  # its own, of three
    move = text("UPDATE care_line SET child_id = :far WHERE child_id = :mine")
    with pytest.raises(DBAPIError, match="row-level security"):
        connection.execute(move, {"far": world.far, "mine": world.mine})
    work.session.close()


@pytest.mark.slow
@pytest.mark.asvs("8.2.1", "8.2.2")
def test_whom_anybody_sees_is_the_same_by_facts_selects_and_server(
    house: Machine, world: World
) -> None:
    chosen = Random(7)
    played = [sight_histories.round_of(house, world, chosen) for _round in range(8)]
    assert [line for _many, wrong in played for line in wrong] == []


def test_a_wrong_reading_of_the_facts_is_noticed(
    house: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight_histories, "DAY", sight_histories.DAY * 2)
    chosen = Random(7)
    played = [sight_histories.round_of(house, world, chosen) for _round in range(8)]
    assert [line for _many, wrong in played for line in wrong] != []

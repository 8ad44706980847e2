"""Planned leave: same role, same employer, at most 28 days, never lent on, over at once when it ends."""

from datetime import timedelta

import pytest

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import standing_in
from caseapp.accounts.models import Grant
from caseapp.audit.models import AuditEvent
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.policy import ScopeKind, Sees
from caseapp.kernel import clock
from caseapp.notices.models import Notice
from caseapp.people import queries as people
from tests.acting import acting
from tests.world import NOW, TODAY

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""For what is the same on both databases: who may, and when."""


def wish(world, absent, stand_in, days=28, starts=0, grant_id=None):
    first = TODAY + timedelta(days=starts)
    last = first + timedelta(days=days - 1)
    return LeaveWish(world.accounts[absent], world.accounts[stand_in], first, last, grant_id)


def arranged(house, world, who, *args, **options):
    with acting(house, world, who) as work:
        return standing_in.arrange(work, wish(world, *args, **options)).id


def refusal(do, *args, **options):
    with pytest.raises(RefusedError) as refused:
        do(*args, **options)
    return refused.value.code


def sees(house, world, who, child, now=NOW):
    work = house.work(actor_of(house, world, who, now), writes=False, now=now)
    try:
        found = people.sight_of(work, child)
        return found.sees if found else None
    finally:
        work.session.close()


def actor_of(house, world, who, now=NOW):
    with acting(house, world, who) as work:
        account = queries.account(work, world.accounts[who])
        return queries.actor_of(work.session, account, now)


def test_a_stand_in_sees_and_writes_what_the_absent_colleague_does(house, world):
    assert sees(house, world, "cpk_beside", world.mine) is Sees.UNTIL_DEPARTURE
    arranged(house, world, "cpk", "cpk", "cpk_beside")
    assert sees(house, world, "cpk_beside", world.mine) is Sees.ALL
    actor = actor_of(house, world, "cpk_beside")
    assert actor.stands_in == (world.accounts["cpk"],)
    assert set(actor.location_ids) == {world.locations["AZC-HERE"], world.locations["NO-BESIDE"]}
    assert actor.on_own_rights.location_ids == (world.locations["NO-BESIDE"],)


def test_the_children_of_a_guardian_go_by_name_not_by_place(house, world):
    assert sees(house, world, "guardian_other", world.mine) is None
    arranged(house, world, "guardian", "guardian", "guardian_other")
    assert sees(house, world, "guardian_other", world.mine) is Sees.ALL


@on_sqlite
@pytest.mark.asvs("8.3.2")
@pytest.mark.parametrize("starts", [1, 150])
def test_leave_begins_and_ends_at_midnight_of_the_netherlands(house, world, starts):
    """Also over the change of the clocks: the second period has the end of March in it."""
    key = arranged(house, world, "cpk", "cpk", "cpk_beside", starts=starts)
    first = TODAY + timedelta(days=starts)
    begins = clock.midnight(first)
    ends = clock.midnight(first + timedelta(days=28))
    second = timedelta(seconds=1)
    moments = {begins - second: False, begins: True, ends - second: True, ends: False}
    for moment, lent in moments.items():
        actor = actor_of(house, world, "cpk_beside", moment)
        assert bool(actor.stands_in) is lent, moment
    with acting(house, world, "cpk") as work:
        assert queries.leave(work, key).ends_at == ends


@on_sqlite
def test_leave_is_never_longer_than_28_days_also_not_in_two_parts(house, world):
    assert refusal(arranged, house, world, "cpk", "cpk", "cpk_beside", days=29) is Refusal.TOO_LONG
    arranged(house, world, "cpk", "cpk", "cpk_beside", days=20)
    again = {"days": 9, "starts": 20}
    assert refusal(arranged, house, world, "cpk", "cpk", "cpk_beside", **again) is Refusal.TOO_LONG
    arranged(house, world, "cpk", "cpk", "cpk_beside", days=8, starts=20)
    arranged(house, world, "cpk", "cpk", "cpk_beside", days=28, starts=30)


@pytest.mark.asvs("8.3.3")
def test_what_was_lent_is_not_lent_on(house, world):
    arranged(house, world, "cpk", "cpk", "cpk_beside")
    arranged(house, world, "cpk_beside", "cpk_beside", "cpk_far")
    actor = actor_of(house, world, "cpk_far")
    assert actor.stands_in == (world.accounts["cpk_beside"],)
    assert world.locations["AZC-HERE"] not in actor.location_ids
    assert sees(house, world, "cpk_far", world.mine) is Sees.UNTIL_DEPARTURE


@pytest.mark.attack(48)
def test_nothing_new_can_be_given_with_a_right_that_is_lent(house, world):
    arranged(house, world, "national", "national", "coordinator_far")
    give = GrantWish(
        world.accounts["cpk_beside"], ScopeKind.LOCATION, str(world.locations["AZC-HERE"])
    )
    with acting(house, world, "coordinator_far") as work:
        assert work.actor.is_national
        assert refusal(actions.ask_grant, work, give) is Refusal.OUTSIDE_REACH
        lend = wish(world, "coordinator", "guardianship")
        assert refusal(standing_in.arrange, work, lend) is Refusal.OUTSIDE_REACH


@on_sqlite
@pytest.mark.attack(48, twin="what is lent counts as one's own when rights are given")
def test_otherwise_a_stand_in_could_give_rights(house, world, monkeypatch):
    arranged(house, world, "national", "national", "coordinator_far")
    monkeypatch.setattr("caseapp.domain.policy.Actor.on_own_rights", property(lambda self: self))
    give = GrantWish(
        world.accounts["cpk_beside"], ScopeKind.LOCATION, str(world.locations["AZC-HERE"])
    )
    with acting(house, world, "coordinator_far") as work:
        assert actions.ask_grant(work, give).id


@on_sqlite
def test_only_the_same_role_at_the_same_employer_stands_in(house, world):
    assert refusal(arranged, house, world, "cpk", "cpk", "guardian") is Refusal.OTHER_ROLE
    assert refusal(arranged, house, world, "cpk", "cpk", "cpk") is Refusal.FOR_ONESELF
    with acting(house, world, "administrator") as work:
        queries.account(work, world.accounts["cpk_beside"]).organisation = "nidos"
    assert refusal(arranged, house, world, "cpk", "cpk", "cpk_beside") is Refusal.OTHER_ORGANISATION


@on_sqlite
def test_a_coordinator_arranges_it_for_who_is_ill_in_the_own_region_only(house, world):
    other = refusal(arranged, house, world, "coordinator_far", "cpk", "cpk_beside")
    assert other is Refusal.OUTSIDE_REACH
    arranged(house, world, "coordinator", "cpk", "cpk_beside")
    arranged(house, world, "guardianship", "guardian", "guardian_other")
    for who in ("cpk_far", "administrator", "privacy_officer"):
        assert refusal(arranged, house, world, who, "cpk", "cpk_far") is Refusal.OUTSIDE_REACH


@on_sqlite
def test_a_coordinator_does_not_give_a_colleagues_work_to_oneself(house, world):
    assert (
        refusal(arranged, house, world, "national", "coordinator", "national")
        is Refusal.FOR_ONESELF
    )


@on_sqlite
@pytest.mark.parametrize("who", ["cpk", "cpk_beside", "coordinator"])
@pytest.mark.asvs("8.3.2")
def test_both_and_the_coordinator_can_end_it_at_once(house, world, who):
    key = arranged(house, world, "cpk", "cpk", "cpk_beside")
    with acting(house, world, "guardian") as work:
        assert (
            refusal(standing_in.end_leave, work, queries.leave(work, key)) is Refusal.OUTSIDE_REACH
        )
    with acting(house, world, who) as work:
        standing_in.end_leave(work, queries.leave(work, key))
    assert sees(house, world, "cpk_beside", world.mine) is Sees.UNTIL_DEPARTURE
    with acting(house, world, who) as work:
        assert refusal(standing_in.end_leave, work, queries.leave(work, key)) is Refusal.NOT_WAITING


def test_one_right_alone_can_be_lent_and_brings_nobodys_own_children(house, world):
    with acting(house, world, "cpk") as work:
        (right,) = queries.grants_of(work, world.accounts["cpk"])
        (strange,) = queries.grants_of(work, world.accounts["cpk_far"])
    args = (house, world, "cpk", "cpk", "cpk_beside")
    assert refusal(arranged, *args, grant_id=strange.id) is Refusal.WIDER
    arranged(*args, grant_id=right.id)
    actor = actor_of(house, world, "cpk_beside")
    assert actor.stands_in == ()
    assert world.locations["AZC-HERE"] in actor.location_ids


@pytest.mark.asvs("8.3.3")
def test_what_the_absent_colleague_loses_the_stand_in_loses_too(house, world, work):
    arranged(house, world, "cpk", "cpk", "cpk_beside")
    theirs = next(iter(queries.grants_of(work, world.accounts["cpk"])))
    work.session.get(Grant, theirs.id).revoked_at = NOW
    work.commit()
    assert sees(house, world, "cpk_beside", world.mine) is Sees.UNTIL_DEPARTURE


def test_who_has_no_right_of_their_own_any_more_stands_in_for_nobody(house, world, work):
    arranged(house, world, "cpk", "cpk", "cpk_beside")
    own = next(iter(queries.grants_of(work, world.accounts["cpk_beside"])))
    work.session.get(Grant, own.id).revoked_at = NOW
    work.commit()
    actor = actor_of(house, world, "cpk_beside")
    assert (actor.role, actor.grants, actor.stands_in) == (None, (), ())


@pytest.mark.asvs("8.3.3")
def test_the_trail_names_both_when_only_the_leave_opens_the_child(house, world):
    arranged(house, world, "cpk", "cpk", "cpk_far")
    lines = {}
    for child in (world.mine, world.far):
        with acting(house, world, "cpk_far") as work:
            work.saw("child-read", [child])
        with acting(house, world, "administrator") as work:
            line = work.session.query(AuditEvent).filter_by(child_id=child).order_by(
                AuditEvent.seq.desc()
            ).first()  # fmt: skip
            lines[child] = (line.account_id, line.on_behalf_of)
    me = world.accounts["cpk_far"]
    assert lines == {world.mine: (me, world.accounts["cpk"]), world.far: (me, None)}


def test_what_the_absent_colleague_is_told_the_stand_in_is_told_too(house, world):
    key = arranged(house, world, "cpk", "cpk", "cpk_beside")
    with acting(house, world, "coordinator") as work:
        standing_in.end_leave(work, queries.leave(work, key))
    with acting(house, world, "administrator") as work:
        told = work.session.query(Notice).filter_by(event="LeaveEnded").all()
        assert {one.account_id for one in told} == {
            world.accounts["cpk"], world.accounts["cpk_beside"]
        }  # fmt: skip

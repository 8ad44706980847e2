"""Break-glass: next door only, three hours, reading only, told at once, judged by somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from caseapp.accounts import queries
from caseapp.accounts.actions import emergency, standing_in
from caseapp.accounts.models import Emergency
from caseapp.audit.models import AuditEvent
from caseapp.casefile.queries import asked_glass
from caseapp.domain.emergency import LASTS, TOUCHES, Judgement, Why, is_next_door
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.policy import Actor, HeldGrant, Permission, Role, ScopeKind, Sees
from caseapp.notices.models import Notice
from caseapp.people import queries as people
from caseapp.wiring import JOBS
from tests.acting import acting
from tests.world import NOW, TODAY

REASON = "Zqxreason: the police called about this child"
V = {"mine": "9900000001", "beside": "9900000002", "far": "9900000003"}

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""For what is the same on both databases: who may, and when."""


def started(house, world, who, child="mine", reason=REASON, on=TODAY):
    with acting(house, world, who, on) as work:
        return emergency.start(work, asked_glass(work, V[child], Why.DANGER, reason)).id


def refusal(do, *args, **options):
    with pytest.raises(RefusedError) as refused:
        do(*args, **options)
    return refused.value.code


def sees(house, world, who, child, now=NOW):
    work = house.work(Actor(None, "door", everywhere=True), writes=False, now=now)
    try:
        account = queries.account(work, world.accounts[who])
        work.act_as(queries.actor_of(work.session, account, now))
        found = people.sight_of(work, child)
        in_lists = child in people.visible_among(work, [child])
        return (found.sees if found else None, in_lists)
    finally:
        work.session.close()


def by_the_clock(house, now):
    work = house.work(Actor(None, "worker", everywhere=True), now=now)
    emergency.stop_expired(work)
    emergency.tell_unreviewed(work)
    work.commit()
    work.session.close()


def trail(work, *codes):
    lines = work.session.query(AuditEvent).filter(AuditEvent.code.in_(codes))
    return [(one.code, one.fields) for one in lines.order_by(AuditEvent.seq)]


@pytest.mark.attack(53)
@pytest.mark.asvs("8.2.2", "8.3.2")
def test_a_look_opens_one_file_for_three_hours_to_the_second_and_no_list(house, world):
    assert sees(house, world, "coordinator_far", world.mine) == (None, False)
    with pytest.raises(RefusedError):
        started(house, world, "coordinator_far")
    assert sees(house, world, "cpk", world.beside) == (None, False)
    started(house, world, "cpk", "beside")
    second = timedelta(seconds=1)
    opened = (Sees.ALL, False)
    assert sees(house, world, "cpk", world.beside) == opened
    assert sees(house, world, "cpk", world.beside, NOW + LASTS - second) == opened
    assert sees(house, world, "cpk", world.beside, NOW + LASTS) == (None, False)
    assert sees(house, world, "cpk_far", world.mine) != opened


@on_sqlite
@pytest.mark.attack(53, twin="a look has no end")
def test_without_an_end_the_file_would_stay_open(house, world, monkeypatch):
    monkeypatch.setattr(emergency, "LASTS", timedelta(days=400))
    started(house, world, "cpk", "beside")
    assert sees(house, world, "cpk", world.beside, NOW + LASTS)[0] is Sees.ALL


@on_sqlite
@pytest.mark.attack(53)
@pytest.mark.parametrize(
    ("who", "child", "why"),
    [
        ("cpk_far", "mine", Refusal.NO_NEIGHBOUR),
        ("coordinator_far", "mine", Refusal.NO_NEIGHBOUR),
        ("national", "mine", Refusal.SEES_ALREADY),
        ("cpk", "mine", Refusal.SEES_ALREADY),
        ("privacy_officer", "mine", Refusal.NO_NEIGHBOUR),
        ("administrator", "mine", Refusal.NO_NEIGHBOUR),
        ("monitor", "mine", Refusal.NO_NEIGHBOUR),
        ("protection_lead", "mine", Refusal.NO_NEIGHBOUR),
    ],
)
def test_only_a_neighbour_who_does_not_see_the_file_may(house, world, who, child, why):
    assert refusal(started, house, world, who, child) is why


@on_sqlite
@pytest.mark.attack(53)
def test_a_reason_says_something_and_a_broken_trail_stops_all(house, world):
    short, long = "x" * 19, "x" * 20
    args = (house, world, "cpk", "beside")
    assert refusal(started, *args, short + "   ") is Refusal.TOO_SHORT
    with acting(house, world, "cpk") as work:
        asked = asked_glass(work, V["beside"], Why.DANGER, long)
        broken = type(asked)(
            **{n: getattr(asked, n) for n in asked.__slots__} | {"trail_broken": True}
        )
        assert refusal(emergency.start, work, broken) is Refusal.TRAIL_BROKEN
    started(*args, long)


def test_a_right_that_is_lent_opens_no_door_next_to_it(house, world):
    wish = LeaveWish(world.accounts["cpk"], world.accounts["cpk_far"], TODAY, TODAY)
    with acting(house, world, "cpk") as work:
        standing_in.arrange(work, wish)
    assert refusal(started, house, world, "cpk_far", "beside") is Refusal.NO_NEIGHBOUR


def test_who_has_to_know_is_told_at_once(house, world):
    started(house, world, "cpk_beside", "mine")
    with acting(house, world, "administrator") as work:
        told = work.session.query(Notice).filter_by(event="EmergencyStarted").all()
        assert {one.account_id for one in told} == {
            world.accounts[who] for who in ("guardian", "coordinator", "privacy_officer")
        }
        assert {one.severity for one in told} == {"critical"}


@pytest.mark.attack(53)
def test_start_and_stop_stand_in_the_trail_also_the_stop_by_the_clock(house, world):
    key = started(house, world, "cpk", "beside")
    with acting(house, world, "cpk") as work:
        emergency.stop(work, queries.emergency(work, key))
    assert sees(house, world, "cpk", world.beside) == (None, False)
    with acting(house, world, "cpk") as work:
        assert refusal(emergency.stop, work, queries.emergency(work, key)) is Refusal.NOT_WAITING
    started(house, world, "cpk", "beside")
    by_the_clock(house, NOW + LASTS - timedelta(seconds=1))
    for _twice in range(2):
        by_the_clock(house, NOW + LASTS)
    with acting(house, world, "administrator") as work:
        assert trail(work, "emergency-started", "emergency-stopped") == [
            ("emergency-started", "danger"),
            ("emergency-stopped", "by-hand"),
            ("emergency-started", "danger"),
            ("emergency-stopped", "time"),
        ]


def test_the_worker_ends_looks_by_itself():
    assert "emergencies" in {job.name for job in JOBS}


@on_sqlite
def test_more_than_three_in_a_week_is_told_each_time(house, world):
    for number in range(5):
        key = started(house, world, "cpk", "beside", on=TODAY + timedelta(days=number))
        with acting(house, world, "cpk", TODAY + timedelta(days=number)) as work:
            emergency.stop(work, queries.emergency(work, key))
    started(house, world, "cpk", "beside", on=TODAY + timedelta(days=12))
    with acting(house, world, "administrator") as work:
        told = work.session.query(Notice).filter_by(event="EmergencyOften").all()
        assert sorted((one.spell, one.object_id == world.accounts["cpk"]) for one in told) == [
            (4, True), (4, True), (5, True), (5, True)
        ]  # fmt: skip


def reviewed(house, world, key, who, on):
    with acting(house, world, who, on) as work:
        emergency.review(work, queries.emergency(work, key), Judgement.RIGHT, "Zqxjudged")


def test_somebody_else_judges_it_when_it_is_over(house, world):
    key = started(house, world, "cpk", "beside")
    later = TODAY + timedelta(days=1)
    assert refusal(reviewed, house, world, key, "privacy_officer", TODAY) is Refusal.NOT_WAITING
    assert refusal(reviewed, house, world, key, "cpk", later) is Refusal.OWN_EMERGENCY
    reviewed(house, world, key, "coordinator", later)
    assert refusal(reviewed, house, world, key, "privacy_officer", later) is Refusal.NOT_WAITING
    by_the_clock(house, NOW + timedelta(days=30))
    with acting(house, world, "administrator") as work:
        row = work.session.get(Emergency, key)
        assert (row.verdict, row.late_at) == (Judgement.RIGHT, None)


@on_sqlite
def test_what_nobody_judged_in_five_working_days_is_told_once(house, world):
    key = started(house, world, "cpk", "beside")
    last = TODAY + timedelta(days=7)  # 24 November 2026 is a Tuesday: five working days
    with acting(house, world, "administrator") as work:
        assert work.session.get(Emergency, key).review_by == last
    by_the_clock(house, NOW + timedelta(days=7))
    by_the_clock(house, NOW + timedelta(days=8))
    by_the_clock(house, NOW + timedelta(days=9))
    with acting(house, world, "administrator") as work:
        told = work.session.query(Notice).filter_by(event="EmergencyUnreviewed").all()
        assert sorted(one.account_id for one in told) == sorted(
            world.accounts[who] for who in ("coordinator", "privacy_officer")
        )


@on_sqlite
@pytest.mark.parametrize(
    ("who", "may"),
    [("privacy_officer", True), ("coordinator", True), ("national", True), ("coordinator_far", False),
     ("guardianship", False), ("cpk", False), ("administrator", False)],
)  # fmt: skip
def test_who_judges_is_of_the_region_or_looks_after_privacy(house, world, who, may):
    key = started(house, world, "cpk", "beside")
    with acting(house, world, who) as work:
        assert queries.may_review(work.actor, queries.emergency(work, key)) is may
        assert (key in {row.id for row in queries.to_review(work)}) is may or not work.actor.may(
            Permission.EMERGENCY_REVIEW
        )


def actor(role, scope=ScopeKind.NONE, place=None):
    return Actor(uuid4(), "x", role, (HeldGrant(uuid4(), scope, place),))


@pytest.mark.parametrize(
    ("one", "own", "region", "guardian", "near"),
    [
        (actor(Role.CPK, ScopeKind.LOCATION, str(uuid4())), {"noord"}, "noord", False, True),
        (actor(Role.CPK, ScopeKind.LOCATION, str(uuid4())), {"noord"}, "midden", True, False),
        (actor(Role.COORDINATOR, ScopeKind.REGION, "noord"), {"noord"}, "midden", False, True),
        (actor(Role.COORDINATOR, ScopeKind.REGION, "noord"), {"noord"}, "zuid", False, False),
        (actor(Role.COORDINATOR, ScopeKind.GUARDIANSHIP), set(), "zuid", True, True),
        (actor(Role.COORDINATOR, ScopeKind.GUARDIANSHIP), set(), "zuid", False, False),
        (actor(Role.COORDINATOR, ScopeKind.ALL), {"noord"}, "noord", True, False),
        (actor(Role.GUARDIAN), set(), "zuid", True, True),
        (actor(Role.GUARDIAN), set(), "zuid", False, False),
        (actor(Role.GUARDIAN), set(), None, True, False),
        (actor(Role.PRIVACY_OFFICER), set(), "noord", True, False),
    ],
)
def test_the_table_says_who_is_next_door(one, own, region, guardian, near):
    assert is_next_door(one, frozenset(own), region, has_guardian=guardian) is near


def test_regions_touch_each_other_both_ways():
    for one, touched in TOUCHES.items():
        assert one in touched
        assert all(one in TOUCHES[other] for other in touched)

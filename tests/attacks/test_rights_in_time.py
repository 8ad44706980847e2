"""Rights in time: what was taken away, ended or never given acts at the next request (attacks 48, 52 to 55)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import grants, standing_in
from caseapp.accounts.models import UserSession
from caseapp.audit.models import AuditEvent
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.pace import APART, WINDOW, Pace
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.work import OutOfReachError
from caseapp.notices.models import Notice
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from tests.acting import acting
from tests.world import NOW, TODAY

ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
SYSTEM = Actor(None, "test", everywhere=True)


def refusal(do, *args):
    with pytest.raises(RefusedError) as refused:
        do(*args)
    return refused.value.code


def right_of(work, world, who):
    return next(iter(queries.grants_of(work, world.accounts[who])))


def denied(house):
    work = house.work(SYSTEM, writes=False)
    try:
        return work.session.query(AuditEvent).filter_by(outcome="denied").count()
    finally:
        work.session.close()


def revoke(work, world):
    actions.revoke_grant(work, right_of(work, world, "cpk"))


def close(work, world):
    actions.close_account(work, queries.account(work, world.accounts["cpk"]))


def change_role(work, world):
    row = queries.account(work, world.accounts["cpk"])
    details = AccountDetails(row.name, row.reachable.email, Role.GUARDIAN, row.organisation)
    actions.correct_account(work, row, row.version, details)


@ON_SQLITE
@pytest.mark.asvs("8.3.2", "7.4.2")
@pytest.mark.parametrize("take", [revoke, close, change_role])
def test_what_one_takes_away_the_other_has_lost_at_the_next_request(as_, house, world, take):
    """Two clients: the page that is open in one of them is refused too, when it is sent."""
    cpk, page = as_("cpk"), f"/kinderen/{world.mine}/behoeften"
    assert cpk.get(page).status_code == 200
    cpk.token()
    with acting(house, world, "administrator") as work:
        take(work, world)
    for answer in (cpk.get(page), cpk.post(page, {"needs_assessed_on": "24-11-2026"})):
        assert answer.status_code in {303, 401, 403, 404}
    with acting(house, world, "national") as work:
        sight = people_of.sight_of(work, world.mine)
        assert str(sight.facts.needs_assessed_on) != "2026-11-24"


@ON_SQLITE
@pytest.mark.attack(54)
@pytest.mark.parametrize(("early", "status"), [(1, 200), (0, 403)])
def test_a_right_that_ends_at_midnight_ends_at_midnight(as_, app, house, world, early, status):
    with acting(house, world, "coordinator") as work:
        actions.end_grant(work, right_of(work, world, "cpk"), NOW.date())
        ends = right_of(work, world, "cpk").valid_to
    cpk = as_("cpk")
    then = ends - timedelta(seconds=early)
    seen_just_now(house, world, then)
    app.extensions["caseapp"] = replace(house, now=lambda: then)
    assert cpk.get(f"/kinderen/{world.mine}").status_code == status


def seen_just_now(house, world, now):
    work = house.work(SYSTEM)
    for row in work.session.query(UserSession).filter_by(account_id=world.accounts["cpk"]):
        row.seen_at, row.ends_at = now - timedelta(seconds=5), now + timedelta(hours=1)
    work.commit()
    work.session.close()


@pytest.mark.attack(48)
@pytest.mark.asvs("8.2.1", "2.3.5")
@ON_SQLITE
def test_nobody_gives_a_right_to_oneself_and_the_try_is_in_the_trail(as_, house, world):
    admin, before = as_("administrator"), denied(house)
    page = f"/accounts/{world.accounts['administrator']}/rechten/nieuw"
    sent = {"where": "none", "reason": "Zqxwhy"}
    assert admin.post(page, sent).status_code == 200
    assert denied(house) == before + 1
    wish = GrantWish(world.accounts["coordinator"], ScopeKind.ALL)
    with acting(house, world, "coordinator") as work:
        assert refusal(actions.ask_grant, work, wish) is Refusal.FOR_ONESELF


@pytest.mark.attack(48)
def test_an_administrator_opens_no_file_alone_and_never_for_the_own_account(house, world):
    with acting(house, world, "administrator") as work:
        row = queries.account(work, world.accounts["administrator"])
        details = AccountDetails(row.name, row.reachable.email, Role.CPK, row.organisation)
        assert refusal(actions.correct_account, work, row, row.version, details) in {
            Refusal.FOR_ONESELF, Refusal.LAST_ADMINISTRATOR
        }  # fmt: skip
        details = AccountDetails("Puppet", "puppet@example.org", Role.CPK, "coa")
        puppet = actions.open_account(work, details)
        here = str(world.locations["AZC-HERE"])
        right = actions.ask_grant(work, GrantWish(puppet.id, ScopeKind.LOCATION, here))
        assert right.needs_approval
        assert refusal(actions.approve_grant, work, right) is Refusal.TWO_PEOPLE
        assert queries.actor_of(work.session, puppet, work.now).role is None


@pytest.mark.attack(48)
def test_the_last_administrator_and_the_last_of_the_country_stay(house, world):
    with acting(house, world, "administrator") as work:
        row = queries.account(work, world.accounts["national"])
        assert refusal(actions.close_account, work, row) is Refusal.LAST_NATIONAL
        right = right_of(work, world, "national")
        assert refusal(actions.revoke_grant, work, right) is Refusal.LAST_NATIONAL
    with acting(house, world, "national") as work:
        row = queries.account(work, world.accounts["administrator"])
        assert refusal(grants.refuse_without_successor, work, row) is Refusal.LAST_ADMINISTRATOR


@pytest.mark.attack(48, twin="nobody looks for a successor")
def test_otherwise_the_country_would_be_left_without_a_desk(house, world, monkeypatch):
    monkeypatch.setattr(grants, "refuse_without_successor", lambda _work, _row: None)
    with acting(house, world, "administrator") as work:
        actions.close_account(work, queries.account(work, world.accounts["national"]))
    with acting(house, world, "administrator") as work:
        assert queries.national_desk(work) == []


def looked_up(house, world, who="cpk"):
    """Return somebody as a request that has begun knows them: who it is was looked up before."""
    door = house.work(SYSTEM, writes=False)
    row = queries.account(door, world.accounts[who])
    actor = queries.actor_of(door.session, row, NOW, session_ref="a browser")
    door.session.close()
    return actor


def saved_by(house, world, actor, on=TODAY):
    """Save something as an actor that was looked up before."""
    work = house.work(actor)
    try:
        sight = people_of.sight_of(work, world.mine)
        people.assess_needs(work, sight.child, sight.child.version, on)
        work.commit()
    finally:
        work.session.close()


def assessed(house, world):
    work = house.work(SYSTEM, writes=False)
    try:
        return people_of.sight_of(work, world.mine).facts.needs_assessed_on
    finally:
        work.session.close()


@pytest.mark.attack(52)
@pytest.mark.asvs("15.4.2")
@pytest.mark.parametrize("take", [revoke, close, change_role])
def test_a_right_that_is_taken_between_the_look_and_the_save_saves_nothing(house, world, take):
    """The barrier: the browser of one was looked up when another takes the right away, then it saves."""
    actor = looked_up(house, world)
    with acting(house, world, "administrator") as work:
        take(work, world)
    with pytest.raises(OutOfReachError):
        saved_by(house, world, actor)
    assert assessed(house, world) != NOW.date()


@pytest.mark.attack(52)
def test_a_leave_that_is_ended_between_the_look_and_the_save_saves_nothing(house, world):
    wish = LeaveWish(world.accounts["cpk"], world.accounts["cpk_far"], NOW.date(), NOW.date())
    with acting(house, world, "cpk") as work:
        leave = standing_in.arrange(work, wish).id
    actor = looked_up(house, world, "cpk_far")
    saved_by(house, world, actor, NOW.date() - timedelta(days=1))
    with acting(house, world, "cpk") as work:
        standing_in.end_leave(work, queries.leave(work, leave))
    with pytest.raises(OutOfReachError):
        saved_by(house, world, actor)


@pytest.mark.attack(52, twin="nobody looks again when it is saved")
def test_otherwise_the_look_of_before_would_do_for_the_save(house, world, monkeypatch):
    actor = looked_up(house, world)
    with acting(house, world, "administrator") as work:
        revoke(work, world)
    monkeypatch.setattr(queries, "still_stands", lambda _work: None)
    saved_by(house, world, actor)
    assert assessed(house, world) == NOW.date()


@pytest.mark.asvs("2.4.2")
@pytest.mark.attack(55)
@pytest.mark.asvs("2.4.1")
def test_the_pace_of_reading_is_slowed_and_then_stopped():
    args = (NOW, 60, 150)
    assert Pace().wait(*args) is None
    assert Pace(59, NOW).wait(*args) is None
    assert Pace(60, NOW).wait(*args) == APART
    assert Pace(60, NOW - APART).wait(*args) is None
    assert Pace(149, NOW - APART).wait(*args) is None
    assert Pace(150, NOW - APART).wait(*args) == WINDOW


def copied(house, world, who, files, ago=timedelta(minutes=5)):
    """Let somebody have opened so many different files just before."""
    machine = replace(house, now=lambda: NOW - ago)
    with acting(machine, world, who) as work:
        work.now = NOW - ago
        for _file in range(files):
            work.saw("child-read", [uuid4()])


@pytest.mark.asvs("2.4.1", "2.4.2")
@ON_SQLITE
@pytest.mark.attack(55)
@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize(("files", "status"), [(149, 200), (150, 429)])
def test_who_copies_files_is_stopped_and_told_of(as_, house, world, files, status):
    copied(house, world, "cpk", files)
    answer = as_("cpk").get(f"/kinderen/{world.mine}")
    assert answer.status_code == status
    if status == 429:
        assert answer.headers["Retry-After"] == "600"
        assert "sneller dan iemand leest" in answer.get_data(as_text=True)
        assert as_("cpk").get("/vandaag").status_code == 200
        assert as_("coordinator").get(f"/kinderen/{world.mine}").status_code == 200
    with acting(house, world, "administrator") as work:
        told = work.session.query(Notice).filter_by(event="ReadingSlowed").all()
        named = {world.accounts[one] for one in ("coordinator", "privacy_officer")}
        assert {one.account_id for one in told} == (named if status == 429 else set())


@ON_SQLITE
@pytest.mark.attack(55)
def test_what_was_opened_longer_ago_does_not_count(as_, house, world):
    copied(house, world, "cpk", 200, WINDOW)
    assert as_("cpk").get(f"/kinderen/{world.mine}").status_code == 200


@ON_SQLITE
@pytest.mark.attack(55, twin="there is no most")
def test_otherwise_nobody_would_notice_the_copying(as_, app, house, world):
    copied(house, world, "cpk", 500)
    lax = replace(house.settings, reading_slow=10**9, reading_stop=10**9)
    app.extensions["caseapp"] = replace(house, settings=lax)
    assert as_("cpk").get(f"/kinderen/{world.mine}").status_code == 200

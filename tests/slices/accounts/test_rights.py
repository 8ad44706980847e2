"""Rights: asked by one, approved by another, never for oneself; closed accounts have none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from caseapp.accounts import actions, queries
from caseapp.accounts.models import Account, Grant
from caseapp.audit.models import AuditEvent, Past
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from tests.world import NOW, TODAY, World

SYSTEM = Actor(account_id=None, name="test", everywhere=True)
Acting = Callable[[str], "contextmanager[Work]"]


@pytest.fixture
def acting(house: Machine, world: World):
    """Give a unit of work of somebody of the world, saved at its end."""

    @contextmanager
    def work_of(who: str, now=NOW) -> Iterator[Work]:
        machine = replace(house, now=lambda: now)
        work = machine.work(SYSTEM)
        row = queries.account(work, world.accounts[who])
        assert row is not None
        work.act_as(queries.actor_of(work.session, row, now))
        try:
            yield work
            work.commit()
        finally:
            work.session.close()

    return work_of


def newcomer(house: Machine, role: Role = Role.CPK, name: str = "new") -> UUID:
    work = house.work(SYSTEM)
    row = actions.open_account(work, AccountDetails("Nieuw", f"{name}@example.org", role))
    work.commit()
    work.session.close()
    return row.id


def held_by(house: Machine, account_id: UUID, now=NOW) -> Actor:
    work = house.work(SYSTEM, writes=False)
    row = queries.account(work, account_id)
    assert row is not None
    actor = queries.actor_of(work.session, row, now)
    work.session.close()
    return actor


def grant_in(work: Work, grant_id: UUID) -> Grant:
    row = queries.grant(work, grant_id)
    assert row is not None
    return row


def row_of(work: Work, account_id: UUID) -> Account:
    row = queries.account(work, account_id)
    assert row is not None
    return row


def only_right_of(work: Work, account_id: UUID) -> Grant:
    (grant,) = queries.grants_of(work, account_id)
    return grant


def here(world: World, account_id: UUID, place: str = "AZC-HERE", **more) -> GrantWish:
    return GrantWish(account_id, ScopeKind.LOCATION, str(world.locations[place]), **more)


def test_a_right_that_opens_files_waits_for_a_second_person(house, world, acting) -> None:
    who = newcomer(house)
    with acting("administrator") as work:
        grant_id = actions.ask_grant(work, here(world, who, reason="begins here")).id
    assert held_by(house, who).role is None
    with acting("coordinator") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
        assert grant_in(work, grant_id).reason == "begins here"
    actor = held_by(house, who)
    assert actor.role is Role.CPK
    assert actor.location_ids == (world.locations["AZC-HERE"],)


def test_a_right_that_opens_no_files_holds_at_once(house) -> None:
    assert held_by(house, newcomer(house, Role.MONITOR)).role is Role.MONITOR


def test_who_asked_cannot_approve(house, world, acting) -> None:
    who = newcomer(house)
    with acting("coordinator") as work:
        grant_id = actions.ask_grant(work, here(world, who)).id
    with pytest.raises(RefusedError) as refused, acting("coordinator") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert refused.value.code is Refusal.TWO_PEOPLE
    with acting("national") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert held_by(house, who).role is Role.CPK


def test_nobody_asks_or_approves_for_oneself(house, world, acting) -> None:
    own = world.accounts["national"]
    with pytest.raises(RefusedError) as refused, acting("national") as work:
        actions.ask_grant(work, GrantWish(own, ScopeKind.REGION, "zuid"))
    assert refused.value.code is Refusal.FOR_ONESELF
    with acting("administrator") as work:
        grant_id = actions.ask_grant(work, GrantWish(own, ScopeKind.REGION, "zuid")).id
    with pytest.raises(RefusedError) as refused, acting("national") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert refused.value.code is Refusal.FOR_ONESELF


@pytest.mark.parametrize("approver", ["coordinator_far", "guardianship", "administrator", "cpk"])
def test_only_a_coordinator_over_the_place_approves(house, world, acting, approver) -> None:
    who = newcomer(house)
    with acting("coordinator") as work:
        grant_id = actions.ask_grant(work, here(world, who)).id
    with pytest.raises(RefusedError) as refused, acting(approver) as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert refused.value.code is Refusal.OUTSIDE_REACH
    assert held_by(house, who).role is None


def test_the_guardianship_desk_approves_guardians(house, acting) -> None:
    who = newcomer(house, Role.GUARDIAN)
    with acting("administrator") as work:
        grant_id = actions.ask_grant(work, GrantWish(who, ScopeKind.NONE)).id
    with acting("guardianship") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert held_by(house, who).role is Role.GUARDIAN


def test_a_coordinator_asks_in_the_own_region_only(house, world, acting) -> None:
    who = newcomer(house)
    with pytest.raises(RefusedError) as refused, acting("coordinator") as work:
        actions.ask_grant(work, here(world, who, "AZC-FAR"))
    assert refused.value.code is Refusal.OUTSIDE_REACH
    with acting("coordinator") as work:
        assert actions.ask_grant(work, here(world, who, "NO-BESIDE")).needs_approval


def test_an_approval_counts_once(house, world, acting) -> None:
    who = newcomer(house)
    with acting("administrator") as work:
        grant_id = actions.ask_grant(work, here(world, who)).id
    with acting("coordinator") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    with pytest.raises(RefusedError) as refused, acting("national") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    assert refused.value.code is Refusal.NOT_WAITING


@pytest.mark.parametrize(
    ("scope", "place", "code"),
    [
        (ScopeKind.REGION, "noord", Refusal.NOT_THIS_SCOPE),
        (ScopeKind.ALL, None, Refusal.NOT_THIS_SCOPE),
        (ScopeKind.LOCATION, None, Refusal.NO_SUCH_PLACE),
        (ScopeKind.LOCATION, "noord", Refusal.NO_SUCH_PLACE),
        (ScopeKind.LOCATION, str(UUID(int=1)), Refusal.NO_SUCH_PLACE),
    ],
)
def test_a_right_fits_the_role_and_a_place_that_is_there(house, acting, scope, place, code) -> None:
    who = newcomer(house)
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.ask_grant(work, GrantWish(who, scope, place))
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (None, TODAY, False),
        (TODAY, TODAY, False),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=3), False),
        (TODAY - timedelta(days=1), None, True),
        (None, TODAY - timedelta(days=1), True),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=2), True),
    ],
)
def test_a_right_begins_today_or_later_and_ends_after_it_begins(
    house, world, acting, first, last, refused
) -> None:
    who = newcomer(house)
    wish = here(world, who, from_on=first, until_on=last)
    if refused:
        with pytest.raises(RefusedError) as raised, acting("administrator") as work:
            actions.ask_grant(work, wish)
        assert raised.value.code is Refusal.PERIOD
    else:
        with acting("administrator") as work:
            assert actions.ask_grant(work, wish)


def test_a_right_holds_from_its_first_day_up_to_and_including_its_last(
    house, world, acting
) -> None:
    who = newcomer(house)
    with acting("administrator") as work:
        wish = here(world, who, from_on=date(2026, 12, 1), until_on=date(2026, 12, 2))
        grant_id = actions.ask_grant(work, wish).id
    with acting("coordinator") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    begins = NOW.replace(day=30, hour=23, minute=0)  # midnight in the Netherlands
    ends = begins + timedelta(days=2)
    second = timedelta(seconds=1)
    roles = [held_by(house, who, at).role for at in (begins - second, begins, ends - second, ends)]
    assert roles == [None, Role.CPK, Role.CPK, None]


def test_a_right_that_is_taken_back_ends_at_once(house, world, acting) -> None:
    with acting("coordinator") as work:
        actions.revoke_grant(work, only_right_of(work, world.accounts["cpk"]))
    assert held_by(house, world.accounts["cpk"]).role is None


def test_a_right_can_end_sooner_but_not_later(house, world, acting) -> None:
    with acting("coordinator") as work:
        actions.end_grant(work, only_right_of(work, world.accounts["cpk"]), TODAY)
    assert held_by(house, world.accounts["cpk"]).role is Role.CPK
    assert held_by(house, world.accounts["cpk"], NOW + timedelta(days=1)).role is None
    with pytest.raises(RefusedError) as refused, acting("coordinator") as work:
        actions.end_grant(
            work, only_right_of(work, world.accounts["cpk"]), TODAY + timedelta(days=1)
        )
    assert refused.value.code is Refusal.PERIOD


def test_a_coordinator_of_another_region_takes_nothing_back(house, world, acting) -> None:
    with pytest.raises(RefusedError) as refused, acting("coordinator_far") as work:
        actions.revoke_grant(work, only_right_of(work, world.accounts["cpk"]))
    assert refused.value.code is Refusal.OUTSIDE_REACH


def test_the_last_national_coordinator_stays_until_there_is_another(house, world, acting) -> None:
    national = world.accounts["national"]
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.close_account(work, row_of(work, national))
    assert refused.value.code is Refusal.LAST_NATIONAL
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.revoke_grant(work, only_right_of(work, national))
    assert refused.value.code is Refusal.LAST_NATIONAL
    with acting("administrator") as work:
        wish = GrantWish(world.accounts["coordinator"], ScopeKind.ALL)
        grant_id = actions.ask_grant(work, wish).id
    with acting("national") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    with acting("administrator") as work:
        actions.close_account(work, row_of(work, national))
    assert held_by(house, national).role is None


def test_the_last_administrator_stays_until_there_is_another(house, world, acting) -> None:
    second = newcomer(house, Role.ADMINISTRATOR)
    with acting("administrator") as work:
        actions.close_account(work, row_of(work, second))
    work = house.work(SYSTEM)
    row = queries.account(work, world.accounts["administrator"])
    assert row is not None
    with pytest.raises(RefusedError) as refused:
        actions.close_account(work, row)
    assert refused.value.code is Refusal.LAST_ADMINISTRATOR
    work.session.close()


def test_nobody_closes_the_own_account_or_changes_the_own_role(house, world, acting) -> None:
    newcomer(house, Role.ADMINISTRATOR)
    own = world.accounts["administrator"]
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.close_account(work, row_of(work, own))
    assert refused.value.code is Refusal.FOR_ONESELF
    details = AccountDetails("Staff", "administrator@example.org", Role.COORDINATOR)
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.correct_account(work, row_of(work, own), 1, details)
    assert refused.value.code is Refusal.FOR_ONESELF


def test_another_role_ends_the_rights_and_sessions_of_the_role_before(house, world, acting) -> None:
    who = world.accounts["cpk"]
    with acting("cpk") as work:
        token = actions.begin_session(work, who, "test")
    with acting("administrator") as work:
        row = queries.account(work, who)
        assert row is not None
        details = AccountDetails(row.name, row.reachable.email, Role.COORDINATOR)
        actions.correct_account(work, row, row.version, details)
    assert held_by(house, who).role is None
    assert queries.signed_in(house, token) is None


def test_a_lost_race_over_an_account_is_seen(house, world, acting) -> None:
    who = world.accounts["cpk"]
    with acting("administrator") as work:
        row = queries.account(work, who)
        assert row is not None
        seen = row.version
        details = AccountDetails("Noor", row.reachable.email, Role.CPK)
        actions.correct_account(work, row, seen, details)
    with pytest.raises(LostRaceError), acting("administrator") as work:
        actions.correct_account(work, row_of(work, who), seen, replace(details, name="Nora"))


def test_two_accounts_never_share_a_mail_address(house, world, acting) -> None:
    with pytest.raises(RefusedError) as refused, acting("administrator") as work:
        actions.open_account(work, AccountDetails("Twin", "CPK@example.org", Role.CPK))
    assert refused.value.code is Refusal.KNOWN_EMAIL


@pytest.mark.parametrize(
    ("asked_by", "approved_by"), [("cpk", None), ("coordinator", "cpk"), ("national", "national")]
)
def test_the_database_refuses_one_person_as_two(house, world, asked_by, approved_by) -> None:
    work = house.work(SYSTEM)
    work.session.add(
        Grant(
            account_id=world.accounts["cpk"],
            role="cpk",
            scope_kind="region",
            scope_id="noord",
            valid_from=NOW,
            origin="employment",
            asked_by=world.accounts[asked_by],
            asked_at=NOW,
            approved_by=world.accounts[approved_by] if approved_by else None,
        )
    )
    with pytest.raises(IntegrityError):
        work.session.flush()
    work.session.close()


def test_an_old_hash_of_a_password_is_kept_nowhere(house, world, acting) -> None:
    with acting("administrator") as work:
        row = queries.account(work, world.accounts["cpk"])
        assert row is not None
        old = row.password_hash
        actions.correct_account(
            work, row, row.version, AccountDetails("Nora", row.reachable.email, Role.CPK)
        )
    work = house.work(SYSTEM, writes=False)
    kept = work.session.scalars(select(Past).where(Past.table_name == Account.__tablename__)).all()
    assert [row.clear_values.get("name") for row in kept][-1] == "Staff cpk"
    assert all(old not in row.clear_values.values() for row in kept)
    work.session.close()


def test_each_step_of_a_right_is_in_the_trail(house, world, acting) -> None:
    who = newcomer(house)
    with acting("administrator") as work:
        grant_id = actions.ask_grant(work, here(world, who)).id
    with acting("coordinator") as work:
        actions.approve_grant(work, grant_in(work, grant_id))
    with acting("coordinator") as work:
        actions.revoke_grant(work, grant_in(work, grant_id))
    work = house.work(SYSTEM, writes=False)
    rows = work.session.scalars(
        select(AuditEvent).where(AuditEvent.object_id == grant_id).order_by(AuditEvent.seq)
    ).all()
    assert [row.code for row in rows] == ["grant-asked", "grant-approved", "grant-revoked"]
    assert [row.account_id for row in rows] == [
        world.accounts[who] for who in ("administrator", "coordinator", "coordinator")
    ]
    work.session.close()

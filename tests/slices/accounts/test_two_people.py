"""What takes two people: bound to what was asked, never alone, never twice, never too late."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from caseapp.accounts import queries
from caseapp.accounts.actions import two_people
from caseapp.accounts.models import Grant, Leave, TwoPeople
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.policy import Role
from caseapp.domain.two_people import SECOND, Together, fingerprint
from tests.acting import acting
from tests.world import NOW, TODAY

WHAT = b"dossier of a child, for its parents"

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""For what is the same on both databases: who may, and when."""


@pytest.fixture
def asked(house, world):
    """Let the contact person ask to take a dossier out."""
    with acting(house, world, "cpk") as work:
        return two_people.ask(work, Together.EXPORT, world.mine, WHAT, "Zqxreason").id


def decided(house, world, key, who="privacy_officer", *, approve=True, content=WHAT, on=TODAY):
    with acting(house, world, who, on) as work:
        two_people.decide(work, queries.two_people(work, key), content, approve)


def used(house, world, key, who="cpk", *, content=WHAT, on=TODAY):
    with acting(house, world, who, on) as work:
        two_people.use(work, queries.two_people(work, key), content)


def refusal(do, *args, **options):
    with pytest.raises(RefusedError) as refused:
        do(*args, **options)
    return refused.value.code


def test_what_two_people_agree_to_can_be_done_once(house, world, asked):
    decided(house, world, asked)
    used(house, world, asked)
    assert refusal(used, house, world, asked) is Refusal.USED


def test_nothing_is_done_before_a_second_person_agrees_or_after_a_no(house, world, asked):
    assert refusal(used, house, world, asked) is Refusal.NOT_APPROVED
    decided(house, world, asked, approve=False)
    assert refusal(used, house, world, asked) is Refusal.NOT_APPROVED
    assert refusal(decided, house, world, asked, "coordinator") is Refusal.NOT_WAITING


@pytest.mark.attack(49)
@pytest.mark.asvs("2.3.5")
def test_something_else_than_was_asked_is_not_agreed_to_and_not_done(house, world, asked):
    assert refusal(decided, house, world, asked, content=WHAT + b".") is Refusal.CHANGED
    decided(house, world, asked)
    assert refusal(used, house, world, asked, content=b"") is Refusal.CHANGED
    used(house, world, asked)


@on_sqlite
def test_an_agreement_lasts_as_long_as_the_table_says(house, world, asked):
    last = SECOND[Together.EXPORT].lasts.days
    late = TODAY + timedelta(days=last)
    assert refusal(decided, house, world, asked, on=late) is Refusal.OVER
    decided(house, world, asked, on=late - timedelta(days=1))
    assert refusal(used, house, world, asked, on=late) is Refusal.OVER
    used(house, world, asked, on=late - timedelta(days=1))


@pytest.mark.attack(49)
def test_who_asked_cannot_decide_and_who_decided_cannot_do_it(house, world):
    with acting(house, world, "coordinator") as work:
        key = two_people.ask(work, Together.ERASURE, world.mine, WHAT, "Zqxreason").id
    assert refusal(decided, house, world, key, "coordinator") is Refusal.TWO_PEOPLE
    decided(house, world, key, "national")
    assert refusal(used, house, world, key, "national") is Refusal.NOT_THE_ASKER


@on_sqlite
@pytest.mark.attack(49)
def test_nobody_decides_about_their_own_account(house, world):
    with acting(house, world, "coordinator") as work:
        about = world.accounts["administrator"]
        key = two_people.ask(work, Together.RESET, None, WHAT, "Zqxreason", about=about).id
    assert refusal(decided, house, world, key, "administrator") is Refusal.FOR_ONESELF


@on_sqlite
def test_a_role_that_does_not_decide_is_refused(house, world, asked):
    for who in ("cpk_beside", "guardian", "administrator", "monitor"):
        assert refusal(decided, house, world, asked, who) is Refusal.NOT_SECOND


def stand_in(work, world, absent, who, begins, ends, ended=None):
    work.session.add(
        Leave(
            absent_id=world.accounts[absent], stand_in_id=world.accounts[who], role=Role.COORDINATOR,
            begins_at=begins, ends_at=ends, ended_at=ended, arranged_at=begins,
        )
    )  # fmt: skip
    work.commit()


@on_sqlite
@pytest.mark.attack(49)
@pytest.mark.parametrize(
    ("ends", "ended", "refused"),
    [(1, None, True), (1, 0, False), (1, 0.5, True), (0, None, False), (0.5, None, True)],
)
def test_a_stand_in_of_the_asker_cannot_decide_also_not_when_it_just_ended(
    house, world, work, ends, ended, refused
):
    with acting(house, world, "coordinator") as asking:
        key = two_people.ask(asking, Together.EXPORT, world.mine, WHAT, "Zqxreason").id
    moment = None if ended is None else NOW + timedelta(days=ended)
    end = NOW + timedelta(days=ends)
    stand_in(work, world, "coordinator", "national", NOW - timedelta(days=2), end, moment)
    if refused:
        found = refusal(decided, house, world, key, "national", on=TODAY + timedelta(days=1))
        assert found is Refusal.STAND_IN
    else:
        decided(house, world, key, "national", on=TODAY + timedelta(days=1))


@on_sqlite
@pytest.mark.attack(49)
@pytest.mark.parametrize("given", ["approved", "alone"])
def test_an_account_that_owes_its_rights_to_the_asker_cannot_decide(house, world, work, given):
    with acting(house, world, "coordinator") as asking:
        key = two_people.ask(asking, Together.EXPORT, world.mine, WHAT, "Zqxreason").id
    by = world.accounts["coordinator"]
    gave = {"approved": {"approved_by": by}, "alone": {"asked_by": by, "needs_approval": False}}
    theirs = Grant.account_id == world.accounts["national"]
    work.session.execute(update(Grant).where(theirs).values(**gave[given]))
    work.commit()
    assert refusal(decided, house, world, key, "national") is Refusal.OWN_MAKING
    decided(house, world, key, "privacy_officer")


@on_sqlite
@pytest.mark.attack(49, twin="an agreement is not bound to what was asked")
def test_without_the_hash_another_content_would_be_done(house, world, asked, monkeypatch):
    monkeypatch.setattr(two_people, "_is_same", lambda _row, _content: True)
    decided(house, world, asked)
    used(house, world, asked, content=b"every dossier in the house")


def test_what_is_asked_is_told_apart_by_kind_child_and_length():
    one, other = (fingerprint(kind, (None,), b"x") for kind in (Together.EXPORT, Together.ERASURE))
    assert one != other
    assert fingerprint(Together.EXPORT, (), b"ab") != fingerprint(Together.EXPORT, (None,), b"ab")


def test_the_database_itself_refuses_one_person_for_two(house, world, work, asked):
    row = work.session.get(TwoPeople, asked)
    row.decided_by, row.decision = row.asked_by, "approved"
    with pytest.raises(Exception, match="second_person"):
        work.flush()

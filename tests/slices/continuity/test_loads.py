"""Alerts over more than one child: raised, told, taken, mended and come back, by what is counted."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as staff
from caseapp.continuity import actions
from caseapp.continuity.models import LoadAlert
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.intents.guardianship import GuardianDetails
from caseapp.domain.intents.reference import LimitWish
from caseapp.domain.load import loads_of_guardians, unattended_places
from caseapp.domain.policy import ScopeKind
from caseapp.guardianship import actions as guardians
from caseapp.notices.models import Notice
from caseapp.reference.actions import set_limit
from tests.world import TODAY

LIMITS = {"warning_children": 30, "critical_children": 50}


@pytest.mark.parametrize(
    ("children", "severity"),
    [(30, None), (31, "warning"), (50, "warning"), (51, "critical")],
)
def test_load_1_fires_above_30_and_is_serious_above_50(children, severity) -> None:
    found = [one.severity.value for one in loads_of_guardians({uuid4(): children}, LIMITS)]
    assert found == ([severity] if severity else [])


def test_load_2_fires_for_a_place_with_children_and_nobody() -> None:
    empty, attended, lonely = uuid4(), uuid4(), uuid4()
    regions = dict.fromkeys((empty, attended, lonely), "noord")
    children = {empty: 0, attended: 3, lonely: 1}
    found = list(unattended_places(children, {attended}, regions))
    assert [(one.subject_id, one.severity.value, one.children) for one in found] == [
        (lonely, "critical", 1)
    ]


def rows(work, rule: str) -> list[LoadAlert]:
    found = work.session.scalars(select(LoadAlert).where(LoadAlert.rule == rule)).all()
    return [row for row in found if row.closed_at is None]


def leave(work, world, who: str) -> None:
    row = staff.account(work, world.accounts[who])
    accounts.close_account(work, row)
    work.commit()


def told_of(work, row: LoadAlert) -> set[UUID]:
    return set(work.session.scalars(select(Notice.account_id).where(Notice.object_id == row.id)))


def test_the_last_contact_person_who_leaves_makes_the_place_an_alert_at_once(work, world) -> None:
    leave(work, world, "cpk_far")
    (row,) = rows(work, "LOAD-2")
    assert (row.subject_id, row.owner_desk) == (world.locations["AZC-FAR"], "zuid")
    assert world.accounts["national"] in told_of(work, row)
    assert world.accounts["coordinator"] not in told_of(work, row)


def test_counting_again_changes_nothing(work, world) -> None:
    leave(work, world, "cpk_far")
    assert actions.follow_loads(work) == 0


def test_a_new_contact_person_mends_it_and_it_can_come_back(work, world) -> None:
    leave(work, world, "cpk_far")
    place = str(world.locations["AZC-FAR"])
    wish = GrantWish(world.accounts["cpk"], ScopeKind.LOCATION, place)
    grant = accounts.ask_grant(work, wish)
    accounts.approve_grant(work, grant)
    work.commit()
    assert rows(work, "LOAD-2") == []
    accounts.revoke_grant(work, grant)
    work.commit()
    (row,) = rows(work, "LOAD-2")
    assert row.times == 2


def test_a_guardian_with_too_many_is_the_guardianship_desk_s(work, world) -> None:
    set_limit(work, LimitWish("LOAD-1", "warning_children", 1, TODAY, "proef"))
    work.commit()
    for child_id in (world.mine, world.beside):
        guardians.assign(
            work, child_id, GuardianDetails(TODAY, account_id=world.accounts["guardian"])
        )
    work.commit()
    (row,) = rows(work, "LOAD-1")
    assert (row.severity, row.owner_desk) == ("warning", "guardianship")


def test_a_coordinator_takes_it_once(as_, work, world) -> None:
    leave(work, world, "cpk_far")
    (row,) = rows(work, "LOAD-2")
    address = f"/signaleringen/belasting/{row.id}/oppakken"
    work.session.rollback()  # SQLite: this one must not hold the lock
    national = as_("national")
    page = national.get("/signaleringen/belasting").get_data(as_text=True)
    assert "zonder contactpersoon kind" in page
    assert as_("coordinator").post(address, {"version": "1"}).status_code == 404
    assert national.post(address, {"version": "1"}).status_code == 303
    (row,) = rows(work, "LOAD-2")
    assert row.owner_account_id == world.accounts["national"]

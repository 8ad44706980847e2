"""The pages of accounts and rights: each story done, refused by the form, refused by the action."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import two_people
from caseapp.accounts.models import Grant
from caseapp.audit.models import AuditEvent
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.machine import Machine
from tests.strict_client import StrictClient
from tests.world import World

As = Callable[..., StrictClient]
SYSTEM = Actor(account_id=None, name="test", everywhere=True)
NEW = {"name": "Piet Nieuw", "email": "piet@example.org", "role": "cpk", "version": "0"}


def agree(house: Machine, about, second) -> None:
    """Let somebody agree to what was asked for an account."""
    work = house.work(SYSTEM)
    who = queries.account(work, second)
    work.act_as(queries.actor_of(work.session, who, work.now))
    two_people.decide(work, queries.reset_asked(work, about), None, approve=True)
    work.commit()
    work.session.close()


def account_id(house: Machine, email: str):
    work = house.work(SYSTEM, writes=False)
    row = queries.by_email(work, email)
    work.session.close()
    return row.id if row else None


def opened(client: StrictClient, house: Machine, **more: str):
    answer = client.post("/accounts/nieuw", NEW | more)
    assert answer.status_code == 200
    found = re.search(r'translate="no">([^<]+)<', answer.get_data(as_text=True))
    assert found is not None
    return account_id(house, (NEW | more)["email"]), found.group(1)


def test_an_account_is_opened_with_a_first_password_that_is_shown_once(as_: As, house) -> None:
    client = as_("administrator")
    key, secret = opened(client, house)
    assert actions.enter(house, actions.Knock("piet@example.org", secret, "192.0.2.1")).entered
    assert secret not in client.get(f"/accounts/{key}").get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"email": "no-address"}, {"role": "queen"}, {"email": "cpk@example.org"}],
)
def test_an_account_that_cannot_be_is_told_at_its_field(as_: As, wrong) -> None:
    answer = as_("administrator").post("/accounts/nieuw", NEW | wrong)
    assert "field__error" in answer.get_data(as_text=True)


def test_from_new_account_to_contact_person_of_a_location(as_: As, house, world: World) -> None:
    administrator, coordinator = as_("administrator"), as_("coordinator")
    key, _secret = opened(administrator, house)
    place = world.locations["AZC-HERE"]
    asked = {"where": f"location:{place}", "reason": "begint hier"}
    assert administrator.post(f"/accounts/{key}/rechten/nieuw", asked).status_code == 303
    page = coordinator.get("/accounts").get_data(as_text=True)
    assert "Piet Nieuw" in page
    assert "begint hier" in page
    work = house.work(SYSTEM, writes=False)
    (grant,) = queries.grants_of(work, key)
    work.session.close()
    assert coordinator.post(f"/accounts/{key}/rechten/{grant.id}/goedkeuren").status_code == 303
    chosen = {"contact": str(key), "version": "2"}
    assert administrator.post(f"/locaties/{place}/contactpersoon", chosen).status_code == 303
    assert "Piet Nieuw" in administrator.get(f"/locaties/{place}").get_data(as_text=True)


def test_an_approval_out_of_reach_is_not_there_and_is_recorded(as_: As, house, world) -> None:
    key, _secret = opened(as_("administrator"), house)
    work = house.work(SYSTEM)
    wish = GrantWish(key, ScopeKind.LOCATION, str(world.locations["AZC-HERE"]))
    grant_id = actions.ask_grant(work, wish).id
    work.commit()
    work.session.close()
    address = f"/accounts/{key}/rechten/{grant_id}/goedkeuren"
    assert as_("coordinator_far").post(address).status_code == 404
    assert as_("administrator").post(address).status_code == 403
    assert as_("cpk").post(address).status_code == 403
    work = house.work(SYSTEM, writes=False)
    assert work.session.get(Grant, grant_id).approved_at is None
    denied = work.session.scalars(select(AuditEvent).where(AuditEvent.outcome == "denied")).all()
    assert len(denied) == 3
    work.session.close()


def test_the_own_request_is_refused_with_a_sentence_and_recorded(as_: As, house, world) -> None:
    coordinator = as_("coordinator")
    key, _secret = opened(as_("administrator"), house)
    asked = {"where": f"location:{world.locations['AZC-HERE']}", "reason": "x"}
    coordinator.post(f"/accounts/{key}/rechten/nieuw", asked)
    work = house.work(SYSTEM, writes=False)
    (grant,) = queries.grants_of(work, key)
    work.session.close()
    coordinator.post(f"/accounts/{key}/rechten/{grant.id}/goedkeuren")
    page = coordinator.get(f"/accounts/{key}").get_data(as_text=True)
    assert "Je hebt dit recht zelf aangevraagd." in page
    work = house.work(SYSTEM, writes=False)
    denied = work.session.scalars(select(AuditEvent).where(AuditEvent.code == "denied")).all()
    assert [row.fields for row in denied] == ["two_people"]
    work.session.close()


def test_a_coordinator_is_offered_places_in_the_own_region_only(as_: As, world: World) -> None:
    page = as_("coordinator").get(f"/accounts/{world.accounts['cpk']}/rechten/nieuw")
    text = page.get_data(as_text=True)
    assert "noodopvang Naast" in text
    assert "azc Ver" not in text


def test_a_closed_account_cannot_do_anything_any_more(as_: As, house, world: World) -> None:
    cpk = as_("cpk")
    closing = f"/accounts/{world.accounts['cpk']}/sluiten"
    assert as_("administrator").post(closing).status_code == 303
    assert cpk.get("/account").status_code == 303
    assert as_("administrator").get(closing).status_code == 404


def test_a_new_first_password_signs_its_owner_out(as_: As, house, world: World) -> None:
    cpk = as_("cpk")
    address = f"/accounts/{world.accounts['cpk']}/wachtwoord"
    as_("administrator").post(f"{address}/vragen", {"reason": "lost the phone, called back"})
    agree(house, world.accounts["cpk"], world.accounts["coordinator"])
    answer = as_("administrator").post(address)
    found = re.search(r'translate="no">([^<]+)<', answer.get_data(as_text=True))
    assert found is not None
    assert cpk.get("/account").status_code == 303
    knock = actions.Knock("cpk@example.org", found.group(1), "192.0.2.1")
    entered = actions.enter(house, knock).entered
    assert entered is not None
    assert entered.must_change


def test_a_right_ends_now_or_after_a_day(as_: As, house, world: World) -> None:
    coordinator = as_("coordinator")
    key = world.accounts["cpk"]
    work = house.work(SYSTEM, writes=False)
    (grant,) = queries.grants_of(work, key)
    work.session.close()
    address = f"/accounts/{key}/rechten/{grant.id}/einde"
    assert "Kies 24-11-2026 of later" in coordinator.post(
        address, {"last_day": "23-11-2026"}
    ).get_data(as_text=True)
    assert coordinator.post(address, {"last_day": "24-11-2026"}).status_code == 303
    assert as_("cpk").get("/locaties").status_code == 200
    assert coordinator.post(address).status_code == 303
    assert as_("cpk").get("/locaties").status_code == 403


def test_lists_filter_by_codes_and_ignore_nonsense(as_: As, world: World) -> None:
    client = as_("administrator")
    here = f"/accounts?rol=cpk&plek=location:{world.locations['AZC-HERE']}"
    page = client.get(here).get_data(as_text=True)
    assert "Staff cpk<" in page
    assert "Staff cpk_far" not in page
    for query in ("rol=x&plek=y&staat=z&bladzijde=-1", "bladzijde=999999", "plek=location:x"):
        assert client.get(f"/accounts?{query}").status_code == 200
    assert (
        "Staff" not in client.get("/accounts?staat=closed").get_data(as_text=True).split("<main")[1]
    )


def test_only_the_administrator_sees_mail_addresses(as_: As, world: World) -> None:
    address = f"/accounts/{world.accounts['cpk']}"
    for who, sees in (("administrator", True), ("coordinator", False), ("privacy_officer", False)):
        assert ("cpk@example.org" in as_(who).get(address).get_data(as_text=True)) is sees


def test_who_is_told_is_found_by_place_and_desk(house: Machine, world: World) -> None:
    work = house.work(SYSTEM, writes=False)
    here, far = world.locations["AZC-HERE"], world.locations["AZC-FAR"]
    found = queries.cpks(work, [here, far])
    assert [one.id for one in found[here]] == [world.accounts["cpk"]]
    assert [one.id for one in found[far]] == [world.accounts["cpk_far"]]
    regions = queries.coordinators(work, ["noord", "zuid", "midden"])
    assert [one.id for one in regions["noord"]] == [world.accounts["coordinator"]]
    assert "midden" not in regions
    assert [one.id for one in queries.national_desk(work)] == [world.accounts["national"]]
    assert [one.id for one in queries.guardianship_desk(work)] == [world.accounts["guardianship"]]
    guardians = {one.id for one in queries.of_role(work, Role.GUARDIAN)}
    assert guardians == {world.accounts["guardian"], world.accounts["guardian_other"]}
    named = queries.names(work, [world.accounts["cpk"], None])
    assert named == {world.accounts["cpk"]: "Staff cpk"}
    work.session.close()

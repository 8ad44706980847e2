"""Coming in through the identity provider: linked once, by its owner; all else stays ours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import linking
from caseapp.app import create_app
from caseapp.domain.policy import Actor, Role
from caseapp.domain.second_factor import Level
from caseapp.kernel.machine import Machine
from caseapp.kernel.oidc import Identity, check_provider
from caseapp.settings import SettingsError, load
from tests.attacks.door import token_of
from tests.provider.lying import CLIENT, SUBJECT, Lying, provider
from tests.strict_client import StrictClient, check_page
from tests.world import NOW, World

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

Client = FlaskClient
STRONG = ["pwd", "mfa"]
SECRET = "of a client that nobody knows"  # noqa: S105 (of a fictitious client)


@pytest.fixture(scope="module")
def running() -> Iterator[Lying]:
    """Run one provider for all tests."""
    with provider() as one:
        yield one


@pytest.fixture
def lying(running: Lying) -> Lying:
    """Give the provider, honest again."""
    running.claims = {}
    return running


@pytest.fixture(scope="module")
def kept() -> list[Flask]:
    """Keep the application with a provider, built once."""
    return []


@pytest.fixture
def theirs(house: Machine, lying: Lying) -> Machine:
    """Give a machine whose settings name the provider."""
    settings = replace(
        house.settings, oidc_issuer=lying.issuer, oidc_name="Werkplek", oidc_client_id=CLIENT,
        oidc_client_secret=SECRET, oidc_claims=("amr=mfa",),
    )  # fmt: skip
    return replace(house, settings=settings)


@pytest.fixture
def door(kept: list[Flask], theirs: Machine) -> Flask:
    """Give the application with a provider."""
    if not kept:
        kept.append(create_app(machine=theirs))
    kept[0].extensions["caseapp"] = theirs
    return kept[0]


@pytest.fixture
def linked(theirs: Machine, lying: Lying, world: World) -> Machine:
    """Link the account of the contact person."""
    work = theirs.work(Actor(None, "test", everywhere=True))
    assert linking.link_identity(work, world.accounts["cpk"], Identity(lying.issuer, SUBJECT, None))
    work.commit()
    work.session.close()
    return theirs


def out(client: Client, path: str = "/inloggen/organisatie", page: str = "/inloggen") -> str:
    """Press the button and return the address at the provider."""
    answer = client.post(path, data={"csrf_token": token_of(client, page)})
    assert answer.status_code == 200
    check_page(answer.get_data(as_text=True))
    wait, _semicolon, url = answer.headers["Refresh"].partition("; url=")
    assert wait == "0"
    return url


def come_in(client: Client, lying: Lying):
    """Go to the provider and come back; return the answer."""
    return client.get("/inloggen/terug", query_string=lying.sign_in(out(client)))


def level(client: Client, machine: Machine) -> Level | None:
    """Return how far the browser is signed in."""
    with client.session_transaction() as session:
        token = session.get("_user_id")
    visit = queries.signed_in(machine, token) if token else None
    return visit.level if visit else None


@pytest.mark.asvs("6.8.4", "7.6.2")
def test_who_is_linked_comes_in_and_does_our_second_step(door, linked, lying) -> None:
    client = door.test_client()
    answer = come_in(client, lying)
    assert (answer.status_code, answer.location) == (303, "/inloggen/tweede-stap?next=/")
    assert level(client, linked) is Level.PASSWORD
    assert client.get("/account").status_code == 303


@pytest.mark.asvs("6.8.4")
def test_a_second_factor_proved_there_just_now_is_enough(door, linked, lying) -> None:
    client = door.test_client()
    lying.claims = {"amr": STRONG}
    come_in(client, lying)
    assert level(client, linked) is Level.FULL
    assert client.get("/account").status_code == 200
    with client.session_transaction() as session:
        visit = queries.signed_in(linked, session["_user_id"])
    assert visit is not None
    assert visit.actor.role is Role.CPK, "role and rights stay ours"
    assert visit.proved_at == NOW - timedelta(minutes=1)


@pytest.mark.asvs("6.8.1", "10.5.2")
def test_nobody_comes_in_by_mail_address_or_by_a_subject_of_another_issuer(
    door: Flask, theirs: Machine, lying: Lying, world: World
) -> None:
    work = theirs.work(Actor(None, "test", everywhere=True))
    other = Identity("https://other.example", SUBJECT, None)
    linking.link_identity(work, world.accounts["cpk"], other)
    work.commit()
    work.session.close()
    lying.claims = {"amr": STRONG, "email": "cpk@example.org", "email_verified": True}
    client = door.test_client()
    answer = come_in(client, lying)
    assert (answer.status_code, answer.location) == (303, "/inloggen")
    assert level(client, theirs) is None
    assert "Niemand hier" in client.get("/inloggen").get_data(as_text=True)


def test_a_closed_account_stays_closed(door, linked, lying, world) -> None:
    work = linked.work(Actor(None, "test", everywhere=True))
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    actions.close_account(work, row)
    work.commit()
    work.session.close()
    client = door.test_client()
    come_in(client, lying)
    assert level(client, linked) is None


@pytest.mark.asvs("10.1.2", "10.2.1")
def test_an_answer_counts_once_in_the_browser_that_set_out_and_for_ten_minutes(
    door: Flask, linked: Machine, lying: Lying
) -> None:
    lying.claims = {"amr": STRONG}
    mine, victims = door.test_client(), door.test_client()
    answer = lying.sign_in(out(mine))
    victims.get("/inloggen/terug", query_string=answer)
    assert level(victims, linked) is None
    for minutes, expected in ((10, None), (9, Level.FULL)):
        door.extensions["caseapp"] = linked
        client = door.test_client()
        answer = lying.sign_in(out(client))
        later = replace(linked, now=lambda m=minutes: NOW + timedelta(minutes=m))
        door.extensions["caseapp"] = later
        lying.claims = {"amr": STRONG, "exp": int(NOW.timestamp()) + 3600}
        client.get("/inloggen/terug", query_string=answer)
        assert level(client, later) is expected
        asked = len(lying.asked)
        client.get("/inloggen/terug", query_string=answer)
        assert len(lying.asked) == asked, "a second time nobody is asked"


@pytest.mark.asvs("7.6.2")
def test_only_a_button_of_our_own_page_sets_out(door: Flask, lying: Lying) -> None:
    client = door.test_client()
    assert client.get("/inloggen/organisatie").status_code == 405
    assert client.post("/inloggen/organisatie").status_code == 400
    assert "Werkplek" in client.get("/inloggen").get_data(as_text=True)


def link_up(door: Flask, machine: Machine, lying: Lying, account_id) -> tuple[StrictClient, str]:
    """Link an account from its own page; return its client and the page after it."""
    client = StrictClient.signed_in(door, machine, account_id)
    url = out(client.client, "/account/koppeling/maken", "/account/koppeling")
    answer = client.client.get("/inloggen/terug", query_string=lying.sign_in(url))
    assert answer.location == "/account/koppeling"
    return client, client.get("/account/koppeling").get_data(as_text=True)


@pytest.mark.asvs("6.8.1")
def test_the_owner_links_the_account_and_ends_the_link(door, theirs, lying, world) -> None:
    client, page = link_up(door, theirs, lying, world.accounts["cpk"])
    assert "/account/koppeling/verbreken" in page
    come_in(stranger := door.test_client(), lying)
    assert level(stranger, theirs) is Level.PASSWORD
    assert client.post("/account/koppeling/verbreken").status_code == 303
    come_in(stranger := door.test_client(), lying)
    assert level(stranger, theirs) is None


@pytest.mark.asvs("6.8.1")
def test_an_identity_is_of_one_account(door, linked, lying, world) -> None:
    _client, page = link_up(door, linked, lying, world.accounts["coordinator"])
    assert "/account/koppeling/verbreken" not in page
    lying.claims = {"amr": STRONG}
    come_in(client := door.test_client(), lying)
    with client.session_transaction() as session:
        visit = queries.signed_in(linked, session["_user_id"])
    assert visit is not None
    assert visit.actor.account_id == world.accounts["cpk"]


def test_an_account_is_linked_only_just_after_its_second_factor(door, theirs, lying, world) -> None:
    client = StrictClient.signed_in(door, theirs, world.accounts["cpk"])
    url = out(client.client, "/account/koppeling/maken", "/account/koppeling")
    answer = lying.sign_in(url)
    lying.claims = {"exp": int(NOW.timestamp()) + 3600}
    door.extensions["caseapp"] = replace(
        theirs, now=lambda: NOW + timedelta(minutes=10, seconds=-1)
    )
    late = client.client.get("/inloggen/terug", query_string=answer)
    assert late.status_code == 303
    client = StrictClient.signed_in(door, theirs, world.accounts["cpk"])
    door.extensions["caseapp"] = replace(theirs, now=lambda: NOW + timedelta(minutes=10))
    token = token_of(client.client, "/account/koppeling")
    asked = client.client.post("/account/koppeling/maken", data={"csrf_token": token})
    assert asked.status_code == 401, "the second step is asked again"


def test_a_provider_that_is_away_leaves_the_door_open(door: Flask, theirs: Machine) -> None:
    settings = replace(theirs.settings, oidc_issuer="http://127.0.0.1:1")
    door.extensions["caseapp"] = replace(theirs, settings=settings)
    client = door.test_client()
    answer = client.post("/inloggen/organisatie", data={"csrf_token": token_of(client)})
    assert (answer.status_code, answer.location) == (303, "/inloggen")
    assert client.get("/inloggen").status_code == 200


def test_a_provider_with_half_its_settings_stops_the_start(theirs: Machine) -> None:
    good = theirs.settings
    check_provider(good)
    check_provider(replace(good, oidc_issuer="", oidc_client_id=""))
    for wrong in (
        replace(good, oidc_client_id=""),
        replace(good, oidc_client_secret=""),
        replace(good, stage="production"),
        replace(good, oidc_issuer="not an address"),
    ):
        with pytest.raises(SettingsError):
            check_provider(wrong)


@pytest.mark.guards("G9")
def test_the_provider_is_off_unless_it_is_set(app: Flask) -> None:
    for stage in ("production", "demo", "development"):
        assert load(stage, {"CASEAPP_SECRET_KEY": "x" * 40}).oidc_issuer == ""
    assert "provider" not in app.blueprints
    assert app.test_client().post("/inloggen/organisatie").status_code in {400, 404}
    assert app.test_client().get("/inloggen/terug").status_code == 404
    assert "/inloggen/organisatie" not in app.test_client().get("/inloggen").get_data(as_text=True)

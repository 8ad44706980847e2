"""Passkeys in a real browser: made, used at the second step, and refused when copied or not one's own.

The authenticator is Chromium's own virtual one. A passkey belongs to an address, so the pages are opened at
`localhost` and the house knows its own address.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseapp.accounts.models import Factor
from tests import house
from tests.browser.conftest import living_in
from tests.browser.pages import Door
from tests.browser.serving import Site
from tests.browser.visitors import PATIENCE_MS, hear
from tests.codes import code_of
from tests.ground import Ground
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.asvs("6.3.3", "6.5.6")]
EMAIL = "cpk@example.org"
Told = tuple[house.Template, Ground]
KIND = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_home(site: Site, told_on: Told, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """Put a fresh house behind the server that knows its address, and return that address."""
    address = f"http://localhost:{site.server.port}"
    with living_in(site, told_on[0], tmp_path, worker_id):
        settings = replace(site.machine.settings, base_url=address)
        site.house(replace(site.machine, settings=settings))
        yield address


@pytest.fixture
def page(browser: Browser, at_home: str) -> Iterator[Page]:
    """Give a browser whose pages are at home at `localhost`."""
    context = browser.new_context(
        base_url=at_home, locale="nl-NL", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    hear(page, complaints)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that knows its owner by finger or face."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": KIND})
    return session, made["authenticatorId"]


def with_passkey(site: Site, told_on: Told, page: Page) -> Door:
    """Come in with the code app, add a passkey, and go out again."""
    door = Door(page)
    door.enter(EMAIL, PASSWORD, code_of(site.machine, told_on[1].accounts["cpk"]))
    door.go("/account/tweede-stap")
    door.follow("Make a passkey")
    door.write("Name", "laptop")
    door.press("Make the passkey")
    door.is_said("It is added.")
    expect(door.main).to_contain_text("laptop")
    page.context.clear_cookies()
    door.enter(EMAIL, PASSWORD)
    return door


def passkey(site: Site) -> Factor:
    with Session(site.machine.engine) as session:
        return session.scalars(select(Factor).where(Factor.kind == "passkey")).one()


def test_a_passkey_is_made_and_opens_the_second_step_and_counts(
    site: Site, told_on: Told, page: Page, device: Any
) -> None:
    door = with_passkey(site, told_on, page)
    before = passkey(site).sign_count
    door.press("Use your passkey")
    expect(page).to_have_url(f"{page.url.split('/inloggen')[0]}/vandaag")
    assert passkey(site).sign_count > before


def test_a_device_that_does_not_see_its_owner_opens_nothing(
    site: Site, told_on: Told, page: Page, device: Any
) -> None:
    door = with_passkey(site, told_on, page)
    session, key = device
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    door.press("Use your passkey")
    expect(door.main.locator("[data-failed]")).to_be_visible()
    expect(door.heading).to_have_text(door.say("Second step"))


def test_a_copy_whose_counter_is_behind_is_refused(
    site: Site, told_on: Told, page: Page, device: Any
) -> None:
    door = with_passkey(site, told_on, page)
    with Session(site.machine.engine) as session:
        session.execute(update(Factor).where(Factor.kind == "passkey").values(sign_count=999))
        session.commit()
    door.press("Use your passkey")
    expect(door.wrong).to_contain_text(
        door.say("The passkey did not work. Try again, or choose another way.")
    )


def test_where_a_browser_cannot_do_passkeys_their_button_is_not_there(
    site: Site, told_on: Told, page: Page, device: Any
) -> None:
    door = with_passkey(site, told_on, page)
    page.add_init_script("delete window.PublicKeyCredential")
    page.reload()
    expect(door.main.locator("[data-press]")).to_be_hidden()
    expect(door.field("Code from your app")).to_be_visible()

"""What a browser test may ask for: a server with a fresh house behind it, and people with a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from caseapp.app import create_app
from tests import chromium, ground, house
from tests.browser import demo_house
from tests.browser.serving import Site, serve
from tests.browser.visitors import PATIENCE_MS, Visitors, hear
from tests.browser.walking import Walker
from tests.world import World

Templates = Callable[[str], house.Template]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the Chromium that is here, without calls out."""
    return chromium.launch_arguments()


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Give an expectation as long as a step: a machine may be busy."""
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def demo_templates(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Templates:
    """Give the template of the demo world of a database, made at the first wish."""
    return cache(
        lambda kind: demo_house.make_template(
            kind, tmp_path_factory.mktemp(f"demo-{kind}"), worker_id
        )
    )


@pytest.fixture(scope="session")
def site(demo_templates: Templates) -> Iterator[Site]:
    """Build the application and its server once per worker."""
    machine = house.machine_of(demo_templates("sqlite").settings)
    site = serve(create_app(machine=machine))
    yield site
    site.server.shutdown()
    site.server.server_close()
    machine.keyring.keystore.close()


@contextmanager
def living_in(
    site: Site, template: house.Template, folder: Path, worker: str
) -> Iterator[house.Template]:
    """Put a fresh copy of a template behind the server for one test."""
    machine = house.machine_of(house.copy_of(template, folder, worker))
    before = site.machine
    site.house(machine)
    yield template
    site.house(before)
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.fixture
def demo(
    request: pytest.FixtureRequest,
    site: Site,
    demo_templates: Templates,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[World]:
    """Put the demo world behind the server; on SQLite, unless a test asks for both databases."""
    template = demo_templates(getattr(request, "param", "sqlite"))
    with living_in(site, template, tmp_path, worker_id):
        yield template.world


@pytest.fixture
def visitor(browser: Browser, site: Site, demo: World) -> Iterator[Visitors]:
    """Open browsers for people of the demo world; a complaint of a browser fails the test."""
    visitors = Visitors(browser, site, demo.accounts)
    yield visitors
    visitors.close()
    assert not visitors.complaints


@pytest.fixture(scope="session")
def told_on(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> tuple[house.Template, ground.Ground]:
    """Give a template of the world of the tests, told on as for every walk over the pages."""
    template = house.make_template("sqlite", tmp_path_factory.mktemp("walk"), worker_id)
    machine = house.machine_of(template.settings)
    told = ground.tell_on(machine, template.world)
    machine.engine.dispose()
    machine.keyring.keystore.close()
    return template, told


@pytest.fixture(scope="session")
def one_browser(browser: Browser) -> Iterator[Page]:
    """Keep one browser for all pages: style and fonts are fetched once."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture
def walker(
    one_browser: Page,
    site: Site,
    told_on: tuple[house.Template, ground.Ground],
    tmp_path: Path,
    worker_id: str,
) -> Iterator[Walker]:
    """Walk over the pages of a fresh house; a complaint of the browser fails the test."""
    template, told = told_on
    complaints: list[str] = []
    stop = hear(one_browser, complaints)
    with living_in(site, template, tmp_path, worker_id):
        yield Walker(one_browser, site, told, complaints)
        one_browser.goto("about:blank")
    stop()
    assert not complaints

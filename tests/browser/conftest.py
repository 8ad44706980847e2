"""What a browser test may ask for: a server with a fresh house behind it, and people with a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from caseapp.app import create_app
from tests import chromium, house
from tests.browser import demo_house
from tests.browser.serving import Site, serve
from tests.browser.visitors import Visitors
from tests.world import World

Templates = Callable[[str], house.Template]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the Chromium that is here, without calls out."""
    return chromium.launch_arguments()


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

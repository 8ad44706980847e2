"""What every test may ask for: a house on both databases, the world in it, and a client for each role."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from caseapp.app import create_app
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests import house as houses
from tests.strict_client import StrictClient
from tests.world import World

pytest_plugins = ("tests.score.plugin",)


@pytest.fixture(scope="session", params=houses.ENGINES)
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> houses.Template:
    """Make the template of one database once per worker."""
    return houses.make_template(request.param, tmp_path_factory.mktemp(request.param), worker_id)


@pytest.fixture
def house(template: houses.Template, tmp_path: Path, worker_id: str) -> Iterator[Machine]:
    """Give a machine on a fresh copy of the world; every test that uses it runs on both databases."""
    machine = houses.machine_of(houses.copy_of(template, tmp_path, worker_id))
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.fixture
def world(template: houses.Template) -> World:
    """Give the ids of the world."""
    return template.world


@pytest.fixture
def work(house: Machine) -> Iterator[Work]:
    """Give a unit of work of a system actor that sees every child."""
    work = house.work(Actor(account_id=None, name="test", everywhere=True))
    yield work
    work.session.close()


@pytest.fixture(scope="session")
def built(template: houses.Template) -> Flask:
    """Build the application once per database; each test gives it its own machine."""
    return create_app(machine=houses.machine_of(template.settings))


@pytest.fixture
def app(built: Flask, house: Machine) -> Flask:
    """Give the application on this test's house."""
    built.extensions["caseapp"] = house
    return built


@pytest.fixture
def as_(app: Flask, house: Machine, world: World) -> Callable[..., StrictClient]:
    """Give a client signed in as somebody of the world, by the key of the account; None is nobody."""

    def client(who: str | None, **options: Any) -> StrictClient:
        return StrictClient.signed_in(app, house, world.accounts[who] if who else None, **options)

    return client

"""An empty house on both databases, and lists in few words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from caseapp.cli.import_ import Asked, import_list
from caseapp.domain.lists.words import ListKind
from caseapp.kernel.machine import Machine
from tests import bare_house, house
from tests.domain.lists.making import ON, written
from tests.slices.exchange.running import Desk


@pytest.fixture(scope="session", params=house.ENGINES)
def empty_template(request, tmp_path_factory, worker_id) -> bare_house.Bare:
    """Migrate one empty house per database and worker."""
    folder = tmp_path_factory.mktemp(f"bare-{request.param}")
    return bare_house.build(request.param, folder, f"bare_{worker_id}")


@pytest.fixture
def bare(empty_template, tmp_path: Path, worker_id) -> Iterator[Machine]:
    """Give a machine on an empty house; every test that uses it runs on both databases."""
    settings = bare_house.copied(empty_template, tmp_path / "house", f"bare_test_{worker_id}")
    machine = house.machine_of(settings)
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.fixture
def bring(house) -> Callable[..., dict[str, Any]]:
    """Bring in a list by rows that say what differs from the usual one, as somebody or as nobody."""

    def brought(kind: ListKind, *rows, on=ON, apply=True, account=None, machine=house):
        asked = Asked(kind, Path("list.csv"), apply, on, account)
        return import_list(machine, asked, written(kind, *rows)).report.as_json()

    return brought


@pytest.fixture
def desk(house, world) -> Desk:
    """Give a desk at which lists are brought in, and workers that look at them."""
    return Desk(house, world)

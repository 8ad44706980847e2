"""The hall of the walks over the pages: built once a database and a worker."""

from collections.abc import Iterator

import pytest

from tests import house
from tests.meta import hall as halls


@pytest.fixture(scope="session")
def built_hall(
    template: house.Template, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[halls.Hall]:
    """Build the hall of one database once per worker."""
    built = halls.build(template, tmp_path_factory.mktemp(f"hall-{template.kind}"), worker_id)
    yield built
    built.close()


@pytest.fixture
def hall(built_hall: halls.Hall) -> Iterator[halls.Hall]:
    """Give the hall; what a test wrote in it, the trail excepted, must be put back by that test."""
    yield built_hall
    built_hall.statements.clear()

"""The hall of the walks over the pages: built once a database and a worker."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests import house
from tests.meta import hall as halls

TWICE: Final = frozenset({
    "cpk", "coordinator", "national", "guardianship", "guardian", "stand_in", "breakglass",
    "privacy_officer", "administrator",
})  # fmt: skip
"""Who walks on both databases: one for each way in which the server is told of somebody's reach."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let everyone walk over the pages on SQLite, and one of each sort on the server too."""
    walked = [item for item in items if not _walks_here(item)]
    if walked:
        config.hook.pytest_deselected(items=walked)
        items[:] = [item for item in items if item not in set(walked)]


def _walks_here(item: pytest.Item) -> bool:
    given = getattr(getattr(item, "callspec", None), "params", {})
    is_walk = item.path.name == "test_matrix.py" and "who" in given
    return not is_walk or given.get("template") != "postgresql" or given["who"] in TWICE


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

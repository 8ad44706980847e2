"""The running stack: started once for the worker that gets these tests; without it they fail."""

from collections.abc import Iterator

import pytest

from tests.deploy.stack import Stack, running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Stack]:
    """Give the house as it really runs."""
    with running(tmp_path_factory.mktemp("deploy"), worker_id) as made:
        yield made

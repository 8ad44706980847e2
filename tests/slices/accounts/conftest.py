"""A house without anybody in it: what a new installation is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from tests.house import machine_of, settings_in


@pytest.fixture
def bare_house(tmp_path: Path) -> Iterator[Machine]:
    """Give a machine on a new and empty database."""
    settings = settings_in(tmp_path)
    upgrade(settings.migrate_url, settings.database_url)
    make_root_file(settings.key_file)
    store = Keystore(settings.keystore_url)
    establish(root_key(settings), store, sealed_rows=False)
    store.close()
    machine = machine_of(settings)
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()

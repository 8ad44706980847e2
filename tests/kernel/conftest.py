"""Keys for the tests of the machine room: a root key, a keystore and a vault of their own."""

from pathlib import Path

import pytest

from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import FileRoot, make_root_file
from caseapp.kernel.vault import Vault


@pytest.fixture
def root(tmp_path: Path) -> FileRoot:
    """Give a new root key in a file."""
    return make_root_file(tmp_path / "instance" / "root.key")


@pytest.fixture
def keystore(tmp_path: Path):
    """Give a keystore that does not exist yet."""
    store = Keystore(f"sqlite:///{tmp_path / 'instance' / 'keystore.db'}")
    yield store
    store.close()


@pytest.fixture
def ring(root: FileRoot, keystore: Keystore) -> Keyring:
    """Give a keyring with all domains, over a new keystore."""
    establish(root, keystore, sealed_rows=False)
    return Keyring.open(root, keystore)


@pytest.fixture
def vault(ring: Keyring) -> Vault:
    """Give a vault for one unit of work."""
    return Vault(ring)

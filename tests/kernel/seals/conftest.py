"""Keys for the tests of the machine room: a root key, a keystore and a vault of their own."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from caseapp.kernel.crypto import Domain
from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import FileRoot, make_root_file
from caseapp.kernel.vault import Vault
from tests.kernel.seals.sealed_rows import ANNA, BRAM, CARD, LINE, OTHER_LINE, Base, Child, Line


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


@pytest.fixture
def engine(tmp_path: Path):
    """Give a database with the sealed tables."""
    engine = create_engine(f"sqlite:///{tmp_path / 'main.db'}", hide_parameters=True)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def again(engine, ring: Keyring):
    """Give a function that opens a session with a new vault, as the next request has."""
    opened = []

    def begin() -> Session:
        session = Session(engine)
        session.info["vault"] = Vault(ring)
        opened.append(session)
        return session

    yield begin
    for session in opened:
        session.close()


@pytest.fixture
def session(again, vault: Vault) -> Session:
    """Give a session of a database with two children and a line of care each."""
    vault.make_keys([ANNA, BRAM], domains=[Domain.DOSSIER, Domain.HEALTH])
    session = again()
    for number, child_id in enumerate((ANNA, BRAM)):
        child = Child(id=child_id, no=number)
        session.add(child)
        child.card = replace(CARD, name=f"Child {number}")
    for line_id, child_id in ((LINE, ANNA), (OTHER_LINE, BRAM)):
        line = Line(id=line_id, child_id=child_id)
        session.add(line)
        line.note = f"note {line_id.int}"
    session.commit()
    return session

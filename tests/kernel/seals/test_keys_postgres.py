"""The keystore on PostgreSQL does what it does on SQLite."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from caseapp.kernel.crypto import Domain, Fault, Unreadable
from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.vault import Place, Vault
from tests.pg import fresh_database

pytestmark = pytest.mark.postgres

MANY = [UUID(int=number) for number in range(1, 2001)]
CARD = Place(Domain.DOSSIER, "child", "card", MANY[0], MANY[0])


@pytest.fixture
def store(worker_id):
    """Give an empty database of its own for the keys."""
    store = Keystore(fresh_database(f"keys_{worker_id}").migrate)
    yield store
    store.close()


def test_keys_are_made_once_opened_and_used(root, store):
    assert not store.exists()
    with pytest.raises(KeyRefusal, match="does not exist"):
        Keyring.open(root, store)
    assert len(establish(root, store, sealed_rows=False)) == 8
    assert establish(root, store, sealed_rows=True) == []
    ring = Keyring.open(root, store)
    Vault(ring).make_keys(MANY)
    Vault(ring).make_keys(MANY[:3])
    vault = Vault(ring)
    envelope = vault.seal(CARD, "Zoë")
    vault.prefetch(Domain.DOSSIER, MANY)
    assert vault.open(CARD, envelope, str) == "Zoë"
    assert vault.lookups == 2
    with pytest.raises(Unreadable) as caught:
        vault.open(CARD._replace(row_id=MANY[1]), envelope, str)
    assert caught.value.code is Fault.TAG
    assert vault.seal(CARD._replace(domain=Domain.HEALTH), "inhaler")
    assert [(one.domain, one.data_keys) for one in store.count()] == [
        ("dossier", 2000),
        ("health", 1),
    ]


def test_the_register_keeps_its_promises(root, store):
    establish(root, store, sealed_rows=False)
    second = store.keks()[0]._replace(version=2)
    with pytest.raises(IntegrityError):
        store.add_keks([second])
    Vault(Keyring.open(root, store)).make_keys(MANY[:1])
    with store._engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("DELETE FROM kek WHERE domain = 'dossier'")


def test_a_server_that_is_not_there_refuses_to_start_in_a_sentence(root):
    store = Keystore("postgresql+psycopg://nobody@/keys?host=/nonexistent")
    with pytest.raises(KeyRefusal, match=r"cannot be read \(OperationalError\)"):
        Keyring.open(root, store)


def test_an_address_shows_no_password():
    store = Keystore("postgresql+psycopg://keys:hunter2@server/keys")
    assert "hunter2" not in store.place
    assert "server/keys" in store.place

"""The command that makes and shows the keys of an installation."""

import argparse
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import insert

from caseapp.cli import keys, main
from caseapp.kernel.crypto import Domain
from caseapp.kernel.db import open_engine
from caseapp.kernel.keys import Keyring, Slot
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import FileRoot, KeyRefusal, make_root_file
from caseapp.kernel.seals import Envelope, any_sealed
from caseapp.settings import load
from tests.kernel.seals.sealed_rows import ANNA, Base, Child

KEYS = len(Domain) + len(Slot)
MADE_FIRST = KEYS + 2


@pytest.fixture
def settings(tmp_path):
    place = {"CASEAPP_INSTANCE": str(tmp_path / "instance")}
    return load("test", place, secret_needed=False)


def files_of(settings):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in settings.instance.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_everything_is_made_once_private_and_then_left_alone(settings):
    assert len(keys.make(settings)) == MADE_FIRST
    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.instance.iterdir()}
    assert modes == {"root.key": 0o600, "keystore.db": 0o600, "secret.key": 0o600}
    settings = load("test", {"CASEAPP_INSTANCE": str(settings.instance)})
    before = files_of(settings)
    assert keys.make(settings) == ["All keys were there already."]
    assert files_of(settings) == before


def test_a_secret_from_the_environment_is_not_written(settings):
    keys.make(replace(settings, secret_key="x" * 40))
    assert not (settings.instance / "secret.key").exists()


def test_what_is_shown_names_every_key_and_holds_none(settings):
    keys.make(settings)
    shown = "\n".join(keys.status(settings))
    assert FileRoot(settings.key_file).key_id in shown
    assert "dossier    version 1  primary      0 data keys" in shown
    assert settings.key_file.read_text().strip()[-64:] not in shown


def test_a_lost_root_key_is_not_replaced_while_keys_are_in_use(settings):
    keys.make(settings)
    settings.key_file.unlink()
    before = files_of(settings)
    with pytest.raises(KeyRefusal, match="is missing: restore it"):
        keys.make(settings)
    assert files_of(settings) == before


def test_lost_keys_are_not_replaced_while_sealed_values_exist(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "METADATA", Base.metadata)
    settings = replace(settings, database_url=f"sqlite:///{tmp_path / 'main.db'}")
    engine = open_engine(settings.database_url)
    assert not any_sealed(engine, Base.metadata)
    Base.metadata.create_all(engine)
    assert not any_sealed(engine, Base.metadata)
    keys.make(settings)
    with engine.begin() as connection:
        row = {"id": ANNA, "no": 1, "card": Envelope(b"\1\1")}
        connection.execute(insert(Child.__table__), row)
    assert any_sealed(engine, Base.metadata)
    engine.dispose()
    for path in settings.instance.iterdir():
        path.unlink()
    with pytest.raises(KeyRefusal, match="restore it"):
        keys.make(settings)
    make_root_file(settings.key_file)
    with pytest.raises(KeyRefusal, match="sealed values exist"):
        keys.make(settings)
    assert [path.name for path in settings.instance.iterdir()] == ["root.key"]


def test_a_keystore_that_is_no_database_is_refused_in_a_sentence(settings):
    settings.instance.mkdir()
    (settings.instance / "keystore.db").write_bytes(b"no database " * 200)
    with pytest.raises(KeyRefusal, match=r"cannot be read \(DatabaseError\)"):
        keys.make(settings)
    assert not settings.key_file.exists()


def test_making_the_keys_makes_no_main_database(settings):
    keys.make(settings)
    assert not (settings.instance / "caseapp.db").exists()


def test_a_refusal_is_a_sentence_and_exit_code_78(settings, monkeypatch, capsys):
    monkeypatch.setenv("CASEAPP_INSTANCE", str(settings.instance))
    monkeypatch.setenv("CASEAPP_STAGE", "test")
    assert main(["keys", "init"]) == 0
    settings.key_file.chmod(0o644)
    assert main(["keys", "status"]) == 78
    told = capsys.readouterr()
    assert told.err.startswith("Refused: root key file ")
    assert "Traceback" not in told.err


def test_the_command_asks_what_to_do():
    parser = argparse.ArgumentParser(exit_on_error=False)
    keys.add_arguments(parser)
    assert parser.parse_args(["init"]).action == "init"


def test_a_start_after_the_command_opens_every_key(settings):
    keys.make(settings)
    ring = Keyring.open(FileRoot(settings.key_file), Keystore(settings.keystore_url))
    assert len(ring.domains) == len(Domain)
    ring.keystore.close()


def test_a_broken_off_secret_leaves_the_keys_usable(settings):
    keys.make(settings)
    (settings.instance / "secret.key").unlink()
    assert len(keys.make(settings)) == 1
    with sqlite3.connect(settings.instance / "keystore.db") as connection:
        assert connection.execute("SELECT count(*) FROM kek").fetchone() == (KEYS,)
    connection.close()

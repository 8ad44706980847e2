"""What the command does to keys in use: by hand as in the runbook, on both databases, and what it refuses."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.cli import main
from caseapp.cli.key_acts import CONSOLE
from caseapp.kernel import clock, rotation
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keystore import Keystore, State
from caseapp.people.models import Child

on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""What does not depend on the database; the keystore itself is tried on both in tests/kernel/seals."""


@pytest.fixture
def command(house, monkeypatch, capsys):
    """Give the command on this house; it returns the exit code and what was printed."""
    settings = house.settings
    monkeypatch.setenv("CASEAPP_STAGE", "test")
    monkeypatch.setenv("CASEAPP_INSTANCE", str(settings.instance))
    monkeypatch.setenv("CASEAPP_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("CASEAPP_SECRET_KEY", "x" * 40)

    def run(*words: str) -> tuple[int, str]:
        code = main(["keys", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


@pytest.fixture
def copied(command, house):
    """Make a copy of the keystore and verify it."""
    file = str(house.settings.instance / "copy")
    assert command("backup", file)[0] == command("verify", file)[0] == 0
    return file


def states(house):
    return {row.name: row.state for row in house.keyring.keystore.keks() if row.domain == "dossier"}


@contextmanager
def looking(house):
    """Give a look into the house that sees everything."""
    work = house.work(CONSOLE, writes=False)
    with work.beyond("a test of keys"):
        yield work
    work.session.close()


def told(house):
    """Return what the trail says about keys."""
    query = select(AuditEvent.code, AuditEvent.fields, AuditEvent.actor_name)
    with looking(house) as work:
        rows = work.session.execute(
            query.where(AuditEvent.object == "kek").order_by(AuditEvent.seq)
        )
        return [tuple(row) for row in rows]


def names(house):
    """Open the card of every child."""
    with looking(house) as work:
        return [
            child.card.given_names
            for child in work.session.scalars(select(Child).order_by(Child.no))
        ]


@pytest.mark.asvs("11.1.1", "11.2.2", "13.3.4")
def test_a_key_is_rotated_by_the_runbook_while_a_process_goes_on(command, copied, house):
    before = names(house)
    code, words = command("new", "dossier")
    assert (code, states(house)["dossier 2"]) == (0, State.PRE_ACTIVE)
    assert "Run this again after" in words
    code, words = command("new", "dossier")
    assert states(house)["dossier 2"] is State.PRE_ACTIVE  # nothing more was made
    copy = str(house.settings.instance / "copy2")
    assert command("backup", copy)[0] == command("verify", copy)[0] == 0
    assert command("new", "dossier", "--at-once")[0] == 0
    assert states(house) == {"dossier 1": State.DECRYPT_ONLY, "dossier 2": State.PRIMARY}
    assert names(house) == before
    code, words = command("retire", "dossier", "1")
    assert code == 78
    assert "still wraps" in words
    code, words = command("rewrap", "dossier")
    assert code == 0
    assert "data keys wrapped anew" in words
    assert names(house) == before
    code, words = command("retire", "dossier", "1")
    assert code == 78
    assert "a backup of" in words
    assert states(house)["dossier 1"] is State.DECRYPT_ONLY
    assert {name for _, _, name in told(house)} == {"keys"}


@on_sqlite
def test_each_act_stands_on_the_trail_when_it_begins_and_when_it_ends(command, copied, house):
    command("new", "dossier", "--at-once")
    copy = str(house.settings.instance / "copy2")
    command("backup", copy)
    command("verify", copy)
    command("retire", "dossier", "1")
    command("retire", "dossier", "2")
    rows = [(code, fields) for code, fields, _ in told(house)]
    number = sum(one.data_keys for one in house.keyring.keystore.count())
    assert rows == [
        ("key-act-begun", "backup"),
        ("key-act-ended", f"backup,{number}"),
        ("key-act-begun", "verify"),
        ("key-act-ended", f"verify,{number}"),
        ("key-act-begun", "new,dossier"),
        ("key-act-ended", "new,dossier,2 primary"),
        ("key-act-begun", "backup"),
        ("key-act-ended", f"backup,{number}"),
        ("key-act-begun", "verify"),
        ("key-act-ended", f"verify,{number}"),
        ("key-act-begun", "retire,dossier,1"),
        ("key-act-ended", "retire,dossier,1,failed"),
        ("key-act-begun", "retire,dossier,2"),
        ("key-act-ended", "retire,dossier,2,failed"),
    ]


@pytest.mark.parametrize("words", [("new", "dossier"), ("rewrap",), ("new-root",)])
@on_sqlite
def test_nothing_begins_without_a_verified_copy_of_the_keystore(words, command, house):
    code, said = command(*words)
    assert code == 78
    assert "no backup of the keystore" in said
    assert "caseapp keys backup FILE" in said
    assert told(house) == []


@on_sqlite
def test_a_new_root_key_takes_the_place_of_the_old_one_which_is_kept(command, copied, house):
    file = house.settings.key_file
    old = file.read_text()
    code, words = command("new-root")
    assert code == 0
    assert file.read_text() != old
    [kept] = file.parent.glob("root.key.old-*")
    assert (kept.read_text(), kept.stat().st_mode & 0o777) == (old, 0o600)
    assert kept.name in words
    assert command("status")[0] == 0
    house.keyring.renew()
    assert names(house)


@pytest.mark.parametrize("wrapped", [False, True])
@on_sqlite
def test_a_new_root_key_that_was_broken_off_is_gone_on_with(
    wrapped, command, copied, house, monkeypatch
):
    def broken(*_words: object) -> int:
        if wrapped:
            moved(*_words)
        raise OSError(5, "the machine stopped", "root.key")

    moved = rotation.move_root
    monkeypatch.setattr(rotation, "move_root", broken)
    assert command("new-root")[0] == 1
    monkeypatch.setattr(rotation, "move_root", moved)
    assert command("status")[0] == (78 if wrapped else 0)
    assert command("new-root")[0] == 0
    assert command("status")[0] == 0
    assert not house.settings.key_file.with_name("root.key.new").exists()


@on_sqlite
def test_all_keys_move_from_a_file_to_the_environment_and_back(command, copied, house, monkeypatch):
    monkeypatch.setenv("CASEAPP_KEY_PROVIDER", "env")
    monkeypatch.setenv("CASEAPP_ROOT_KEY_TEXT", "case-root-1:" + bytes(range(64, 96)).hex())
    assert command("status")[0] == 78
    assert command("new-root", "--from", "file")[0] == 0
    assert command("status")[0] == 0
    monkeypatch.setenv("CASEAPP_KEY_PROVIDER", "file")
    assert command("status")[0] == 78
    assert command("new-root", "--from", "env")[0] == 0
    assert command("status")[0] == 0


@on_sqlite
def test_a_copy_is_restored_into_an_empty_keystore_and_nowhere_else(
    command, copied, house, monkeypatch
):
    code, words = command("restore", copied)
    assert code == 78
    assert "holds keys" in words
    address = f"sqlite:///{house.settings.instance / 'new' / 'keystore.db'}"
    monkeypatch.setenv("CASEAPP_KEYSTORE_URL", address)
    assert command("status")[0] == 78
    assert command("restore", copied)[0] == 0
    assert command("status")[0] == 0
    other = Keystore(address)
    assert other.count() == house.keyring.keystore.count()
    other.close()


@on_sqlite
def test_a_lost_version_is_given_up_and_the_house_goes_on(command, copied, house):
    assert command("new", "health", "--at-once")[0] == 0
    code, words = command("retire", "health", "2", "--lost")
    assert code == 78
    assert "is primary" in words
    assert command("retire", "health", "1", "--lost")[0] == 0
    assert command("status")[0] == 0
    assert names(house)
    assert told(house)[-1][1] == "retire,health,1,lost"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "nowhere"), "No such file"),
        (("retire", "dossier", "9"), "there is no key dossier 9"),
    ],
)
@on_sqlite
def test_what_cannot_be_done_is_a_sentence(words, said, command, copied):
    code, told_us = command(*words)
    assert code in {1, 78}
    assert said in told_us
    assert "Traceback" not in told_us


@on_sqlite
def test_a_copy_is_too_old_after_a_day_whatever_the_clock_of_its_file(command, copied, house):
    store = house.keyring.keystore
    rotation.refuse_without_backup(store, clock.now())
    late = clock.now() + timedelta(hours=24, minutes=1)
    with pytest.raises(RuntimeError, match="no backup"):
        rotation.refuse_without_backup(store, late)
    assert rotation.begin(store, house.keyring._root, Domain.ACCOUNT).state is State.PRE_ACTIVE

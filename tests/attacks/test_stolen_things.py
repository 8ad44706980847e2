"""Attacks 58 and 59: what a thief of a dump, a backup, a mail or a log learns of a child. Nothing."""

import gzip
import hmac
import logging
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.policy import Actor
from caseapp.kernel import copies, crypto
from caseapp.kernel.crypto import Envelope, length_prefixed
from caseapp.kernel.db import open_engine
from caseapp.kernel.vault import Vault
from caseapp.people import actions as people
from caseapp.people.models import Child
from caseapp.tables import METADATA
from tests.mail import serving
from tests.mail.outbox import Outbox
from tests.meta.planting import sealed_columns
from tests.meta.pseudo import data_of_the_world
from tests.meta.raw_scan import found_in, found_in_files
from tests.world import MARK, NOW, document

SYSTEM = Actor(account_id=None, name="test", everywhere=True)
NUMBERS = [document(name)["child"]["v_number"] for name in ("mine", "beside", "far")]
on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def words() -> set[str]:
    """Return the planted words of the world."""
    told = {word.split()[0] for word in data_of_the_world() if word.lower().startswith(MARK)}
    return {word for word in told if len(word) > len(MARK) + 2}


def registered(house, number: str, name: str) -> None:
    """Register a child with a name."""
    work = house.work(SYSTEM)
    said = ChildDetails(number, name, "Zqxsame", NOW.date(), "day", "declared", True)
    people.register(work, said)
    work.commit()
    work.session.close()


def stolen(house, folder: Path) -> bytes:
    """Return the bytes of the database file and its log."""
    return b"".join(one.read_bytes() for one in sorted(folder.glob("caseapp.db*")))


def guesses(indexes: set[bytes], hashed) -> set[str]:
    """Return the V-numbers that a dictionary finds in an index, by a hash that a thief can make."""
    near = [f"{int(number) + step:010d}" for number in NUMBERS for step in range(-300, 300)]
    return {number for number in near if hashed(number) in indexes}


def indexes_of(house) -> set[bytes]:
    """Return all blind indexes of the children, as a thief of a dump has them."""
    with house.engine.connect() as db:
        rows = db.execute(select(Child.v_index, Child.twin_index, Child.family_index)).all()
        db.rollback()
    return {bytes(one) for row in rows for one in row if one}


def thief_hashes() -> Iterator:
    """Yield what somebody without the key can try: bare hashes, and keys that are guessed."""
    yield lambda number: sha256(number.encode()).digest()
    yield lambda number: sha256(length_prefixed(number)).digest()
    for key in (b"", b"v_number", bytes(32), b"secret"):
        yield lambda number, key=key: hmac.digest(key, number.encode(), "sha256")
        yield lambda number, key=key: hmac.digest(key, length_prefixed(number), "sha256")


@pytest.mark.attack(58)
@pytest.mark.asvs("11.3.2", "14.1.2")
@on_sqlite
def test_a_dictionary_of_v_numbers_finds_none_in_a_stolen_index(house, world):
    indexes = indexes_of(house)
    assert len(indexes) >= 6
    for hashed in thief_hashes():
        assert guesses(indexes, hashed) == set()
    work = house.work(SYSTEM, writes=False)
    with_key = {number for number in NUMBERS if work.vault.index("v_number", number) in indexes}
    assert with_key == set(NUMBERS), (
        "with the key the same dictionary finds all: the look is no dud"
    )
    work.session.close()


@pytest.mark.attack(58, twin="the blind index is a bare hash, as without a key")
@on_sqlite
def test_a_dictionary_finds_numbers_in_an_index_without_a_key(house, monkeypatch):
    monkeypatch.setattr(
        Vault, "index", lambda _self, _name, *parts: sha256(parts[0].encode()).digest()
    )
    registered(house, "9900000103", "Zqxcounted")
    assert guesses(indexes_of(house), lambda number: sha256(number.encode()).digest())


@pytest.mark.attack(58)
@on_sqlite
def test_counting_what_is_the_same_in_a_stolen_dump_tells_nothing(house):
    for number in range(8):
        registered(house, f"99000001{number:02d}", "Zqxmohammed")
    with house.engine.connect() as db:
        for table, column, _seal in sealed_columns():
            values = Counter(bytes(one) for one in db.scalars(select(column)) if one)
            assert all(times == 1 for times in values.values()), f"{table.name}.{column.name}"
        cards = [bytes(one) for one in db.scalars(select(METADATA.tables["child"].c.card))]
        db.rollback()
    assert len({len(one) for one in cards[-8:]}) == 1, "nor does its length"


@pytest.mark.attack(58, twin="the nonce of a seal is always the same")
@on_sqlite
def test_counting_tells_of_equal_values_when_the_nonce_stands_still(house, world, monkeypatch):
    monkeypatch.setattr(crypto.os, "urandom", bytes)
    work = house.work(SYSTEM)
    place = next(seal for table, _c, seal in sealed_columns() if table.name == "consent").place(
        world.mine, world.mine
    )
    twice = [bytes(work.vault.seal(place._replace(column="x"), "Zqxsame", str)) for _ in range(2)]
    assert twice[0] == twice[1]
    work.session.close()


@pytest.mark.attack(58)
@on_sqlite
def test_a_stolen_file_holds_no_planted_word(house, world, tmp_path):
    registered(house, "9900000999", "Zqxcounted")
    assert found_in(stolen(house, tmp_path), [*words(), "Zqxcounted"]) == set()
    assert b"azc Hier" in stolen(house, tmp_path), "what is clear is seen"


@pytest.mark.attack(58, twin="values are written down as they are, not sealed")
@on_sqlite
def test_a_stolen_file_tells_all_when_nothing_is_sealed(house, world, tmp_path, monkeypatch):
    monkeypatch.setattr(crypto, "seal", lambda _key, _aad, plaintext: Envelope(plaintext))
    monkeypatch.setattr(crypto, "unseal", lambda _key, _aad, envelope: bytes(envelope))
    monkeypatch.setattr(crypto, "generation_of", lambda _envelope, _aad: 1)
    registered(house, "9900000999", "Zqxcounted")
    assert found_in(stolen(house, tmp_path), ["Zqxcounted"]) == {"zqxcounted"}


@pytest.mark.attack(58)
@on_sqlite
def test_what_was_erased_is_not_in_the_file_any_more(house, world, erased, tmp_path):
    """Ids and days of an erased child stood in clear: the pages that held them are written over."""
    with house.engine.connect() as db:
        v_index = bytes(db.scalar(select(Child.v_index).where(Child.id == world.mine)))
        db.rollback()
    keystore = house.settings.instance / "keystore.db"
    with house.keyring.keystore.reading() as connection:
        wrapped = list(connection.scalars(text("SELECT wrapped FROM dek WHERE subject_id = :key"),
                                          {"key": world.mine.hex}))  # fmt: skip
    assert v_index in stolen(house, tmp_path)
    assert wrapped
    erased(world.mine)
    left = b"".join(one.read_bytes() for one in keystore.parent.glob("keystore.db*"))
    assert v_index not in stolen(house, tmp_path)
    assert [one for one in wrapped if bytes(one) in left] == []


@pytest.mark.attack(58, twin="deleted rows stay in the pages of the file (secure_delete off)")
@on_sqlite
def test_a_file_that_is_not_wiped_holds_what_was_deleted(house, tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'careless.db'}")
    with engine.connect() as db:
        raw = db.connection.driver_connection
        for statement in (
            "PRAGMA secure_delete=OFF",
            "CREATE TABLE kept (said TEXT)",
            "INSERT INTO kept VALUES ('zqxdeleted')",
            "DELETE FROM kept",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            raw.execute(statement)
        db.rollback()
    engine.dispose()
    assert found_in((tmp_path / "careless.db").read_bytes(), ["zqxdeleted"]) == {"zqxdeleted"}


@pytest.fixture(scope="module")
def post_office(tmp_path_factory) -> Iterator[serving.Server]:
    """Give a mail server of our own."""
    with serving.running(tmp_path_factory.mktemp("stolen-mail")) as server:
        yield server


@pytest.mark.attack(59)
@pytest.mark.asvs("14.2.1")
@on_sqlite
def test_no_mail_names_a_child_or_a_confidential_place(house, world, post_office):
    box = Outbox(house)
    box.go(post_office.post, 3)
    kept = (post_office.folder / "mails").read_bytes()
    assert found_in(kept, words()) == set()
    assert b"caseapp.example.org" in kept, "mails went, and the look sees them"
    assert not any(str(key).encode() in kept for key in world.children.values())


@pytest.mark.attack(59)
@pytest.mark.asvs("16.2.5", "16.5.1")
def test_an_error_of_the_database_quotes_no_value(house, world, caplog):
    with pytest.raises(IntegrityError) as refused, house.engine.begin() as db:
        db.execute(METADATA.tables["counter"].insert(), {"name": "child", "value": 1})
    told = "".join(map(str, (refused.value, refused.value.args, caplog.text)))
    assert "parameters hidden" in told
    row = house.work(SYSTEM, writes=False).session.get(Child, world.mine)
    assert found_in(f"{row!r} {row.__dict__!r}".encode(), words()) == set()


@pytest.mark.attack(59, twin="errors of the database show what was sent")
@on_sqlite
def test_an_error_quotes_values_when_they_are_not_hidden(house):
    engine = open_engine(house.settings.database_url)
    engine.hide_parameters = False
    sent = {"name": "child", "value": "zqxquoted"}
    with pytest.raises(IntegrityError) as refused, engine.begin() as db:
        db.execute(text("INSERT INTO counter (name, value) VALUES (:name, :value)"), sent)
    engine.dispose()
    assert found_in(str(refused.value).encode(), ["zqxquoted"]) == {"zqxquoted"}


@pytest.mark.attack(59)
@on_sqlite
def test_no_statement_is_echoed_with_what_it_carries(house, world, caplog, as_):
    caplog.set_level(logging.DEBUG)
    client = as_("cpk")
    page = client.post("/kinderen/zoeken", {"q": "Zqxfamily"})
    assert page.status_code == 200
    assert "Zqxfamily" in page.text, "it was found, so the word was there to be told"
    assert not house.engine.echo
    assert found_in(caplog.text.encode(), words()) == set()
    for one in client.client.get("/kinderen").headers.items():
        assert found_in(str(one).encode(), words()) == set()


@pytest.mark.attack(59)
def test_the_list_of_processes_names_no_password_and_no_child():
    """What is given to the programs of PostgreSQL stands in their surroundings, not in their names."""
    url = make_url("postgresql+psycopg://owner:zqxpassword@host:5432/records?sslmode=verify-full")
    told = copies._environment(url)
    assert told["PGPASSWORD"] == "zqxpassword"
    assert (told["PGHOST"], told["PGSSLMODE"]) == ("host", "verify-full")
    assert found_in(Path("/proc/self/cmdline").read_bytes(), ["zqxpassword", *words()]) == set()


def test_what_is_packed_is_looked_into(tmp_path):
    file = tmp_path / "log.gz"
    file.write_bytes(gzip.compress(b" " * 99 + b"Zqxpacked name"))
    assert found_in_files([file], ["Zqxpacked"]) == {"log.gz": {"zqxpacked"}}

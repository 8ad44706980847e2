"""The doctor sees a database that may lose or tell something, and files and memory that are open."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from caseapp.doctor import Finding, Level
from caseapp.doctor import database as checks
from caseapp.doctor import host as host_checks
from caseapp.doctor.database import POSTGRESQL, SILENT, SQLITE, lacking
from caseapp.kernel.db import open_engine
from caseapp.kernel.host import plain_swap
from caseapp.kernel.machine import Machine
from caseapp.kernel.probes import Role, connection_is_private

Look = Callable[..., Finding]

SOUND_SQLITE = {
    "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1",
    "busy_timeout": "5000", "trusted_schema": "0", "temp_store": "2",
}  # fmt: skip
SOUND_POSTGRESQL = {
    "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_sync_retry": "off",
    "data_checksums": "on", "statement_timeout": "120000", "lock_timeout": "10000",
    "idle_in_transaction_session_timeout": "300000",
}  # fmt: skip
SOUND_LOG = {
    "log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic", "log_error_verbosity": "terse",
}  # fmt: skip
BROKEN = (
    [(SQLITE, SOUND_SQLITE, name, bad) for name, bad in (
        ("journal_mode", "delete"), ("synchronous", "1"), ("foreign_keys", "0"), ("secure_delete", "0"),
        ("busy_timeout", "4999"), ("trusted_schema", "1"), ("temp_store", "0"))]
    + [(POSTGRESQL, SOUND_POSTGRESQL, name, bad) for name, bad in (
        ("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off"),
        ("data_sync_retry", "on"), ("data_checksums", "off"), ("statement_timeout", "0"),
        ("lock_timeout", "0"), ("idle_in_transaction_session_timeout", "0"))]
    + [(SILENT, SOUND_LOG, name, bad) for name, bad in (
        ("log_parameter_max_length", "-1"), ("log_parameter_max_length_on_error", "10"),
        ("log_min_error_statement", "error"), ("log_error_verbosity", "default"))]
)  # fmt: skip


@pytest.mark.parametrize(("wishes", "sound", "name", "bad"), BROKEN)
def test_each_setting_of_a_database_that_is_not_sound_is_named(
    wishes: Mapping[str, checks.Wish], sound: dict[str, str], name: str, bad: str
) -> None:
    assert list(lacking(wishes, sound)) == []
    assert list(lacking(wishes, {**sound, name: bad})) == [f"{name}={bad}"]
    without = {key: value for key, value in sound.items() if key != name}
    assert list(lacking(wishes, without)) == [f"{name}=?"]


def test_the_settings_of_the_database_that_answers_are_looked_at(
    found: Look, sound: Machine
) -> None:
    """The server of the tests is a throwaway one: it may lose what it confirmed, and is refused for it."""
    is_sqlite = sound.engine.dialect.name == "sqlite"
    durability, silence = found("durability"), found("silence")
    assert durability.level is (Level.OK if is_sqlite else Level.REFUSE)
    assert is_sqlite or "fsync=off" in str(durability.sentence)
    assert silence.level is (Level.OK if is_sqlite else Level.RED)


def test_a_sqlite_that_somebody_opened_without_our_settings_is_refused(
    sound: Machine, tmp_path: Path
) -> None:
    plain = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    finding = checks.durability(replace(sound, engine=plain))
    plain.dispose()
    assert finding.level is Level.REFUSE


def test_the_role_of_the_program_is_looked_at(found: Look, sound: Machine) -> None:
    is_sqlite = sound.engine.dialect.name == "sqlite"
    assert found("role").level is (Level.RED if is_sqlite else Level.OK)
    assert found("road").level is Level.OK


def test_a_role_that_owns_the_tables_is_refused(sound: Machine) -> None:
    if sound.engine.dialect.name == "postgresql":
        owner = open_engine(sound.settings.migrate_url)
        finding = checks.role(replace(sound, engine=owner))
        owner.dispose()
        assert finding.level is Level.REFUSE


@pytest.mark.parametrize(
    "role", [Role(True, False, ()), Role(False, True, ()), Role(False, False, ("child",))]
)
def test_each_power_of_a_role_that_is_too_much_is_refused(
    sound: Machine, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setattr(checks, "role_of", lambda _engine: role)
    expected = Level.RED if sound.engine.dialect.name == "sqlite" else Level.REFUSE
    assert checks.role(sound).level is expected


@pytest.mark.asvs("12.3.1")
@pytest.mark.parametrize(
    ("address", "is_private"),
    [
        ("postgresql+psycopg://a@/db?host=/run/postgresql", True),
        ("postgresql+psycopg://a@db.example.org/db?sslmode=verify-full", True),
        ("postgresql+psycopg://a@db.example.org/db?sslmode=require", False),
        ("postgresql+psycopg://a@db.example.org/db", False),
        ("postgresql+psycopg://a@localhost/db", False),
    ],
)
def test_a_road_to_the_database_is_a_socket_or_tls_that_checks_who_answers(
    sound: Machine,
    address: str,
    is_private: bool,  # noqa: FBT001
) -> None:
    engine = create_engine(address)
    assert connection_is_private(engine) is is_private
    level = checks.road(replace(sound, engine=engine)).level
    assert level is (Level.OK if is_private else Level.REFUSE)


def test_a_database_that_does_not_answer_is_red_and_no_error(
    sound: Machine, tmp_path: Path
) -> None:
    away = create_engine(f"sqlite:///{tmp_path / 'no-folder' / 'x.db'}")
    finding = checks.answering(checks.durability)(replace(sound, engine=away))
    assert finding.level is Level.RED
    assert "OperationalError" in str(finding.sentence)


@pytest.mark.asvs("13.3.2")
@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, Level.OK), (0o640, Level.REFUSE), (0o604, Level.REFUSE)]
)
def test_a_file_that_others_can_read_is_refused(
    found: Look, tmp_path: Path, mode: int, level: Level
) -> None:
    key = tmp_path / "root.key"
    key.touch(mode)
    key.chmod(mode)
    assert found("files", instance=tmp_path, key_file=key).level is level


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("Filename Type Size Used Priority\n", []),
        ("Filename Type\n/dev/zram0 partition 1 0 100\n/dev/dm-1 partition 1 0 -2\n", []),
        (
            "Filename Type\n/swapfile file 1 0 -2\n/dev/sda2 partition 1 0 -3\n",
            ["/swapfile", "/dev/sda2"],
        ),
    ],
)
def test_swap_on_an_open_disk_is_seen(tmp_path: Path, lines: str, names: list[str]) -> None:
    (tmp_path / "swaps").write_text(lines, "utf-8")
    assert plain_swap(tmp_path / "swaps") == names


@pytest.mark.parametrize(
    ("dumps", "swap", "level"),
    [(False, [], Level.OK), (True, [], Level.RED), (False, ["/swapfile"], Level.RED)],
)
def test_memory_that_could_reach_a_disk_is_seen(
    found: Look,
    monkeypatch: pytest.MonkeyPatch,
    dumps: bool,  # noqa: FBT001
    swap: list[str],
    level: Level,
) -> None:
    monkeypatch.setattr(host_checks, "dumps_core", lambda: dumps)
    monkeypatch.setattr(host_checks, "plain_swap", lambda: swap)
    assert found("memory").level is level

"""The doctor sees a door or a rule that is gone, wrong keys, a clock set back, and what nobody kept up."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from caseapp.audit.models import AuditBreak, AuditCheck, AuditHead, LogReview
from caseapp.doctor import Finding, Level, UnsoundError, care, guards, refuse_unsound
from caseapp.domain.policy import Actor
from caseapp.kernel import door as the_door
from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import make_root_file

Look = Callable[..., Finding]


def test_the_door_and_the_rules_for_rows_are_there(found: Look, sound: Machine) -> None:
    is_sqlite = sound.engine.dialect.name == "sqlite"
    assert found("door").level is Level.OK
    assert found("rows").level is (Level.RED if is_sqlite else Level.OK)


def test_a_door_that_is_out_of_its_hinges_is_refused(
    found: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(the_door, "_first_unmarked", lambda *_args: the_door.NO_FILE)
    assert found("door").level is Level.REFUSE


@pytest.mark.parametrize("way", ["DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"])
def test_a_table_without_forced_rules_for_rows_is_refused(house: Machine, way: str) -> None:
    if house.engine.dialect.name == "postgresql":
        owner = open_engine(house.settings.migrate_url)
        with owner.begin() as connection:
            connection.execute(text(f"ALTER TABLE placement {way}"))
        owner.dispose()
        finding = guards.rows(house)
        assert finding.level is Level.REFUSE
        assert "placement" in str(finding.sentence)


def test_rows_that_are_shown_without_a_reader_are_refused(house: Machine) -> None:
    if house.engine.dialect.name == "postgresql":
        owner = open_engine(house.settings.migrate_url)
        with owner.begin() as connection:
            connection.execute(text("CREATE POLICY too_wide ON child USING (true)"))
        owner.dispose()
        finding = guards.rows(house)
        assert finding.level is Level.REFUSE
        assert str(finding.sentence).endswith("child.")


def test_keys_that_are_not_those_of_the_register_are_refused(
    found: Look, sound: Machine, tmp_path: Path
) -> None:
    assert found("keys").level is Level.OK
    other = make_root_file(tmp_path / "other.key")
    assert found("keys", key_file=other.path).level is Level.REFUSE


def kept(machine: Machine, *rows: Any) -> Machine:
    """Write rows of the trail's own tables, as a job would, past everything else."""
    with machine.engine.begin() as connection:
        for model, values in rows:
            connection.execute(insert(model), values)
    return machine


@pytest.fixture
def writing(house: Machine) -> Machine:
    """Give a copy of the house in which something may be written."""
    return house


def test_a_clock_before_the_last_record_is_refused(writing: Machine) -> None:
    with closing(
        writing.work(Actor(account_id=None, name="t", everywhere=True)).session
    ) as session:
        last = session.get(AuditHead, 1)
        at = last.at if last else None
    assert at is not None
    for step, level in ((0, Level.OK), (-60, Level.OK), (-61, Level.REFUSE)):
        now = at + timedelta(seconds=step)
        assert care.time(replace(writing, now=lambda now=now: now)).level is level


def test_a_trail_that_is_broken_or_not_looked_at_is_seen(writing: Machine) -> None:
    now = writing.now()
    look = {
        "at": now - timedelta(hours=26), "since": 0, "upto": 1, "is_full": False, "outcome": "ok",
        "records": 1,
    }  # fmt: skip
    assert care.trail(writing).level is Level.RED
    assert care.trail(kept(writing, (AuditCheck, look))).level is Level.OK
    later = replace(writing, now=lambda: now + timedelta(minutes=1))
    assert care.trail(later).level is Level.RED
    found = {"found_at": now, "upto": 2, "kinds": "hash", "evidence": "e.json"}
    assert "broken" in str(care.trail(kept(writing, (AuditBreak, found))).sentence)


@pytest.mark.parametrize(("days", "level"), [(0, Level.OK), (1, Level.RED)])
def test_a_review_that_is_overdue_is_seen(writing: Machine, days: int, level: Level) -> None:
    today = date.fromisoformat(f"{writing.now():%Y-%m-%d}")
    week = {
        "monday": today - timedelta(days=14), "made_at": writing.now(),
        "due_on": today - timedelta(days=days),
    }  # fmt: skip
    assert care.review(kept(writing, (LogReview, week))).level is level


@pytest.mark.parametrize(
    ("code", "ok_hours"), [("backup", 26), ("drill", 92 * 24)], ids=["backup", "drill"]
)
def test_a_backup_or_a_drill_that_is_too_old_or_absent_is_seen(
    found: Look, sound: Machine, tmp_path: Path, code: str, ok_hours: int
) -> None:
    file = tmp_path / f"{code}.json"
    assert found(code, instance=tmp_path).level is Level.RED
    for minutes, level in ((0, Level.OK), (1, Level.RED)):
        at = sound.now() - timedelta(hours=ok_hours, minutes=minutes)
        file.write_text(json.dumps({"at": at.isoformat()}), "utf-8")
        assert found(code, instance=tmp_path).level is level
    file.write_text('{"at": "yesterday"}', "utf-8")
    assert found(code, instance=tmp_path).level is Level.RED


def test_production_does_not_start_without_the_door(
    sound: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(the_door, "_first_unmarked", lambda *_args: the_door.NO_FILE)
    with pytest.raises(UnsoundError, match="door: "):
        refuse_unsound(sound)

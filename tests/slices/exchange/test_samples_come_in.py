"""The sample lists in their order on both databases, each report exactly as expected."""

import shutil
from pathlib import Path

from sqlalchemy import func, select

from caseapp.cli.import_ import Asked, import_list
from caseapp.continuity import facts
from caseapp.domain.policy import Actor
from caseapp.people.models import Child
from caseapp.tables import METADATA
from tests.all_rows import see_all
from tests.database_samples import differences
from tests.samples import SAMPLES, turns

AUDIT = {"audit_event", "audit_event_child", "audit_head"}
OF_A_RUN = AUDIT | {"list_run", "list_row"}


def counts(machine):
    with machine.engine.connect() as connection:
        see_all(connection)
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in METADATA.sorted_tables
        }


def everything(machine):
    """Return the dossier of every child by its V-number."""
    work = machine.work(Actor(None, "test", everywhere=True), writes=False)
    found = facts.dossiers(work, list(work.session.scalars(select(Child.id))))
    work.session.close()
    return {one.child.v_number: one for one in found.values()}


def brought(machine, *names, apply=True):
    for kind, on, name in turns(SAMPLES):
        if name in names:
            data = (SAMPLES / name).read_bytes()
            import_list(machine, Asked(kind, SAMPLES / name, apply, on), data)


def test_every_sample_list_gives_its_report(bare):
    assert differences(bare.settings, SAMPLES) == []


def test_a_report_that_is_other_than_expected_is_noticed(bare, tmp_path: Path):
    shutil.copytree(SAMPLES, tmp_path / "samples")
    (tmp_path / "samples" / "order.json").write_text(
        '[{"kind": "locations", "file": "locaties.csv", "on": "2026-11-02"}]'
    )
    wrong = tmp_path / "samples" / "locaties.expected.json"
    wrong.write_text(wrong.read_text().replace("end-before-start", "bad-date"))
    found = differences(bare.settings, tmp_path / "samples")
    assert len(found) > 0
    assert all(line.startswith("locaties.csv: ") for line in found)


def test_a_trial_writes_its_row_in_the_trail_and_nothing_else(bare):
    brought(bare, "locaties.csv")
    before = counts(bare)
    brought(bare, "bezetting-2026-11-02.csv", apply=False)
    after = counts(bare)
    assert {name for name in after if after[name] != before[name]} == {"audit_event"}
    assert after["audit_event"] == before["audit_event"] + 1


def test_the_same_file_twice_changes_nothing(bare):
    names = ("locaties.csv", "bezetting-2026-11-02.csv", "school.csv", "zorglijnen.csv")
    brought(bare, *names)
    first, rows = everything(bare), counts(bare)
    brought(bare, *names)
    assert everything(bare) == first
    after = counts(bare)
    assert {name for name in after if after[name] != rows[name]} <= OF_A_RUN
    assert len(first) == 298

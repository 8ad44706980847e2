"""An old list: its key is destroyed on a day that the policy says, and then only its counts are left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.domain.lists.kept import RowSaid
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.exchange import jobs, queries
from caseapp.exchange.actions.claiming import claim
from caseapp.exchange.models import ListFile, ListRow, ListRun
from caseapp.kernel.jobs import opened, run
from caseapp.kernel.seals import Domain, Unreadable, readable
from caseapp.wiring import JOBS
from tests.slices.exchange.running import Desk

HERE = {"locatie": "AZC-HERE"}
ROWS = (HERE, HERE | {"v_nummer": "12"})
KEPT = timedelta(days=90)
DAY = timedelta(days=1)


@pytest.fixture
def old(desk):
    """Give a list that a worker has looked at."""
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    desk.work_off()
    return run_id


def night(desk: Desk, after: timedelta) -> None:
    """Let the night of a later day do its work."""
    jobs.forget_old(desk.at(after))


def is_readable(desk, run_id):
    """Say whether all that was sealed of a run opens; half is an error of the test."""

    def look(work, found):
        sealed = [readable(found, "file_name"), readable(found, "facts")]
        sealed += [readable(row, "said") for row in work.session.scalars(select(ListRow))]
        return {isinstance(value, Unreadable) for value in sealed}

    (broken,) = desk.of(run_id, look)
    return not broken


def test_until_the_last_day_everything_of_a_list_opens_and_a_day_later_nothing(desk, old):
    night(desk, KEPT)
    assert is_readable(desk, old)
    assert desk.of(old, lambda _work, found: found.key_gone_at) is None
    night(desk, KEPT + DAY)
    assert not is_readable(desk, old)
    assert desk.of(old, lambda _work, found: found.key_gone_at) is not None
    assert desk.house.keyring.keystore.data_keys(Domain.IMPORT, [old]) == []


def test_the_number_of_days_is_a_setting(desk, old):
    short = replace(desk.house, settings=replace(desk.house.settings, list_key_days=3))
    jobs.forget_old(replace(short, now=desk.at(3 * DAY).now))
    assert is_readable(desk, old)
    jobs.forget_old(replace(short, now=desk.at(4 * DAY).now))
    assert not is_readable(desk, old)


def test_of_a_forgotten_list_its_counts_stay_and_its_table_is_gone(desk, old):
    desk.release("coordinator", old)
    desk.work_off()
    night(desk, KEPT + DAY)
    assert desk.state(old) == ("applied", None)
    assert desk.counts(old) == {"new": 1, "refused": 1}
    counts = desk.of(old, queries.row_counts)
    assert counts.verdicts == {Verdict.NEW: 1, Verdict.REFUSED: 1}
    assert [row.number for row in desk.rows(old)] == [2, 3]
    assert not any(isinstance(row.said, RowSaid) for row in desk.rows(old))
    assert desk.all_of(ListFile, "id") == []


@pytest.mark.parametrize("state", ["waiting", "ready", "applying"])
def test_a_list_that_nobody_finished_fails_as_too_old_and_no_worker_takes_it(desk, state):
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    if state != "waiting":
        desk.work_off()
    if state == "applying":
        desk.release("coordinator", run_id)
    night(desk, KEPT + DAY)
    assert desk.state(run_id) == ("failed", {"code": "too-old"})
    assert desk.all_of(ListFile, "id") == []
    desk.work_off(KEPT + DAY)
    assert desk.state(run_id) == ("failed", {"code": "too-old"})


def test_a_list_that_a_worker_has_is_left_to_the_next_night(desk):
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    late = desk.at(KEPT + DAY)
    work = opened(late, jobs.JOB)
    assert claim(work, timedelta(seconds=1)).run_id == run_id
    work.commit()
    work.session.close()
    night(desk, KEPT + DAY)
    assert desk.state(run_id) == ("looking", None)
    night(desk, KEPT + DAY + timedelta(seconds=1))
    assert desk.state(run_id) == ("failed", {"code": "too-old"})


def test_a_key_is_destroyed_once_and_the_trail_says_so(desk, old):
    night(desk, KEPT + DAY)
    gone_at = desk.of(old, lambda _work, found: found.key_gone_at)
    night(desk, KEPT + 2 * DAY)
    assert desk.of(old, lambda _work, found: found.key_gone_at) == gone_at
    with desk.reading() as work:
        told = select(AuditEvent.object_id).where(AuditEvent.code == "list-key-destroyed")
        assert work.session.scalars(told).all() == [old]


def test_a_night_that_was_broken_off_after_the_key_is_finished_by_the_next(desk, old):
    work = opened(desk.at(KEPT + DAY), jobs.JOB)
    work.vault.destroy_keys([old])
    work.session.close()
    assert desk.of(old, lambda _work, found: found.key_gone_at) is None
    night(desk, KEPT + 2 * DAY)
    assert desk.of(old, lambda _work, found: found.key_gone_at) is not None


def test_other_lists_are_not_touched_and_the_same_file_may_come_again(desk, old):
    night(desk, KEPT + DAY)
    again = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    desk.work_off()
    assert desk.counts(again) == {"new": 1, "refused": 1}
    assert all(isinstance(row.said, RowSaid) for row in desk.rows(again))


def test_the_nightly_job_forgets_old_lists(desk, old):
    (job,) = [job for job in JOBS if job.name == "night"]
    assert run(job, desk.at(KEPT + DAY))
    assert desk.all_of(ListRun, "key_gone_at") != [(None,)]

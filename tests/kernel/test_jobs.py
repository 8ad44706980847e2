"""What comes back by the clock: one worker has a turn, a killed one loses it, a job that fails comes back."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from caseapp.kernel import jobs
from caseapp.kernel.jobs import Job, JobTurn, run
from caseapp.kernel.machine import Machine

MORNING = datetime(2026, 11, 24, 9, 0, 30, tzinfo=UTC)


class Doing:
    """A job that counts how often it was done, and what happens meanwhile."""

    def __init__(self) -> None:
        self.times = 0
        self.meanwhile = lambda: None

    def __call__(self, open_work: object, settings: object) -> None:
        self.times += 1
        self.meanwhile()


def at(machine: Machine, moment: datetime) -> Machine:
    """Return the machine at a moment."""
    return replace(machine, now=lambda: moment)


def test_a_job_is_done_once_a_turn(house: Machine) -> None:
    doing = Doing()
    job = Job("tried", timedelta(minutes=1), doing)
    assert run(job, at(house, MORNING))
    assert not run(job, at(house, MORNING + timedelta(seconds=29)))
    assert run(job, at(house, MORNING + timedelta(seconds=30)))
    assert doing.times == 2


def test_a_job_at_an_hour_is_done_once_a_day_and_caught_up_later(house: Machine) -> None:
    doing = Doing()
    job = Job("tried", time(4), doing)
    assert run(job, at(house, MORNING))
    assert not run(job, at(house, datetime(2026, 11, 25, 2, 59, tzinfo=UTC)))
    assert run(job, at(house, datetime(2026, 11, 25, 3, 0, tzinfo=UTC)))
    assert run(job, at(house, datetime(2026, 11, 29, 22, 0, tzinfo=UTC)))
    assert doing.times == 3


def test_an_hour_is_that_of_the_clock_on_the_wall() -> None:
    job = Job("tried", time(4), Doing())
    assert job.slot(datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(2026, 7, 1, 2, tzinfo=UTC)
    assert job.slot(datetime(2026, 1, 1, 12, tzinfo=UTC)) == datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert job.slot(datetime(2026, 1, 1, 2, tzinfo=UTC)) == datetime(2025, 12, 31, 3, tzinfo=UTC)


@pytest.mark.asvs("15.4.3")
def test_while_one_worker_has_the_turn_no_other_gets_it(house: Machine) -> None:
    doing, second = Doing(), []
    job = Job("tried", timedelta(minutes=1), doing)
    doing.meanwhile = lambda: second.append(run(job, at(house, MORNING + timedelta(minutes=3))))
    assert run(job, at(house, MORNING))
    assert second == [False]
    assert doing.times == 1


@pytest.mark.asvs("15.4.3")
def test_a_worker_that_was_killed_loses_its_turn_when_its_lease_ends(house: Machine) -> None:
    doing = Doing()
    job = Job("tried", timedelta(minutes=1), doing, lease=timedelta(minutes=10))
    assert jobs._take(job, at(house, MORNING)) is not None
    assert not run(job, at(house, MORNING + timedelta(minutes=9, seconds=59)))
    assert run(job, at(house, MORNING + timedelta(minutes=10)))


def test_a_worker_that_comes_back_late_does_not_end_the_turn_of_another(house: Machine) -> None:
    job = Job("tried", timedelta(minutes=1), Doing(), lease=timedelta(minutes=10))
    first = jobs._take(job, at(house, MORNING))
    assert first is not None
    later = at(house, MORNING + timedelta(minutes=10))
    assert jobs._take(job, later) is not None
    jobs._end(later, job, first, failed_at=None)
    assert jobs._take(job, later) is None
    with house.engine.connect() as db:
        assert db.scalar(select(JobTurn.done_at)) is None


def test_a_job_that_fails_is_noted_and_comes_back_at_its_next_turn(house: Machine) -> None:
    doing = Doing()
    doing.meanwhile = lambda: 1 / 0
    job = Job("tried", timedelta(minutes=1), doing)
    assert not run(job, at(house, MORNING))
    with house.engine.connect() as db:
        assert db.scalar(select(JobTurn.failed_at)) is not None
    doing.meanwhile = lambda: None
    assert run(job, at(house, MORNING + timedelta(minutes=1)))
    with house.engine.connect() as db:
        assert db.scalar(select(JobTurn.failed_at)) is None


def test_a_job_whose_work_has_claims_of_its_own_waits_for_no_turn(house: Machine) -> None:
    doing = Doing()
    job = Job("tried", timedelta(minutes=1), doing, lease=None)
    second = []

    def another_worker() -> None:
        doing.meanwhile = lambda: None
        second.append(run(job, at(house, MORNING)))

    doing.meanwhile = another_worker
    assert run(job, at(house, MORNING))
    assert run(job, at(house, MORNING))
    assert (doing.times, second) == (3, [True])


def test_a_job_without_turns_that_fails_is_told_by_its_name(
    house: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    def doing(_open_work: object, _machine: object) -> None:
        raise KeyError("Samira")

    assert not run(Job("tried", timedelta(minutes=1), doing, lease=None), house)
    assert "job tried failed: KeyError" in caplog.text
    assert "Samira" not in caplog.text

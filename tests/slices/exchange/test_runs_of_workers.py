"""Workers and lists: one worker has a list, a killed one loses it, and what goes wrong is told on the list."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select, update

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.audit.actions import write
from caseapp.cli.worker import OPENS
from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import jobs
from caseapp.exchange.actions.claiming import OustedError, Progress, claim, keep_hold
from caseapp.exchange.models import ListFile, ListRun
from caseapp.kernel.jobs import opened, run
from caseapp.kernel.keys import Keyring
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.seals import Domain, envelope_of
from caseapp.kernel.work import LostRaceError
from caseapp.people.models import Child
from caseapp.wiring import JOBS
from tests.acting import acting
from tests.domain.lists.making import OTHER
from tests.world import NOW

HERE = {"locatie": "AZC-HERE"}
LEASE = timedelta(seconds=120)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def waiting(desk):
    """Give a list that waits."""
    return desk.submit("coordinator", ListKind.OCCUPANCY, HERE)


@pytest.fixture
def released(desk, waiting):
    """Give a list that people let be applied."""
    desk.work_off()
    desk.release("coordinator", waiting)
    return waiting


def taken(desk, after=timedelta()):
    """Claim the next list, as a worker does, some time later."""
    work = opened(desk.at(after), jobs.JOB)
    mine = claim(work, LEASE)
    work.commit()
    work.session.close()
    return mine


def children(desk):
    return len(desk.all_of(Child, "id"))


def test_the_oldest_list_comes_first_and_each_is_given_to_one_worker(desk, waiting):
    second = desk.submit("national", ListKind.OCCUPANCY, HERE)
    claims = [taken(desk) for _ in range(3)]
    assert [one and one.run_id for one in claims] == [waiting, second, None]
    assert [desk.state(one)[0] for one in (waiting, second)] == ["looking", "looking"]


def test_what_is_ready_or_done_is_for_no_worker(desk, waiting):
    desk.work_off()
    assert taken(desk) is None
    desk.release("coordinator", waiting)
    assert taken(desk).applies


@pytest.mark.parametrize("state", ["looking", "applying"])
def test_a_worker_that_was_killed_loses_its_list_when_the_lease_ends(desk, waiting, state):
    if state == "applying":
        desk.work_off()
        desk.release("coordinator", waiting)
    first = taken(desk)
    assert desk.state(waiting)[0] == state
    assert taken(desk, LEASE - MOMENT) is None
    second = taken(desk, LEASE)
    assert (second.run_id, second.applies) == (waiting, state == "applying")
    assert second.id != first.id


def test_after_a_kill_the_next_worker_looks_and_applies_as_if_nothing_had_been(desk, waiting):
    before = children(desk)
    taken(desk)
    desk.work_off(LEASE)
    assert desk.state(waiting) == ("ready", None)
    desk.release("coordinator", waiting)
    taken(desk)
    desk.work_off(LEASE - MOMENT)
    assert (desk.state(waiting)[0], children(desk)) == ("applying", before)
    desk.work_off(LEASE)
    assert (desk.state(waiting), children(desk)) == (("applied", None), before + 1)


def test_a_worker_that_comes_back_late_writes_nothing(desk, released):
    before = children(desk)
    late = taken(desk)
    taken(desk, LEASE)
    with pytest.raises(OustedError):
        jobs._do(desk.house, late)
    assert (desk.state(released)[0], children(desk)) == ("applying", before)


def test_a_worker_that_is_overtaken_before_the_last_step_writes_nothing(desk, released):
    before = children(desk)
    overtaken = []

    def write_trail(work):
        """Let somebody else take the list while this worker rehearses it."""
        if work.occasion is not None and work.trail and not overtaken:
            overtaken.append(taken(desk, LEASE))
        write(work)

    jobs.lists(replace(desk.house, write_trail=write_trail))
    assert overtaken[0].run_id == released
    assert (desk.state(released)[0], children(desk)) == ("applying", before)
    desk.work_off(2 * LEASE)
    assert (desk.state(released)[0], children(desk)) == ("applied", before + 1)


def at_once(desk):
    """Let two workers do all that waits, at the same moment."""
    both = Barrier(2)

    def work(_number):
        both.wait()
        jobs.lists(desk.house)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))


@pytest.mark.asvs("15.4.1")
def test_two_workers_at_once_do_each_list_once(desk):
    before = children(desk)
    cells = [HERE | {"v_nummer": f"00200000{number:02}"} for number in range(4)]
    found = [desk.submit("coordinator", ListKind.OCCUPANCY, one) for one in cells]
    at_once(desk)
    assert [desk.state(one) for one in found] == [("ready", None)] * 4
    for one in found:
        desk.release("coordinator", one)
    at_once(desk)
    assert [desk.state(one) for one in found] == [("applied", None)] * 4
    assert children(desk) == before + 4


@pytest.mark.parametrize("when", ["looking", "applying"])
def test_who_lost_the_right_meanwhile_brings_nothing_in(desk, waiting, when):
    if when == "applying":
        desk.work_off()
        desk.release("national", waiting)
    before = children(desk)
    with acting(desk.house, desk.world, "administrator") as work:
        row = accounts_of.account(work, desk.world.accounts["coordinator"])
        accounts.close_account(work, row)
    desk.work_off()
    assert desk.state(waiting) == ("failed", {"code": "not-allowed"})
    assert children(desk) == before


@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        (LostRaceError(), ("ready", {"code": "meanwhile"})),
        (ZeroDivisionError("Samira Haddad"), ("failed", {"code": "unexpected"})),
    ],
)
def test_what_goes_wrong_while_applying_is_told_on_the_list(desk, released, wrong, left, caplog):
    before = children(desk)

    def write_trail(work):
        if work.occasion is not None:
            raise wrong
        write(work)

    jobs.lists(replace(desk.house, write_trail=write_trail))
    assert (desk.state(released), children(desk)) == (left, before)
    assert "Samira" not in caplog.text
    assert desk.release("coordinator", released) is (left[0] == "ready")


def test_a_list_that_met_something_else_while_it_was_looked_at_is_looked_at_later(desk, waiting):
    def write_trail(work):
        if work.actor.account_id is not None:
            raise LostRaceError
        write(work)

    jobs.lists(replace(desk.house, write_trail=write_trail))
    assert desk.state(waiting) == ("waiting", {"code": "meanwhile"})
    desk.work_off(LEASE - MOMENT)
    assert desk.state(waiting)[0] == "waiting"
    desk.work_off(LEASE)
    assert desk.state(waiting) == ("ready", None)


def test_a_list_that_does_not_open_fails_with_the_reference_of_where(desk, waiting):
    other = desk.submit("coordinator", ListKind.OCCUPANCY, HERE, HERE)
    envelope = envelope_of(ListFile, "content")
    with desk.house.engine.begin() as db:
        elsewhere = db.scalar(select(envelope).where(ListFile.id == other))
        db.execute(update(ListFile).where(ListFile.id == waiting).values({envelope: elsewhere}))
    desk.work_off()
    state, error = desk.state(waiting)
    assert (state, error["code"]) == ("failed", "unreadable")
    assert len(error["reference"]) > 3
    assert desk.state(other)[0] == "ready"


def test_progress_is_written_once_a_second_and_with_each_stage_and_prolongs_the_lease(
    desk, waiting
):
    mine = taken(desk)
    moment = [timedelta()]
    say = Progress(lambda: opened(desk.at(moment[0]), jobs.JOB), mine)
    seen = []
    for after, stage, done in (
        (0.0, "reading", 1),
        (0.9, "reading", 2),
        (0.9, "comparing", 3),
        (1.8, "comparing", 4),
        (1.9, "comparing", 5),
    ):
        moment[0] = timedelta(seconds=after)
        say(stage, done, 9)
        seen.append(desk.of(waiting, lambda _work, run: (run.stage, run.done, run.total)))
    assert seen == [
        ("reading", 1, 9),
        ("reading", 1, 9),
        ("comparing", 3, 9),
        ("comparing", 3, 9),
        ("comparing", 5, 9),
    ]
    leased = desk.of(waiting, lambda _work, run: run.leased_until)
    assert leased == NOW + timedelta(seconds=1.9) + LEASE


def test_while_everything_is_written_in_one_go_a_worker_has_more_time(desk, waiting):
    mine = taken(desk)
    say = Progress(partial(opened, desk.house, jobs.JOB), mine)
    say("rehearsing", 1, 1)
    assert desk.of(waiting, lambda _work, run: run.leased_until) == NOW + LEASE
    say("writing", 0, 0)
    assert desk.of(waiting, lambda _work, run: run.leased_until) == NOW + 5 * LEASE


def test_a_worker_without_its_list_cannot_say_how_far_it_is(desk, waiting):
    late = taken(desk)
    taken(desk, LEASE)
    with pytest.raises(OustedError):
        Progress(partial(opened, desk.house, jobs.JOB), late)("reading", 1, 2)
    with acting(desk.house, desk.world, "national") as work, pytest.raises(OustedError):
        keep_hold(work, late, {"done": 1})


def test_when_all_is_done_nothing_is_said_of_a_worker_any_more(desk, released):
    desk.work_off()
    told = desk.all_of(ListRun, "claim", "leased_until", "stage", "done", "total")
    assert told == [(None,) * 5]


def test_a_worker_has_no_key_of_health_and_applies_lists_all_the_same(desk, released):
    before = children(desk)
    settings = desk.house.settings
    keys = Keyring.open(root_key(settings), Keystore(settings.keystore_url), domains=OPENS)
    worker = replace(desk.house, keyring=keys)
    (job,) = [job for job in JOBS if job.name == jobs.JOB]
    assert run(job, worker)
    keys.keystore.close()
    assert (desk.state(released), children(desk)) == (("applied", None), before + 1)
    assert Domain.HEALTH not in keys.domains


def test_the_decisions_of_people_hold_for_the_worker_that_starts_over(desk):
    before = children(desk)
    doubtful = HERE | {"v_nummer": OTHER, "sinds": "01-01-2015"}
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, HERE, doubtful)
    desk.work_off()
    desk.decide("coordinator", run_id, Decision.TAKE, 3)
    desk.release("coordinator", run_id)
    taken(desk)
    desk.work_off(LEASE)
    assert children(desk) == before + 2

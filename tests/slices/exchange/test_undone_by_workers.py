"""A list about many children is undone by a worker: asked for on the page, done once, and told on the list."""

from datetime import timedelta

import pytest

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.domain.events import ListUndoAsked
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import jobs
from caseapp.exchange.actions import start_undoing
from caseapp.exchange.actions.claiming import claim
from caseapp.exchange.models import ListRun
from caseapp.exchange.views.undoing import AT_ONCE
from caseapp.kernel.jobs import opened
from caseapp.people import actions as people_actions
from caseapp.people import queries as people
from caseapp.people.models import Child
from tests.acting import acting
from tests.slices.exchange.listing import LATER, MOVED, Shown, submitted
from tests.world import TODAY

LEASE = timedelta(seconds=120)
WRITES = 5
"""So many leases last while everything is written in one go."""


@pytest.fixture
def applied(desk):
    """Give a list that was applied."""

    def brought(*rows, who="coordinator"):
        run_id = submitted(desk, who, *rows)
        desk.work_off(LATER)
        desk.release(who, run_id)
        desk.work_off(LATER)
        assert desk.state(run_id)[0] == "applied"
        return run_id

    return brought


def ask(desk, run_id, who="coordinator"):
    with acting(desk.house, desk.world, who) as work:
        return start_undoing(work, work.session.get_one(ListRun, run_id))


def children(desk):
    return len(desk.all_of(Child, "id"))


def many():
    return [{"v_nummer": f"27{number:08}", "locatie": "AZC-HERE"} for number in range(AT_ONCE + 1)]


def test_a_list_about_many_children_is_undone_by_a_worker(desk, applied, as_):
    before = children(desk)
    run_id = applied(*many())
    assert children(desk) == before + AT_ONCE + 1
    shown = Shown(desk, as_("coordinator"), run_id)
    assert shown.confirm("terugdraaien").status_code == 303
    assert desk.state(run_id)[0] == "undoing"
    assert "De lijst wordt teruggedraaid." in shown.text()
    assert children(desk) == before + AT_ONCE + 1
    desk.work_off(LATER)
    assert desk.state(run_id) == ("undone", None)
    assert children(desk) == before
    assert "Deze lijst is teruggedraaid." in shown.text()


def test_it_is_asked_for_once_and_stands_in_the_trail(desk, applied):
    run_id = applied(MOVED)
    assert ask(desk, run_id)
    assert not ask(desk, run_id)
    asked_by = desk.of(run_id, lambda _work, run: run.undone_by)
    assert asked_by == desk.world.accounts["coordinator"]
    assert ListUndoAsked.object == "list_run"


def test_what_is_built_on_it_before_the_worker_comes_stops_it_and_is_told(desk, applied, as_):
    run_id = applied(MOVED)
    ask(desk, run_id)
    with acting(desk.house, desk.world, "coordinator") as work:
        row = people.rows_of(work, [desk.world.beside])[desk.world.beside]
        people_actions.close(work, row, row.version, TODAY, "left_netherlands")
    desk.work_off(LATER)
    assert desk.state(run_id) == ("applied", {"code": "built-on"})
    page = Shown(desk, as_("coordinator"), run_id).text()
    assert "Deze lijst is niet teruggedraaid." in page
    assert desk.of(run_id, lambda _work, run: run.undone_by) is None


def test_who_lost_the_right_meanwhile_undoes_nothing(desk, applied):
    run_id = applied(MOVED)
    ask(desk, run_id)
    with acting(desk.house, desk.world, "administrator") as work:
        account = accounts_of.account(work, desk.world.accounts["coordinator"])
        accounts.close_account(work, account)
    desk.work_off(LATER)
    assert desk.state(run_id) == ("applied", {"code": "not-allowed"})


def test_a_worker_that_was_killed_leaves_it_to_the_next(desk, applied):
    run_id = applied(MOVED)
    ask(desk, run_id)
    work = opened(desk.at(LATER), jobs.JOB)
    assert claim(work, LEASE).run_id == run_id
    work.commit()
    work.session.close()
    desk.work_off(LATER)
    assert desk.state(run_id)[0] == "undoing"
    desk.work_off(LATER + LEASE * WRITES)
    assert desk.state(run_id) == ("undone", None)
    here = desk.of(run_id, lambda work, _run: people.here(work, [desk.world.beside]))
    assert here[desk.world.beside].location_id == desk.world.locations["NO-BESIDE"]


def test_another_list_waits_no_longer_than_the_first(desk, applied):
    run_id = applied(MOVED)
    other = desk.submit("national", ListKind.OCCUPANCY, {"locatie": "AZC-HERE"})
    ask(desk, run_id)
    desk.work_off(LATER)
    assert [desk.state(one)[0] for one in (run_id, other)] == ["undone", "ready"]

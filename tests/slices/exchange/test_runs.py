"""A list from upload to record: it waits, is looked at, decided, applied once, or withdrawn."""

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.domain.lists.course import Decision, RunState
from caseapp.domain.lists.kept import RowSaid
from caseapp.domain.lists.words import ListKind, Reason, Verdict
from caseapp.exchange import queries
from caseapp.exchange.actions import MayNotBringError, withdraw
from caseapp.exchange.models import ListChange, ListChild, ListFile, ListRow, ListRun
from caseapp.people.models import Child
from tests.acting import acting
from tests.domain.lists.making import OTHER

HERE = {"locatie": "AZC-HERE"}
NEW = HERE
DOUBTFUL = HERE | {"v_nummer": OTHER, "sinds": "01-01-2015"}
"""A row that a person may take: placed before birth."""
BSN = HERE | {"v_nummer": "123456782"}
REFUSED = HERE | {"v_nummer": "12", "achternaam": "Ahmadi"}
ROWS = (NEW, DOUBTFUL, BSN, REFUSED)


@pytest.fixture
def run(desk):
    """Give a list of a coordinator that a worker has looked at: rows 2 to 5."""
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    desk.work_off()
    return run_id


def children(desk):
    return len(desk.all_of(Child, "id"))


def test_a_list_waits_for_a_worker_and_is_then_ready_with_a_report(desk):
    before = children(desk)
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    assert desk.state(run_id) == ("waiting", None)
    assert (desk.counts(run_id), desk.rows(run_id)) == ({}, [])
    desk.work_off()
    assert desk.state(run_id) == ("ready", None)
    assert desk.counts(run_id) == {"new": 1, "doubtful": 2, "refused": 1}
    told = [(row.number, row.verdict, row.reasons, row.takeable) for row in desk.rows(run_id)]
    assert told == [
        (2, Verdict.NEW, (), False),
        (3, Verdict.DOUBTFUL, (Reason.BEFORE_BIRTH,), True),
        (4, Verdict.DOUBTFUL, (Reason.PERHAPS_BSN,), False),
        (5, Verdict.REFUSED, (Reason.BAD_V_NUMBER,), False),
    ]
    assert children(desk) == before


def test_a_row_that_is_the_same_in_every_way_is_only_counted(desk, bring):
    bring(ListKind.OCCUPANCY, NEW)
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, NEW, NEW)
    desk.work_off()
    assert desk.counts(run_id) == {"same": 2}
    assert [(row.number, row.reasons) for row in desk.rows(run_id)] == [
        (3, (Reason.DUPLICATE_ROW,))
    ]


def test_the_report_keeps_what_a_row_said_and_nothing_of_a_bsn(desk, run):
    rows = {row.number: row.said for row in desk.rows(run)}
    assert rows[5].cells[:2] == ("12", "Ahmadi")
    assert rows[5].problems[0].value == "12"
    assert rows[4].cells[0] == ""
    assert rows[4].problems[0].value is None
    assert all(isinstance(said, RowSaid) for said in rows.values())
    table = desk.of(run, queries.table)
    assert "123456782" not in str([line.cells for line in table.lines])


def test_the_facts_of_a_run_tell_how_its_file_was_read(desk, run):
    facts = desk.of(run, lambda _work, found: found.facts)
    assert (facts.origin.encoding, facts.origin.delimiter, facts.header_row) == ("utf-8", ";", 1)
    assert facts.header[0] == "v_nummer"


def test_only_doubtful_rows_that_can_be_taken_are_decided(desk, run):
    assert desk.decide("coordinator", run, Decision.TAKE, 2, 3, 4, 5, 99) == 1
    assert desk.decisions(run) == {2: None, 3: "take", 4: None, 5: None}
    assert desk.decide("coordinator", run, Decision.LEAVE, 3, 3) == 1
    assert desk.decisions(run)[3] == "leave"
    assert desk.decide("coordinator", run, None, 3) == 1
    assert desk.decisions(run)[3] is None
    assert desk.decide("coordinator", run, Decision.TAKE, 4) == 0


def test_who_decided_and_when_is_kept_until_it_is_taken_back(desk, run, world):
    desk.decide("coordinator", run, Decision.TAKE, 3)
    row = next(row for row in desk.rows(run) if row.number == 3)
    assert (row.decision, row.decided_by) == (Decision.TAKE, world.accounts["coordinator"])
    assert row.decided_at is not None
    desk.decide("coordinator", run, None, 3)
    row = next(row for row in desk.rows(run) if row.number == 3)
    assert (row.decision, row.decided_by, row.decided_at) == (None, None, None)


def test_nothing_is_decided_before_a_list_is_ready_or_after_it_was_released(desk):
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, *ROWS)
    assert desk.decide("coordinator", run_id, Decision.TAKE, 3) == 0
    desk.work_off()
    assert desk.release("coordinator", run_id)
    assert desk.decide("coordinator", run_id, Decision.TAKE, 3) == 0


def test_applying_writes_the_accepted_and_taken_rows_and_keeps_what_became_of_each(desk, run):
    before = children(desk)
    desk.decide("coordinator", run, Decision.TAKE, 3)
    assert desk.release("coordinator", run)
    assert desk.state(run) == ("applying", None)
    desk.work_off()
    assert desk.state(run) == ("applied", None)
    assert desk.counts(run) == {"new": 2, "doubtful": 1, "refused": 1}
    assert children(desk) == before + 2
    rows = {row.number: row for row in desk.rows(run)}
    assert (rows[3].verdict, rows[3].decision) == (Verdict.NEW, Decision.TAKE)
    assert desk.all_of(ListFile, "id") == []
    assert desk.all_of(ListChild, "run_id", "how") == [(run, "added")] * 2
    applied_at, seq_at = desk.of(run, lambda _work, found: (found.applied_at, found.seq_at))
    assert applied_at is not None
    assert seq_at > 0


def test_a_row_that_was_left_is_not_written(desk, run):
    before = children(desk)
    desk.decide("coordinator", run, Decision.LEAVE, 3)
    desk.release("coordinator", run)
    desk.work_off()
    assert children(desk) == before + 1
    assert desk.decisions(run)[3] == "leave"


def test_what_was_known_before_is_kept_with_what_it_was(desk, bring):
    bring(ListKind.OCCUPANCY, NEW)
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, NEW | {"taal": "Dari"})
    desk.work_off()
    desk.release("coordinator", run_id)
    desk.work_off()
    assert desk.counts(run_id) == {"changed": 1}
    assert desk.all_of(ListChild, "run_id", "how")[-1] == (run_id, "changed")
    changes = desk.all_of(ListChange, "run_id", "table_name", "how", "sealed_values")
    of_this = [change for change in changes if change[0] == run_id]
    assert ("child", "changed") in {change[1:3] for change in of_this}
    (sealed,) = [change[3] for change in of_this if change[1] == "child"]
    assert set(sealed) == {"card", "facts"}


def test_a_second_press_on_apply_does_nothing(desk, run):
    before = children(desk)
    assert [desk.release("coordinator", run) for _ in range(2)] == [True, False]
    desk.work_off()
    assert not desk.release("coordinator", run)
    desk.work_off()
    assert children(desk) == before + 1
    assert len(desk.all_of(ListRun, "id")) == 1


@pytest.mark.parametrize("state", list(RunState))
def test_a_list_can_be_withdrawn_until_a_worker_has_it_or_it_is_released(desk, run, house, state):
    with acting(desk.house, desk.world, "coordinator") as work:
        work.session.get_one(ListRun, run).state = state.value
    with acting(desk.house, desk.world, "coordinator") as work:
        done = withdraw(work, work.session.get_one(ListRun, run))
    may = state in {RunState.WAITING, RunState.READY, RunState.FAILED}
    assert done is may
    assert desk.state(run)[0] == ("withdrawn" if may else state.value)
    assert len(desk.all_of(ListFile, "id")) == (0 if may else 1)
    assert len(desk.all_of(ListRow, "id")) == (0 if may else 4)


def test_a_withdrawn_list_is_left_alone_by_workers(desk, run):
    with acting(desk.house, desk.world, "coordinator") as work:
        withdraw(work, work.session.get_one(ListRun, run))
    desk.work_off()
    assert desk.state(run) == ("withdrawn", None)


def test_who_may_not_bring_in_a_list_can_do_nothing_with_one(desk, run):
    with pytest.raises(MayNotBringError):
        desk.submit("cpk", ListKind.OCCUPANCY, NEW)
    with pytest.raises(MayNotBringError):
        desk.submit("coordinator", ListKind.LOCATIONS, {})
    for do in (lambda: desk.decide("cpk", run, Decision.TAKE, 3), lambda: desk.release("cpk", run)):
        with pytest.raises(MayNotBringError):
            do()
    assert desk.state(run) == ("ready", None)


def test_a_list_is_looked_at_with_the_eyes_of_who_brought_it(desk):
    row = HERE | {"locatie": "AZC-FAR"}
    north = desk.submit("coordinator", ListKind.OCCUPANCY, row)
    all_over = desk.submit("national", ListKind.OCCUPANCY, row)
    desk.work_off()
    assert desk.counts(north) == {"refused": 1}
    assert desk.counts(all_over) == {"new": 1}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("national", {"north", "south", "places", "nobodys"}),
        ("coordinator", {"north"}),
        ("coordinator_far", {"south"}),
        ("administrator", {"places"}),
        ("guardianship", set()),
        ("cpk", set()),
        ("monitor", set()),
    ],
)
def test_a_run_is_for_its_region_the_national_desk_and_of_places_for_the_administrator(
    desk, bring, who, sees
):
    runs = {
        "north": desk.submit("coordinator", ListKind.OCCUPANCY, NEW),
        "south": desk.submit("coordinator_far", ListKind.CARE, {}),
        "places": desk.submit("national", ListKind.LOCATIONS, {}),
    }
    bring(ListKind.OCCUPANCY, {})
    (nobodys,) = {key for (key,) in desk.all_of(ListRun, "id")} - set(runs.values())
    runs["nobodys"] = nobodys
    with acting(desk.house, desk.world, who) as work:
        assert {run.id for run in queries.runs(work)} == {runs[name] for name in sees}
        seen = {name for name, key in runs.items() if queries.run(work, key) is not None}
    assert seen == sees


def test_rows_are_read_a_page_at_a_time_by_verdict_and_by_reason(desk, run):
    def numbers(*wish, **page):
        return desk.of(
            run,
            lambda work, found: [row.number for row in queries.rows(work, found, *wish, **page)],
        )

    assert numbers() == [2, 3, 4, 5]
    assert (numbers(page=1, size=3), numbers(page=2, size=3)) == ([2, 3, 4], [5])
    assert numbers(Verdict.DOUBTFUL) == [3, 4]
    assert numbers(None, Reason.PERHAPS_BSN) == [4]
    assert numbers(Verdict.REFUSED, Reason.PERHAPS_BSN) == []
    assert desk.of(run, queries.count_rows) == 4
    assert desk.of(run, lambda work, found: queries.count_rows(work, found, Verdict.DOUBTFUL)) == 2
    refused = desk.of(run, lambda work, found: list(queries.refused_rows(work, found)))
    assert [row.number for row in refused] == [5]


def test_rows_are_counted_by_verdict_reason_and_decision(desk, run):
    desk.decide("coordinator", run, Decision.TAKE, 3)
    counts = desk.of(run, queries.row_counts)
    assert counts.verdicts == {Verdict.NEW: 1, Verdict.DOUBTFUL: 2, Verdict.REFUSED: 1}
    assert counts.reasons == {
        Reason.BEFORE_BIRTH: 1,
        Reason.PERHAPS_BSN: 1,
        Reason.BAD_V_NUMBER: 1,
    }
    assert counts.decisions == {Decision.TAKE: 1}


def test_who_looks_at_rows_leaves_a_note_of_the_children_that_we_know(desk, bring):
    bring(ListKind.OCCUPANCY, NEW)
    run_id = desk.submit("coordinator", ListKind.OCCUPANCY, NEW | {"taal": "Dari"}, REFUSED)
    desk.work_off()
    with acting(desk.house, desk.world, "coordinator") as work:
        run = queries.run(work, run_id)
        assert len(queries.rows(work, run)) == 2
    with desk.reading() as work:
        (seen,) = work.session.scalars(select(AuditEvent).where(AuditEvent.code == "list-rows"))
        assert (seen.object, seen.object_id) == ("list_run", run_id)
        assert seen.account_id == desk.world.accounts["coordinator"]
        told = select(AuditEventChild.child_id).where(AuditEventChild.seq == seen.seq)
        assert len(work.session.scalars(told).all()) == 1


def test_the_trail_tells_each_step_in_codes_and_counts(desk, run):
    desk.decide("coordinator", run, Decision.TAKE, 3, 4)
    desk.release("coordinator", run)
    desk.work_off()
    with desk.reading() as work:
        told = work.session.execute(
            select(AuditEvent.code, AuditEvent.fields)
            .where(AuditEvent.object == "list_run", AuditEvent.object_id == run)
            .where(AuditEvent.code != "list-rows")
            .order_by(AuditEvent.seq)
        ).all()
        actors = set(work.session.scalars(
            select(AuditEvent.account_id).where(AuditEvent.object_id == run)
        ))  # fmt: skip
    assert [tuple(one) for one in told] == [
        ("list-submitted", None),
        ("list-tried", None),
        ("list-decided", "take,1"),
        ("list-released", None),
        ("list-applied", None),
    ]
    assert actors == {desk.world.accounts["coordinator"]}

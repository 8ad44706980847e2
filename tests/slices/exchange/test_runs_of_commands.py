"""`caseapp import` leaves a run with its rows when it applies, and nothing but a line when it tries."""

from pathlib import Path

from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent
from caseapp.cli.import_ import Asked, import_list
from caseapp.domain.lists.words import ListKind, Reason, Verdict
from caseapp.exchange.models import ListChild, ListFile, ListRow, ListRun
from caseapp.tables import METADATA
from tests.domain.lists.making import ON

HERE = {"locatie": "AZC-HERE"}
ROWS = (HERE, HERE | {"v_nummer": "12"})
NORTH = "coordinator@example.org"


def everything(desk):
    """Return how many rows each table has, the trail excepted."""
    trail = {"audit_event", "audit_event_child", "audit_head"}
    with desk.reading() as work:
        return {
            name: work.session.scalar(select(func.count()).select_from(table))
            for name, table in METADATA.tables.items()
            if name not in trail
        }


def test_an_applied_list_leaves_a_run_with_its_rows_and_children(desk, bring, world):
    bring(ListKind.OCCUPANCY, *ROWS, account=NORTH)
    ((run_id, account_id, region, state),) = desk.all_of(
        ListRun, "id", "account_id", "region", "state"
    )
    assert (account_id, region, state) == (world.accounts["coordinator"], "noord", "applied")
    assert desk.counts(run_id) == {"new": 1, "refused": 1}
    assert [(row.number, row.verdict, row.reasons) for row in desk.rows(run_id)] == [
        (2, Verdict.NEW, ()),
        (3, Verdict.REFUSED, (Reason.BAD_V_NUMBER,)),
    ]
    assert desk.all_of(ListChild, "run_id", "how") == [(run_id, "added")]
    assert desk.all_of(ListFile, "id") == []
    facts, on, applied_at, at, seq = desk.of(
        run_id,
        lambda _work, run: (run.facts, run.on_day, run.applied_at, run.at, run.seq_at),
    )
    assert (facts.header_row, on) == (1, ON)
    assert applied_at == at
    with desk.reading() as work:
        last = select(func.max(AuditEvent.seq)).where(AuditEvent.account_id == account_id)
        assert work.session.scalar(last) == seq


def test_the_region_of_who_has_a_whole_country_or_none_is_not_kept(desk, bring):
    bring(ListKind.OCCUPANCY, *ROWS, account="national@example.org")
    bring(ListKind.OCCUPANCY, HERE)
    assert {region for (region,) in desk.all_of(ListRun, "region")} == {None}


def test_a_trial_leaves_nothing_but_its_lines_in_the_trail(desk, bring):
    before = everything(desk)
    bring(ListKind.OCCUPANCY, *ROWS, account=NORTH, apply=False)
    assert everything(desk) == before
    with desk.reading() as work:
        codes = work.session.scalars(select(AuditEvent.code).order_by(AuditEvent.seq.desc()))
        assert codes.first() == "list-tried"


def test_a_file_that_is_no_such_list_leaves_nothing(desk, house):
    before = everything(desk)
    asked = Asked(ListKind.OCCUPANCY, Path("list.csv"), apply=True, on=ON)
    assert import_list(house, asked, b"een;twee\n1;2\n").report.error is not None
    assert everything(desk) == before


def test_the_same_list_again_leaves_a_second_run_in_which_all_is_the_same(desk, bring):
    for _ in range(2):
        bring(ListKind.OCCUPANCY, HERE, account=NORTH)
    first, second = sorted(key for (key,) in desk.all_of(ListRun, "id"))
    assert (desk.counts(first), desk.counts(second)) == ({"new": 1}, {"same": 1})
    assert {run_id for (run_id,) in desk.all_of(ListRow, "run_id")} == {first}

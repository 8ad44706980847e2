"""Every promise of the database is broken once, on both databases, and is kept (D5)."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    Uuid,
    delete,
    insert,
    null,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from caseapp.kernel.machine import Machine
from caseapp.tables import METADATA
from tests.meta.rows import a_day, add, good_row, value_for

TABLES = [table for table in METADATA.sorted_tables if table.name != "audit_head"]
PERIODS: Final = ("placement", "responsible", "guardianship", "whereabouts")
BREAKS: Final[dict[str, dict[str, Any]]] = {
    "ck_access_grant_ends_after_start": {"valid_to": "valid_from"},
    "ck_access_grant_not_approved_for_oneself": {"approved_by": "account_id"},
    "ck_access_grant_not_asked_for_oneself": {"asked_by": "account_id"},
    "ck_access_grant_two_people": {"asked_by": "=helper", "approved_by": "=helper"},
    "ck_alert_one_owner": {"owner_desk": None},
    "ck_audit_break_acknowledged_by_two": {"acknowledged_at": "found_at"},
    "ck_audit_break_two_people": {"first_by": "=helper", "second_by": "=helper"},
    "ck_bundled_holds_some": {"critical": 0, "warning": 0, "notice": 0, "other": 0},
    "ck_care_line_not_itself": {"continues_id": "id"},
    "ck_emergency_ends_after_start": {"ends_at": "started_at"},
    "ck_emergency_not_by_oneself": {"reviewed_by": "account_id"},
    "ck_emergency_reviewed_with_verdict": {"verdict": "right"},
    "ck_erasure_done_after": {"done_at": "=before"},
    "ck_erasure_numbered": {"seq": 0},
    "ck_factor_passkey_has_credential": {"credential_id": b"x"},
    "ck_leave_ends_after_start": {"ends_at": "begins_at"},
    "ck_leave_not_oneself": {"stand_in_id": "absent_id"},
    "ck_privacy_request_closed": {"state": "closed"},
    "ck_privacy_request_due": {"received_on": a_day(), "due_on": a_day(-1)},
    "ck_two_people_ends_after_start": {"ends_at": "asked_at"},
    "ck_two_people_not_about_oneself": {
        "about_account": "=helper",
        "decided_by": "=helper",
        "decision": "approved",
    },
    "ck_two_people_second_person": {"decided_by": "asked_by", "decision": "approved"},
    "ck_two_people_somebody_decides": {"decision": "approved"},
    "ck_two_people_used_when_approved": {
        "used_at": "asked_at",
        "decided_by": "=helper",
        "decision": "refused",
    },
    "ck_guardianship_period": {"to_on": a_day(-1)},
    "ck_hold_ended": {"ended_how": "lifted"},
    "ck_letter_says_something": {"total": 0, "serious": 0},
    "ck_letter_serious_are_part": {"serious": 4},
    "ck_load_alert_one_owner": {"owner_desk": None},
    "ck_location_open_period": {"open_from": a_day(), "open_to": a_day(-1)},
    "ck_log_review_item_judged": {"judgement": "in_order"},
    "ck_placement_period": {"to_on": a_day(-1)},
    "ck_reach_period": {"until_at": "=before"},
    "ck_relative_not_oneself": {"relative_child_id": "child_id"},
    "ck_responsible_period": {"to_on": a_day(-1)},
    "ck_support_period": {"to_on": a_day(-1)},
    "ck_transfer_arrived": {"arrived_on": a_day()},
    "ck_transfer_elsewhere": {"from_location_id": "=place", "to_location_id": "=place"},
    "ck_whereabouts_period": {"to_on": a_day(-1)},
}
"""What breaks each check: a value, the name of another column of the row, or something made for it."""

BESIDE: Final[dict[str, dict[str, Any]]] = {
    "owner_account_id": {"owner_desk": None},
    "decided_by": {"decision": "approved"},
    "credential_id": {"kind": "passkey"},
}
"""What has to stand beside a column that is filled in, by the checks."""


@pytest.fixture
def db(house: Machine) -> Iterator[Connection]:
    """Give the application's own connection, in a transaction that nobody will see."""
    with house.engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # the rows of files are for who says who asks
            connection.execute(text("SELECT set_config('caseapp.everywhere', 'on', true)"))
        yield connection
        connection.rollback()


def refused(db: Connection, statement: Any) -> bool:
    """Say whether the database refuses a statement; what it did is taken back."""
    point = db.begin_nested()
    try:
        db.execute(statement)
    except DBAPIError:
        return True
    finally:
        point.rollback()
    return False


def made(db: Connection, wish: object, row: dict[str, Any]) -> object:
    """Return the value that a break asks for."""
    if wish == "=helper":
        return row.setdefault("", add(db, METADATA.tables["account"])["id"])
    if wish == "=place":
        return row.setdefault("", add(db, METADATA.tables["location"])["id"])
    if wish == "=before":
        return (row.get("from_at") or row["at"]).replace(year=2001)
    return row[wish] if isinstance(wish, str) and wish in row else wish


def checks() -> dict[str, Table]:
    """Return every check of the models, with its table."""
    return {
        str(one.name): table
        for table in TABLES
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }


def unindexed(metadata: MetaData) -> list[str]:
    """Return the foreign keys that no index begins with, or that do not refuse a deletion."""
    wrong = []
    for table in metadata.sorted_tables:
        uniques = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        indexes: list[Index | UniqueConstraint] = [*table.indexes, *uniques]
        starts = {next(iter(index.columns)).name for index in indexes}
        starts.add(next(iter(table.primary_key.columns)).name)
        for key in table.foreign_key_constraints:
            names = [column.name for column in key.columns]
            if not starts & set(names) or key.ondelete != "RESTRICT":
                wrong.append(f"{table.name}({', '.join(names)})")
    return wrong


def test_a_good_row_is_taken_by_every_table(db: Connection) -> None:
    for table in TABLES:
        add(db, table)


def test_no_required_value_can_be_left_out(db: Connection) -> None:
    taken = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if not column.nullable
        and not refused(db, insert(table).values(good_row(db, table) | {column.name: null()}))
    ]
    assert taken == []


def test_every_check_refuses_what_it_is_there_for(db: Connection) -> None:
    assert set(BREAKS) == set(checks())
    for name, table in checks().items():
        row = good_row(db, table)
        assert not refused(db, insert(table).values(row)), name
        broken = row | {column: made(db, wish, row) for column, wish in BREAKS[name].items()}
        broken.pop("", None)
        with pytest.raises(IntegrityError, match=name), db.begin_nested():
            db.execute(insert(table).values(broken))


def test_nothing_that_must_be_unique_can_be_there_twice(db: Connection) -> None:
    seen = 0
    for table in TABLES:
        for one in (c for c in table.constraints if isinstance(c, UniqueConstraint)):
            if "id" in one.columns:
                continue
            values = {c.name: value_for(c) for c in one.columns if not c.foreign_keys}
            for key in table.foreign_key_constraints:
                if len(key.columns) == 1 and set(key.columns) <= set(one.columns):
                    parent = add(db, key.referred_table)
                    values |= {k.parent.name: parent[k.column.name] for k in key.elements}
            values |= next((BESIDE[name] for name in values if name in BESIDE), {})
            first = add(db, table, **values)
            again = good_row(db, table) | {c.name: first[c.name] for c in one.columns}
            keys = {c.name for key in table.foreign_key_constraints for c in key.columns}
            again |= {name: first[name] for name in (*keys, *values) if name in first}
            assert refused(db, insert(table).values(again)), one.name
            seen += 1
    assert seen > 10


def test_no_row_points_at_nothing_or_at_another_childs_row(db: Connection) -> None:
    for table in TABLES:
        for key in table.foreign_key_constraints:
            row = good_row(db, table)
            first = next(c for c in key.columns if c.name != "child_id" or len(key.columns) == 1)
            lost = row | {first.name: value_for(first)}
            assert refused(db, insert(table).values(lost)), key.name
            if len(key.columns) > 1:
                other = add(db, key.referred_table)
                crossed = row | {first.name: other[next(iter(key.elements)).column.name]}
                assert refused(db, insert(table).values(crossed)), key.name


def test_nothing_that_is_pointed_at_can_be_deleted(db: Connection) -> None:
    for table in TABLES:
        for key in table.foreign_key_constraints:
            parent = add(db, key.referred_table)
            pointing = {one.parent.name: parent[one.column.name] for one in key.elements}
            pointing |= next((BESIDE[name] for name in pointing if name in BESIDE), {})
            add(db, table, **pointing)
            mine = [one.column == parent[one.column.name] for one in key.elements]
            assert refused(db, delete(key.referred_table).where(*mine)), key.name


@pytest.mark.parametrize("name", PERIODS)
def test_two_periods_of_one_child_cannot_overlap(db: Connection, name: str) -> None:
    table = METADATA.tables[name]
    first = add(db, table, from_on=a_day(10), to_on=a_day(20))
    child = {"child_id": first["child_id"], "child_no": first["child_no"]}

    def stands(start: int, end: int | None) -> bool:
        period = {"from_on": a_day(start), "to_on": None if end is None else a_day(end)}
        return not refused(db, insert(table).values(good_row(db, table) | child | period))

    assert stands(20, None)
    assert stands(5, 10)
    assert stands(15, 15)
    assert not stands(19, None)
    assert not stands(5, 11)
    assert not stands(12, 14)
    later = add(db, table, **child, from_on=a_day(20))
    assert refused(db, update(table).where(table.c.id == later["id"]).values(from_on=a_day(19)))


def test_the_status_of_a_move_only_goes_forward(db: Connection) -> None:
    table = METADATA.tables["transfer"]
    row = add(db, table, status="departed")

    def stands(**values: Any) -> bool:
        return not refused(db, update(table).where(table.c.id == row["id"]).values(values))

    assert stands(status="arrived", arrived_on=a_day())
    assert stands(status="cancelled")
    assert not stands(status="confirmed")
    db.execute(update(table).where(table.c.id == row["id"]).values(status="cancelled"))
    assert not stands(status="arrived", arrived_on=a_day())


def test_one_child_departs_once_at_a_time(db: Connection) -> None:
    table = METADATA.tables["transfer"]
    first = add(db, table, status="departed")
    again = good_row(db, table) | {"child_id": first["child_id"]}
    assert not refused(db, insert(table).values(again | {"status": "planned"}))
    assert refused(db, insert(table).values(again | {"status": "departed"}))


def test_every_foreign_key_has_an_index_and_refuses_deletion() -> None:
    assert unindexed(METADATA) == []


def test_a_foreign_key_without_index_or_rule_is_noticed() -> None:
    metadata = MetaData()
    Table("house", metadata, Column("id", Uuid, primary_key=True))
    Table(
        "room",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("house_id", Uuid, ForeignKey("house.id", ondelete="RESTRICT")),
        Column("owner_id", Uuid, ForeignKey("house.id"), index=True),
    )
    assert sorted(unindexed(metadata)) == ["room(house_id)", "room(owner_id)"]


def test_a_statement_that_is_taken_is_not_called_refused(db: Connection) -> None:
    table = METADATA.tables["watermark"]
    assert not refused(db, insert(table).values(good_row(db, table)))

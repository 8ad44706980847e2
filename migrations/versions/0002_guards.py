"""Guards that a table definition cannot say: no overlap, status only forward, a trail that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002_guards"
down_revision = "0001_begin"
branch_labels = None
depends_on = None

PERIODS = ("placement", "responsible", "guardianship", "whereabouts")
TRAIL = ("audit_event", "audit_event_child", "past")

OVERLAP = """
CREATE TRIGGER {table}_no_overlap_{when} BEFORE {event} ON {table}
WHEN (NEW.to_on IS NULL OR NEW.to_on > NEW.from_on) AND EXISTS (
  SELECT 1 FROM {table} o
  WHERE o.child_id = NEW.child_id AND o.id <> NEW.id AND (o.to_on IS NULL OR o.to_on > o.from_on)
    AND (NEW.to_on IS NULL OR o.from_on < NEW.to_on) AND (o.to_on IS NULL OR NEW.from_on < o.to_on))
BEGIN SELECT RAISE(ABORT, '{table}_no_overlap'); END
"""
EXCLUDE = """
ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist
  (int8range(child_no, child_no, '[]') WITH &&, daterange(from_on, to_on, '[)') WITH &&)
"""
RANKS = "CASE {row}.status WHEN 'planned' THEN 1 WHEN 'confirmed' THEN 2 WHEN 'departed' THEN 3 ELSE 4 END"
GOES_BACK = f"({RANKS.format(row='NEW')} < {RANKS.format(row='OLD')} OR (OLD.status IN ('arrived', 'cancelled') AND NEW.status <> OLD.status))"
FORWARD_SQLITE = f"""
CREATE TRIGGER transfer_only_forward BEFORE UPDATE OF status ON transfer WHEN {GOES_BACK}
BEGIN SELECT RAISE(ABORT, 'transfer_only_forward'); END
"""
FORWARD_FUNCTION = f"""
CREATE FUNCTION transfer_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {GOES_BACK} THEN RAISE EXCEPTION 'transfer_only_forward' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW; END $$
"""
GROWS_FUNCTION = """
CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'trail_only_grows' USING ERRCODE = 'check_violation'; END $$
"""


def upgrade() -> None:
    """Set the guards, and the two rows that the house cannot do without."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()
    head = sa.table("audit_head", sa.column("id", sa.Integer), sa.column("seq", sa.BigInteger))
    op.bulk_insert(head, [{"id": 1, "seq": 0}])
    counter = sa.table("counter", sa.column("name", sa.String), sa.column("value", sa.Integer))
    op.bulk_insert(counter, [{"name": "child", "value": 0}])


def _guard_sqlite() -> None:
    for table in PERIODS:
        op.execute(OVERLAP.format(table=table, when="insert", event="INSERT"))
        op.execute(
            OVERLAP.format(table=table, when="update", event="UPDATE OF child_id, from_on, to_on")
        )
    op.execute(FORWARD_SQLITE)
    for table in TRAIL:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_only_grows_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'trail_only_grows'); END"
            )


def _guard_postgresql() -> None:
    for table in PERIODS:
        op.execute(EXCLUDE.format(table=table))
    op.execute(FORWARD_FUNCTION)
    op.execute(
        "CREATE TRIGGER transfer_only_forward BEFORE UPDATE OF status ON transfer "
        "FOR EACH ROW EXECUTE FUNCTION transfer_only_forward()"
    )
    op.execute(GROWS_FUNCTION)
    for table in TRAIL:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
        )


def downgrade() -> None:
    """Take the guards away; the tables go with the step before."""
    op.execute("DELETE FROM counter")
    op.execute("DELETE FROM audit_head")
    if op.get_bind().dialect.name == "postgresql":
        for table in TRAIL:
            op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
        op.execute("DROP FUNCTION trail_only_grows()")
        op.execute("DROP TRIGGER transfer_only_forward ON transfer")
        op.execute("DROP FUNCTION transfer_only_forward()")
        for table in PERIODS:
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        return
    for table in TRAIL:
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_only_grows_{event}")
    op.execute("DROP TRIGGER transfer_only_forward")
    for table in PERIODS:
        for when in ("insert", "update"):
            op.execute(f"DROP TRIGGER {table}_no_overlap_{when}")

"""A trail that only grows, but for closed years: who has no key can take nothing away unseen."""

from alembic import op

revision = "0007_chain"
down_revision = "0006_rows_by_reach"
branch_labels = None
depends_on = None

BOTH = ("audit_event", "audit_event_child")
KEPT = ("audit_check", "audit_break")
OPEN = "OLD.seq > coalesce((SELECT closed_until FROM audit_head WHERE id = 1), 0)"
"""Records of closed years may go: a signed checkpoint outside the database says until which number."""
GOES_BACK = (
    "NEW.seq < OLD.seq OR (OLD.hash IS NOT NULL AND NEW.hash IS NULL) "
    "OR coalesce(NEW.closed_until, 0) < coalesce(OLD.closed_until, 0)"
)
LATER = """
CREATE FUNCTION trail_open_years() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {open} THEN RAISE EXCEPTION 'trail_only_grows' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD; END $$
"""
FORWARD = """
CREATE FUNCTION trail_head_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {back} THEN RAISE EXCEPTION 'trail_head_forward' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW; END $$
"""


def upgrade() -> None:
    """Guard the records of open years, the head, and what was found about the trail."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_postgresql() -> None:
    op.execute(LATER.format(open=OPEN))
    op.execute(FORWARD.format(back=GOES_BACK))
    for table in BOTH:
        op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_open_years BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION trail_open_years()"
        )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
        )
    op.execute(
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head "
        "FOR EACH ROW EXECUTE FUNCTION trail_head_forward()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
    )


def _guard_sqlite() -> None:
    for table in BOTH:
        op.execute(f"DROP TRIGGER {table}_only_grows_delete")
        op.execute(
            f"CREATE TRIGGER {table}_only_grows_delete BEFORE DELETE ON {table} WHEN {OPEN} "
            f"BEGIN SELECT RAISE(ABORT, 'trail_only_grows'); END"
        )
    for table in (*KEPT, "audit_head"):
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'trail_only_grows'); END"
        )
    op.execute(
        f"CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN {GOES_BACK} "
        f"BEGIN SELECT RAISE(ABORT, 'trail_head_forward'); END"
    )


def downgrade() -> None:
    """Take these guards away, and put those of before back."""
    if op.get_bind().dialect.name == "postgresql":
        _open_postgresql()
    else:
        _open_sqlite()


def _open_postgresql() -> None:
    for table in (*KEPT, "audit_head"):
        op.execute(f"DROP TRIGGER {table}_stays ON {table}")
    op.execute("DROP TRIGGER audit_head_forward ON audit_head")
    for table in BOTH:
        op.execute(f"DROP TRIGGER {table}_open_years ON {table}")
        op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
        )
    op.execute("DROP FUNCTION trail_open_years()")
    op.execute("DROP FUNCTION trail_head_forward()")


def _open_sqlite() -> None:
    for table in (*KEPT, "audit_head"):
        op.execute(f"DROP TRIGGER {table}_stays")
    op.execute("DROP TRIGGER audit_head_forward")
    for table in BOTH:
        op.execute(f"DROP TRIGGER {table}_only_grows_delete")
        op.execute(
            f"CREATE TRIGGER {table}_only_grows_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'trail_only_grows'); END"
        )

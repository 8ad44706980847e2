"""Let what rows were go with a child that is erased, and nothing else of the trail."""

from alembic import op

revision = "0008_erasing"
down_revision = "0007_chain"
branch_labels = None
depends_on = None

ERASED = "EXISTS (SELECT 1 FROM erasure e WHERE e.child_id = OLD.child_id AND e.done_at IS NULL)"
SQLITE = (
    "CREATE TRIGGER past_only_grows_delete BEFORE DELETE ON past {when} "
    "BEGIN SELECT RAISE(ABORT, 'trail_only_grows'); END"
)
FUNCTION = f"""
CREATE FUNCTION past_goes_with_a_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NOT {ERASED} THEN RAISE EXCEPTION 'trail_only_grows' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD; END $$
"""
POSTGRESQL = (
    "CREATE TRIGGER past_only_grows BEFORE {events} ON past "
    "FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
)


def upgrade() -> None:
    """Let a row of the past go while its child is being erased."""
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TRIGGER past_only_grows_delete")
        op.execute(SQLITE.format(when=f"WHEN NOT {ERASED}"))
        return
    op.execute("DROP TRIGGER past_only_grows ON past")
    op.execute(POSTGRESQL.format(events="UPDATE OR TRUNCATE"))
    op.execute(FUNCTION)
    op.execute(
        "CREATE TRIGGER past_goes_with_a_child BEFORE DELETE ON past "
        "FOR EACH ROW EXECUTE FUNCTION past_goes_with_a_child()"
    )


def downgrade() -> None:
    """Let no row of the past go."""
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TRIGGER past_only_grows_delete")
        op.execute(SQLITE.format(when=""))
        return
    op.execute("DROP TRIGGER past_goes_with_a_child ON past")
    op.execute("DROP FUNCTION past_goes_with_a_child()")
    op.execute("DROP TRIGGER past_only_grows ON past")
    op.execute(POSTGRESQL.format(events="UPDATE OR DELETE OR TRUNCATE"))

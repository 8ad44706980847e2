"""Row-level security: the file of a child is rows of children in reach, and of nobody without a context.

The fourth layer (security.md 3.3), on PostgreSQL only: forced, so also for the owner of the tables. The
context is set for each transaction by kernel.door; without it every protected table is empty.
"""

from alembic import op

revision = "0006_rows_by_reach"
down_revision = "0005_trust"
branch_labels = None
depends_on = None

FILES = (
    "absence", "absence_report", "alert", "alert_spell", "alert_step", "alert_turn", "best_decision",
    "care_contact", "care_line", "consent", "contact", "gap", "guardianship", "handover", "hold", "meeting",
    "message", "move_list_row", "observation", "placement", "plan", "promise", "provider_answer", "relative",
    "responsible", "runway", "school_record", "statement", "support", "transfer", "whereabouts",
)  # fmt: skip


def said(name: str, kind: str = "", *, many: bool = False) -> str:
    """Return what the transaction was told of who asks, worked out once in a statement."""
    word = f"nullif(current_setting('caseapp.{name}', true), '')"
    if many:
        word = f"string_to_array({word}, ',')"
    return f"(SELECT {word}{kind})"


REACHED = f"""
CREATE VIEW reached AS SELECT reach.child_id FROM reach
WHERE reach.from_at <= {said("now", "::timestamptz")}
  AND (reach.until_at IS NULL OR reach.until_at > {said("now", "::timestamptz")})
  AND (reach.account_id = ANY ({said("accounts", "::uuid[]", many=True)}::uuid[])
    OR reach.location_id = ANY ({said("locations", "::uuid[]", many=True)}::uuid[])
    OR reach.region = ANY ({said("regions", many=True)}::text[])
    OR reach.desk = {said("desk")})
"""  # noqa: S608 (of names in this file)
"""The children in reach of who asks: the predicate of people.queries.reaches, at its least."""

IN_REACH = f"""
CREATE POLICY in_reach ON {{table}} USING (
  {said("everywhere")} = 'on'
  OR EXISTS (SELECT FROM reached WHERE reached.child_id = {{table}}.{{key}})
  OR {{table}}.{{key}} = ANY ({said("children", "::uuid[]", many=True)}::uuid[])
)
"""


def upgrade() -> None:
    """Force row-level security on every table of a child's file."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(REACHED)
    for table, key in (("child", "id"), *((table, "child_id") for table in FILES)):
        op.execute(IN_REACH.format(table=table, key=key))
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take the security of rows away again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("child", *FILES):
        op.execute(f"DROP POLICY in_reach ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP VIEW reached")

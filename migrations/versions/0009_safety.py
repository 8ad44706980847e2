"""Row-level security of the files of the reporting code: a policy of their own.

Reach opens none of them. They are rows for the protection lead of the location, whom the context names, and
for what reads past what people see: the nightly look, a backup, an erasure.
"""

from alembic import op

revision = "0009_safety"
down_revision = "0008_erasing"
branch_labels = None
depends_on = None

BEYOND = (
    "(SELECT current_setting('caseapp.everywhere', true) = 'on'"
    " AND coalesce(current_setting('caseapp.national', true), '') <> 'on')"
)
"""A coordinator of the whole country reads past reach always, so that is no right to these rows."""
PLACES = (
    "(SELECT string_to_array(nullif(current_setting('caseapp.protection', true), ''), ',')::uuid[])"
)
OF_LEAD = f"protection_file.location_id = ANY ({PLACES}::uuid[])"
PARTS = ("protection_entry", "protection_alert")


def upgrade() -> None:
    """Let only the protection lead of the location have these rows."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"CREATE POLICY of_lead ON protection_file USING ({BEYOND} OR {OF_LEAD})")
    for table in PARTS:
        within = (
            f"EXISTS (SELECT FROM protection_file WHERE protection_file.id = {table}.file_id"
            f" AND {OF_LEAD})"
        )
        op.execute(f"CREATE POLICY of_lead ON {table} USING ({BEYOND} OR {within})")
    for table in ("protection_file", *PARTS):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take the security of these rows away again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (*PARTS, "protection_file"):
        op.execute(f"DROP POLICY of_lead ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

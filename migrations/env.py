"""Runs the migrations: one line, one lock, our column types written as what the database sees."""

from typing import Any

from alembic import context
from sqlalchemy import text
from sqlalchemy.engine import Connection

LOCK = 20260918
STATEMENT_LIMIT = "SET LOCAL statement_timeout = '15min'"


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own types as plain ones, so that a migration never imports the app."""
    if kind != "type":
        return False
    names = {"Instant": "sa.DateTime(timezone=True)", "Ciphertext": "sa.LargeBinary()"}
    return names.get(type(item).__name__, False)


def run(connection: Connection) -> None:
    """Take the lock, run what is missing, and give the application its rights."""
    attributes = context.config.attributes
    context.configure(
        connection=connection,
        target_metadata=attributes.get("metadata"),
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(STATEMENT_LIMIT))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()
        role = attributes.get("app_role")
        if connection.dialect.name == "postgresql" and role:
            for statement in rights(connection, role):
                connection.execute(text(statement))


READ_AND_ADD_ONLY = ("audit_event", "audit_event_child")
GOES_WITH_A_CHILD = "past"
"""What rows were may go while their child is being erased: a trigger lets nothing else go (0008)."""


def rights(connection: Connection, role: str) -> list[str]:
    """Return the rights of the application's role: it owns nothing, and never edits the trail."""
    name = connection.dialect.identifier_preparer.quote(role)
    tables = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO"
    trail = ", ".join(READ_AND_ADD_ONLY)
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"{tables} {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {trail} FROM {name}",
        f"REVOKE UPDATE, TRUNCATE ON {GOES_WITH_A_CHILD} FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}",
    ]


run(context.config.attributes["connection"])

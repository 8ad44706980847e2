"""Looking at a database as a test does: at every row, whoever may see it."""

from sqlalchemy import Connection, func, select


def see_all(db: Connection) -> Connection:
    """Let PostgreSQL give every row to this transaction, and return its connection."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.set_config("caseapp.everywhere", "on", True)))
    return db

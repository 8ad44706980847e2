"""What the database says about itself: its settings, our role in it, and what a row may be seen by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, column, func, select, table, text

SQLITE_ASKED: Final = (
    "journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout",
    "trusted_schema", "temp_store",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """What the role of the application can do on PostgreSQL beyond using its tables."""

    is_super: bool
    passes_security: bool
    owns: tuple[str, ...]


def settings_of(engine: Engine) -> Mapping[str, str]:
    """Return the settings that hold for a connection of ours, by name, as the database writes them."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return {
                name: str(connection.execute(text(f"PRAGMA {name}")).scalar())
                for name in SQLITE_ASKED
            }
        shown = table("pg_settings", column("name"), column("setting"))
        return {str(name): str(value) for name, value in connection.execute(select(shown))}


def role_of(engine: Engine) -> Role:
    """Return what our role on PostgreSQL is and owns."""
    roles = table("pg_roles", column("rolname"), column("rolsuper"), column("rolbypassrls"))
    tables = table("pg_tables", column("tablename"), column("tableowner"), column("schemaname"))
    me = func.current_user()
    with engine.connect() as connection:
        found = connection.execute(select(roles).where(roles.c.rolname == me)).one()
        owned = connection.scalars(
            select(tables.c.tablename)
            .where(tables.c.tableowner == me, tables.c.schemaname == "public")
            .order_by(tables.c.tablename)
        ).all()
    return Role(bool(found.rolsuper), bool(found.rolbypassrls), tuple(owned))


def not_forced(engine: Engine, names: Collection[str]) -> list[str]:
    """Return which of these tables show rows to somebody whom no policy lets in."""
    tables = table(
        "pg_class", column("relname"), column("relrowsecurity"), column("relforcerowsecurity")
    )
    forced = tables.c.relrowsecurity & tables.c.relforcerowsecurity
    with engine.connect() as connection:
        safe = set(connection.scalars(select(tables.c.relname).where(forced)))
    return sorted(set(names) - safe)


def shown_to_nobody(engine: Engine, names: Collection[str]) -> list[str]:
    """Return which of these tables show a row to a connection that said for nobody it reads."""
    with engine.connect() as connection:
        return [
            name
            for name in sorted(names)
            if connection.execute(select(1).select_from(table(name)).limit(1)).first()
        ]


def connection_is_private(engine: Engine) -> bool:
    """Say whether the road to PostgreSQL is a socket of this machine, or TLS that checks who answers."""
    url = engine.url
    host = str(url.query.get("host") or url.host or "")
    return host.startswith("/") or url.query.get("sslmode") == "verify-full"

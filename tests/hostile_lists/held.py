"""What a database holds, as one figure for each table: whether anything was written."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Final

from sqlalchemy import select

from caseapp.kernel.machine import Machine
from caseapp.tables import METADATA
from tests.all_rows import see_all

OF_AN_UPLOAD: Final = frozenset({
    "audit_event", "audit_event_child", "audit_head", "list_run", "list_row", "list_file", "sent_form",
    "user_session", "huey_task", "huey_schedule", "huey_kv", "huey_counter", "job_turn",
})  # fmt: skip
"""What a list leaves that was brought and looked at: itself, and the trail; nothing about children."""

Held = Mapping[str, str]


def held(machine: Machine) -> Held:
    """Return one figure for each table."""
    found = {}
    with machine.engine.connect() as connection:
        see_all(connection)
        for name, table in METADATA.tables.items():
            rows = connection.execute(select(table).order_by(*table.primary_key)).all()
            found[name] = sha256("\n".join(map(repr, rows)).encode()).hexdigest()
    return found


def changed(before: Held, after: Held, leave_out: Collection[str] = ()) -> list[str]:
    """Return the tables that hold something else than before."""
    return sorted(name for name in before if before[name] != after[name] and name not in leave_out)

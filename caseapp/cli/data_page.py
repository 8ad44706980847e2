"""The page docs/data.md: every column, under which seal or why it is clear, and how long it is kept."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import JSON, Column, LargeBinary, String, Table, Text

from caseapp.kernel.seals import Sealed
from caseapp.tables import METADATA

RECORD: Final = "20 years after the last change to the file (Jeugdwet 7.3.8)"
GUARDIANS: Final = "until 30 years after majority (selection list of the guardianship office)"
TRAIL: Final = "at least 5 years from writing, at most as long as the file (Stcrt. 2019, 38007)"
REFERENCE: Final = "as long as a file refers to it"
STAFF: Final = "as long as the trail names the account"

KEPT: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "absence", "absence_report", "best_decision", "care_contact", "care_line", "child", "consent",
            "contact", "handover", "hold", "meeting", "message", "observation", "placement", "promise",
            "provider_answer", "relative", "responsible", "runway", "school_record", "statement", "support",
            "transfer", "whereabouts", "past",
        ),
        RECORD,
    ),
    **dict.fromkeys(("guardianship", "plan"), GUARDIANS),
    **dict.fromkeys(
        (
            "audit_break", "audit_check", "audit_event", "audit_event_child", "audit_head", "log_review",
            "log_review_item",
        ),
        TRAIL,
    ),
    **dict.fromkeys(("limit_set", "load_alert", "location", "school"), REFERENCE),
    **dict.fromkeys(("account", "access_grant", "factor", "leave"), STAFF),
    "two_people": TRAIL,
    **dict.fromkeys(("protection_alert", "protection_entry", "protection_file"), RECORD),
    "erasure": "for good: a restored copy has to be told whom it may not bring back",
    "emergency": TRAIL,
    **dict.fromkeys(
        ("alert", "alert_spell", "alert_step", "alert_turn", "gap", "told"), "with the file of the child"
    ),
    **dict.fromkeys(("move_list", "move_list_row"), "a year after it was made"),
    "privacy_request": "5 years after it was closed; its words go with the file of the child",
    "retention_item": "5 years after the decision; its words go with the file of the child",
    "reach": "made from stays, moves and responsibility; ended rows with the file",
    **dict.fromkeys(("notice", "bundled", "letter"), "until it was read or sent, at most a year"),
    "mailbox": STAFF,
    "job_turn": "one row a job",
    **dict.fromkeys(
        ("huey_counter", "huey_kv", "huey_schedule", "huey_task"), "until the worker took it, a minute"
    ),
    "user_session": "30 days after it ended",
    "recovery_code": "until new ones are made",
    "throttle": "two days, to slow down guessers",
    "known_origin": "90 days after the last sign-in from there",
    "linked_identity": STAFF,
    "first_key": "one row for each first account; good for a day",
    "sent_form": "two days, to notice a form that is sent twice",
    "list_run": "a year; what is sealed of it until its key is destroyed (list_key_days)",
    "list_file": "until the list is applied or withdrawn",
    "list_row": "with its run; unreadable from when its key is destroyed",
    **dict.fromkeys(("list_child", "list_change"), "with its run"),
    "watermark": "one row a job",
    "counter": "one row a counter",
}  # fmt: skip
"""How long each table is kept; a table without a line stops `make docs`."""

_HEAD: Final = """# What is kept, how, and for how long

Sealed by default: a sealed column holds envelopes (AES-256-GCM, a key for each child and domain,
bound to table, column, child and row). A clear text column says why: **K** key or link between
pseudonymous ids, **P** period or state that SQL needs, **C** code that a board filters by,
**R** about places, **S** about staff. *Index*: a keyed hash, only good for "is it equal".

How long is policy: the terms below are what the erasure of files goes by. Nothing is deleted before,
and nothing is deleted by hand.
"""


def data_page() -> str:
    """Return the page as Markdown: a heading and a table of columns for each table."""
    return "\n".join((_HEAD, *_tables()))


def _tables() -> Iterator[str]:
    for table in sorted(METADATA.tables.values(), key=lambda one: one.name):
        yield f"## {table.name}\n"
        yield f"Kept: {KEPT[table.name]}.\n"
        yield "| column | type | how |"
        yield "|---|---|---|"
        yield from (f"| {column.name} | {_kind(column)} | {how(column)} |" for column in _in(table))
        yield ""


def _in(table: Table) -> Iterator[Column[Any]]:
    yield from table.columns


def _kind(column: Column[Any]) -> str:
    return "text" if isinstance(column.type, String) else type(column.type).__name__.lower()


def how(column: Column[Any]) -> str:
    """Return under which seal a column stands, or why it is clear; raises KeyError when text does not say."""
    seal = column.info.get("seal")
    if isinstance(seal, Sealed):
        return f"sealed: {seal.domain.value}, {seal.kind.__name__}"
    if isinstance(column.type, (String, Text, JSON)):
        return f"clear: {column.info['clear']}"
    if isinstance(column.type, LargeBinary):
        return (
            "index: a keyed hash" if column.name.endswith("_index") else "bytes: a hash or a record"
        )
    return "clear: key" if column.primary_key or column.foreign_keys else "clear: id, day, number"

"""What stands on the ground about the trail: a record that waits for the privacy officer, and a break."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, insert

from caseapp.tables import METADATA
from tests.world import NOW, TODAY, World

ITEM = UUID(int=0xA1)
BREAK = UUID(int=0xA2)
REVIEW = UUID(int=0xA3)
KNOWN: Mapping[str, UUID] = {"item_id": ITEM, "break_id": BREAK}


def tell_of_trail(db: Connection, world: World) -> None:
    """Let a record wait for the privacy officer, and a break be acknowledged long ago."""
    tables = METADATA.tables
    db.execute(
        insert(tables["log_review"]).values(id=REVIEW, monday=TODAY, made_at=NOW, due_on=TODAY)
    )
    db.execute(
        insert(tables["log_review_item"]).values(
            id=ITEM, review_id=REVIEW, seq=2, account_id=world.accounts["cpk"], pick="drawn"
        )
    )
    db.execute(
        insert(tables["audit_break"]).values(
            id=BREAK, found_at=NOW, upto=1, kinds="gap", evidence="2026", acknowledged_at=NOW,
            first_by=world.accounts["privacy_officer"], second_by=world.accounts["administrator"],
        )
    )  # fmt: skip

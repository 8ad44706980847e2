"""A dossier document on its way in: the facts, with the keys under which they will be kept."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from caseapp.domain.facts import Dossier

LENGTH_OF_A_UUID = 36


def record_id(child_id: UUID, table: str, ref: str) -> UUID:
    """Return the key of a record: its own id when that is a UUID, else one made from child, list and id.

    So the same document twice names the same rows, and a round trip is equal up to that (data-model.md 1).
    """
    if len(ref) == LENGTH_OF_A_UUID:
        with suppress(ValueError):
            return UUID(ref)
    return uuid5(child_id, f"{table}/{ref}")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One document: its child's key and number, and which accounts and places its records mean."""

    child_id: UUID
    child_no: int
    dossier: Dossier
    locations: Mapping[str, UUID] = field(default_factory=dict)
    """Location name or code as in the document -> location key; a place that is not there is kept by name."""
    accounts: Mapping[str, UUID] = field(default_factory=dict)
    """`responsible/r1`, `guardianship/g1`, `support/s1` -> account key; others are kept by name."""
    relatives: Mapping[str, UUID] = field(default_factory=dict)
    """`ref` of a family member -> child key, for those whom we follow too."""
    family_number: str | None = None
    language_text: str | None = None
    """A language in words, where a list gives no code of one."""

    def key(self, table: str, ref: str) -> UUID:
        """Return the key of one of this document's records."""
        return record_id(self.child_id, table, ref)

"""Which part of a file a record is about: read from the seals of the table and columns that it names."""

from functools import cache
from typing import Final

from caseapp.kernel.crypto import Domain
from caseapp.kernel.db import Base

NONE: Final = "none"
"""A table without a seal, or a page: nothing personal by itself."""


@cache
def data_class(table_name: str, fields: tuple[str, ...]) -> str:
    """Return the domain of the named columns, the strictest one first, else the domain of the table."""
    table = Base.metadata.tables.get(table_name)
    if table is None:
        return NONE
    seals = {
        column.name: column.info["seal"].domain for column in table.columns if "seal" in column.info
    }
    named = {seals[name] for name in fields if name in seals}
    every = named or set(seals.values()) - {Domain.HEALTH} or set(seals.values())
    if not every and (table_name == "child" or "child_id" in table.columns):
        return Domain.DOSSIER.value
    return Domain.HEALTH.value if Domain.HEALTH in every else min(every, default=NONE)

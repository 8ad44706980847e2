"""What the rows of files are now, held against what the trail says last of each of them."""

import sqlite3
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from sqlalchemy import Table, select

from caseapp.domain.trail import Problem, Wrong
from caseapp.kernel import digests
from caseapp.kernel.db import Base
from caseapp.kernel.digests import ENTRY, GONE, SIZE
from caseapp.kernel.work import Work

AT_ONCE: Final = 2000
KEEP: Final = "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)"


class RowsNow:
    """The last digest of each row, on a disk of its own: there may be a million of them."""

    def __init__(self) -> None:
        self._said = sqlite3.connect("")
        self._said.execute(
            "CREATE TABLE said (mark BLOB, id BLOB, digest BLOB, seq INTEGER, PRIMARY KEY (mark, id)) "
            "WITHOUT ROWID"
        )

    def keep(self, seq: int, entries: bytes) -> None:
        """Keep what a record says of the rows that were written."""
        parts = (entries[at : at + ENTRY] for at in range(0, len(entries), ENTRY))
        rows = ((one[:SIZE], one[SIZE : 2 * SIZE], one[2 * SIZE :], seq) for one in parts)
        self._said.executemany(KEEP, rows)

    def problems(self, work: Work) -> Iterator[Problem]:
        """Yield each row that is not what its last record says, is gone, or of which no record tells."""
        for table in Base.metadata.sorted_tables:
            if digests.told(table):
                yield from self._of(work, table)
        self._said.close()

    def _of(self, work: Work, table: Table) -> Iterator[Problem]:
        mark = digests.mark(str(table.name))
        found = self._said.execute("SELECT id, digest, seq FROM said WHERE mark = ?", (mark,))
        said = {key: (digest, seq) for key, digest, seq in found}
        every = select(table).execution_options(yield_per=AT_ONCE)
        for row in work.session.execute(every).mappings():
            key: UUID = row["id"]
            digest, seq = said.pop(key.bytes, (None, 0))
            if digest is None:
                yield Problem(0, Wrong.ORPHAN, f"{table.name} {key}")
            elif digest != digests.digest(table, dict(row)):
                yield Problem(seq, Wrong.ROW, f"{table.name} {key}")
        for raw_key, (digest, seq) in said.items():
            if digest != GONE:
                yield Problem(seq, Wrong.ROW, f"{table.name} {UUID(bytes=raw_key)}")

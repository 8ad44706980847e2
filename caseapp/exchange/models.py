"""Tables of the lists that come in: each run with its file, its rows, and what it wrote."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import Region
from caseapp.domain.lists.course import Decision, How, RunState
from caseapp.domain.lists.kept import Packed, RowSaid, RunFacts
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.kernel.db import Base, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


class ListRun(Base):
    """One list that somebody brings in: who, when, which, how far it is, and how it went.

    `at` is when it was uploaded, for the command when it was applied. `region` is that of a coordinator
    who has one: who works there may see the run. `seq_at` is the number that the trail had reached when
    it was applied: what was built on it came later. `claim` is of the worker that has it.
    """

    __tablename__ = "list_run"
    __subject__: ClassVar[str] = "id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    list_kind: Mapped[str] = coded(ListKind, "C: a code")
    file_name = Sealed[str](Domain.IMPORT, str)
    file_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    on_day: Mapped[date] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    counts: Mapped[dict[str, int]] = mapped_column(JSON, info={"clear": "C: counts of rows"})
    state: Mapped[str] = coded(
        RunState,
        "C: how far it is",
        default=RunState.APPLIED.value,
        server_default=RunState.APPLIED.value,
    )
    region: Mapped[str | None] = coded(Region, "S: where who brought it works")
    stage: Mapped[str | None] = plain("C: what the worker is doing", length=40)
    done: Mapped[int | None] = mapped_column()
    total: Mapped[int | None] = mapped_column()
    claim: Mapped[UUID | None] = mapped_column()
    leased_until: Mapped[datetime | None] = mapped_column()
    error: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), info={"clear": "C: a code, and names of columns of ours"}
    )
    facts = Sealed[RunFacts](Domain.IMPORT, RunFacts, optional=True)
    applied_at: Mapped[datetime | None] = mapped_column()
    seq_at: Mapped[int | None] = mapped_column(BigInteger)
    undone_at: Mapped[datetime | None] = mapped_column()
    undone_by: Mapped[UUID | None] = mapped_column()
    key_gone_at: Mapped[datetime | None] = mapped_column()


class ListFile(Base):
    """The table of a run, without what has no place here; gone when it is applied or withdrawn."""

    __tablename__ = "list_file"
    __subject__: ClassVar[str] = "id"

    id: Mapped[UUID] = mapped_column(
        ForeignKey("list_run.id", ondelete="RESTRICT"), primary_key=True
    )
    content = Sealed[Packed](Domain.IMPORT, Packed)


class ListRow(Base):
    """A row of a run of which there is something to say; `number` is the one of a spreadsheet."""

    __tablename__ = "list_row"
    __subject__: ClassVar[str] = "run_id"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("list_run.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column()
    verdict: Mapped[str] = coded(Verdict, "C: what becomes of it")
    reasons: Mapped[list[str]] = mapped_column(JSON, info={"clear": "C: codes, each once"})
    said = Sealed[RowSaid](Domain.IMPORT, RowSaid)
    takeable: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str | None] = coded(Decision, "C: what a person decided")
    decided_by: Mapped[UUID | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()


class ListChild(Base):
    """A child whose file a run began or wrote in."""

    __tablename__ = "list_child"

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("list_run.id", ondelete="RESTRICT"), primary_key=True
    )
    child_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    how: Mapped[str] = coded((How.ADDED, How.CHANGED), "C: a code")


class ListChange(Base):
    """A row of the record that a run wrote, of a child that was known before, with what it was."""

    __tablename__ = "list_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("list_run.id", ondelete="RESTRICT"), index=True)
    child_id: Mapped[UUID | None] = mapped_column(index=True)
    table_name: Mapped[str] = plain("C: name of a table", length=60)
    row_id: Mapped[UUID] = mapped_column()
    how: Mapped[str] = coded(How, "C: a code")
    clear_values: Mapped[dict[str, object]] = mapped_column(
        JSON, info={"clear": "the clear columns of the row, clear for their own reasons"}
    )
    sealed_values: Mapped[dict[str, object]] = mapped_column(
        JSON, info={"clear": "envelopes as base64: still sealed"}
    )
    version: Mapped[int | None] = mapped_column()

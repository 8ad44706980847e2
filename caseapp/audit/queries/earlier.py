"""What stood in the trail before it became a chain: a digest over it, column by column."""

from hashlib import sha256
from typing import Final, NamedTuple, cast

import msgspec
from sqlalchemy import Table, select

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.kernel.raw import raw
from caseapp.kernel.work import Work

AT_ONCE: Final = 2000
_EVENT: Final = cast("Table", AuditEvent.__table__)
_CHILD: Final = cast("Table", AuditEventChild.__table__)


class Earlier(NamedTuple):
    """How many records there are without a hash, and the digest over them and their children."""

    records: int
    digest: str


def earlier(work: Work) -> Earlier:
    """Return what stands before the chain, read in the order of its numbers; empty columns do not count."""
    names = _EVENT.columns.keys()
    whole, records = sha256(), 0
    packed = msgspec.msgpack.Encoder().encode
    chained = select(_EVENT.c.seq).where(_EVENT.c.hash.is_not(None))
    first = work.session.execute(chained.order_by(_EVENT.c.seq).limit(1)).scalar()
    before = select(_EVENT).order_by(_EVENT.c.seq)
    if first is not None:
        before = before.where(_EVENT.c.seq < first)
    last = 0
    for row in work.session.execute(before.execution_options(yield_per=AT_ONCE)):
        told = [one for one in zip(names, raw(row), strict=True) if one[1] is not None]
        whole.update(packed(told))
        records, last = records + 1, row.seq
    children = select(_CHILD).where(_CHILD.c.seq <= last).order_by(*_CHILD.c)
    for row in work.session.execute(children.execution_options(yield_per=AT_ONCE)):
        whole.update(packed(raw(row)))
    return Earlier(records, whole.hexdigest())

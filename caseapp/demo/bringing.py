"""Bringing in the lists of the demo world: by who brings them, and by the worker that looks at them."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from caseapp.demo.listing import LISTS, DemoList, Then
from caseapp.demo.troupe import Troupe
from caseapp.domain.lists.reader import read_table
from caseapp.exchange import queries
from caseapp.exchange.actions import start_applying, submit, withdraw
from caseapp.exchange.jobs import lists
from caseapp.kernel.machine import Machine

_ACTS = {Then.IS_APPLIED: start_applying, Then.IS_WITHDRAWN: withdraw}


def bring_lists(machine: Machine, troupe: Troupe) -> None:
    """Let four lists come in, and apply or withdraw those of which that was decided."""
    brought = {_submit(troupe, one): one for one in LISTS}
    lists(machine)
    _decide(troupe, brought.items())
    lists(machine)


def _submit(troupe: Troupe, one: DemoList) -> UUID:
    data = one.text(troupe.world).encode()
    with troupe.acting(one.who) as work:
        run = submit(
            work,
            one.kind,
            read_table(one.kind, data),
            file_name=one.file_name,
            on=work.today,
            file_hash=sha256(data).digest(),
        )
        return run.id


def _decide(troupe: Troupe, brought: Iterable[tuple[UUID, DemoList]]) -> None:
    for run_id, one in brought:
        act = _ACTS.get(one.then)
        if act is None:
            continue
        with troupe.acting(one.who) as work:
            run = queries.run(work, run_id)
            if run is None:
                raise LookupError(one.file_name)
            act(work, run)

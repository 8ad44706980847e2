"""The fourth layer: what a transaction tells the server of who asks, so that it gives only rows in reach.

On PostgreSQL the policies of migration 0006 look at it; without it every file is empty. It is set for one
transaction only: a connection that is used again knows nothing of who used it before (security.md 3.3).
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from caseapp.domain.policy import Actor, Permission

if TYPE_CHECKING:
    from caseapp.kernel.work import Work


def watch(session: Session) -> None:
    """Tell the server at the beginning of each transaction of this session who asks."""
    event.listen(session, "after_begin", _tell_who)


def _tell_who(session: Session, _transaction: object, connection: Connection) -> None:
    """Tell the server for this transaction whose rows it may give; without this there are none."""
    if connection.dialect.name != "postgresql":
        return
    work: Work = session.info["work"]
    scope = _scope(work) if work.actor.account_id is not None else {}
    if work.reads_past:
        _say(connection, everywhere="on", **scope)  # the scope is for when it reads past no more
    elif scope:
        _say(connection, **scope)


def _scope(work: "Work") -> dict[str, str]:
    actor = work.actor
    return {
        "now": work.now.isoformat(),
        "accounts": _listed(actor.account_ids),
        "locations": _listed(actor.location_ids),
        "regions": _listed(actor.regions),
        "desk": "guardianship" if actor.is_guardianship_desk else "",
        "children": _listed((*actor.child_ids, *work.made)),
        "protection": _listed(protected_places(actor)),
        "national": "on" if actor.sees_all else "",
    }


def protected_places(actor: Actor) -> tuple[UUID, ...]:
    """Return the locations of which this actor keeps the files of the reporting code: own rights only."""
    own = actor.on_own_rights
    return own.location_ids if own.may(Permission.PROTECTION_FILE) else ()


def _listed(values: Iterable[object]) -> str:
    return ",".join(map(str, values))


def _say(connection: Connection, **told: str) -> None:
    """Set what the policies of the tables look at, until the end of this transaction only."""
    words = [func.set_config(f"caseapp.{name}", value, True) for name, value in told.items()]
    connection.execute(select(*words))


def tell_again(session: Session) -> None:
    """Tell the server anew who asks, in the transaction that runs."""
    if _runs_on_server(session):
        _say(session.connection(), everywhere="off")
        _tell_who(session, None, session.connection())


def widen(session: Session) -> None:
    """Let the server give all rows for a while."""
    _say_now(session, everywhere="on")


def narrow(session: Session) -> None:
    """Let the server give the rows of who asks again; a transaction that failed gives none anyway."""
    with suppress(SQLAlchemyError):
        _say_now(session, everywhere="off")


def tell_children(session: Session) -> None:
    """Tell the server which children are being registered in this transaction."""
    work: Work = session.info["work"]
    if not work.reads_past:
        _say_now(session, children=_scope(work)["children"])


def _say_now(session: Session, **told: str) -> None:
    """Say it in the transaction that runs; one that has yet to begin hears it then."""
    if _runs_on_server(session):
        _say(session.connection(), **told)


def _runs_on_server(session: Session) -> bool:
    return session.in_transaction() and session.get_bind().dialect.name == "postgresql"

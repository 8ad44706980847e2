"""Checks of who sees what: the door in the program, and row-level security below it."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from caseapp.doctor.finding import Finding, ok, red, refuse
from caseapp.domain.policy import Actor
from caseapp.kernel.door import UnmarkedSelectError, protected
from caseapp.kernel.machine import Machine
from caseapp.kernel.probes import not_forced, shown_to_nobody
from caseapp.tables import METADATA

NOBODY_OF_OURS = Actor(account_id=UUID(int=0), name="doctor")


def door(machine: Machine) -> Finding:
    """Refuse a program in which a person's select on a file is let through without having been marked."""
    work = machine.work(NOBODY_OF_OURS, writes=False)
    open_ones = []
    try:
        for name in sorted(protected(METADATA)):
            try:
                work.session.execute(select(METADATA.tables[name]).limit(1))
                open_ones.append(name)
            except UnmarkedSelectError:
                work.session.rollback()
    finally:
        work.session.rollback()
        work.session.close()
    if open_ones:
        return refuse(_("Unmarked reading is let through: %(what)s.", what=", ".join(open_ones)))
    return ok(_("Reading a file without coming through the door is refused."))


def rows(machine: Machine) -> Finding:
    """Refuse a PostgreSQL that shows rows of a file to a connection that did not say who asks."""
    if machine.engine.dialect.name == "sqlite":
        return red(_("SQLite has no rules for rows: the program checks alone."))
    names = protected(METADATA)
    bare = not_forced(machine.engine, names)
    if bare:
        return refuse(_("Without forced rules for rows: %(what)s.", what=", ".join(bare)))
    shown = shown_to_nobody(machine.engine, names)
    if shown:
        return refuse(_("Rows are shown to nobody in particular: %(what)s.", what=", ".join(shown)))
    return ok(_("Without a reader the database shows no row of a file."))

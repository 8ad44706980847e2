"""The check of who must not come back with a restored copy."""

from flask_babel import lazy_gettext as _

from caseapp.doctor.finding import Finding, ok, refuse
from caseapp.kernel.machine import Machine
from caseapp.kernel.tombstones import TombstoneError
from caseapp.privacy.queries import lacking


def erasures(machine: Machine) -> Finding:
    """Refuse a restored copy that could bring somebody back who was erased."""
    try:
        lacks = lacking(machine)
    except TombstoneError:
        return refuse(_("The records of erased children contradict each other."))
    if lacks:
        return refuse(_("Erasures have to be replayed: run 'caseapp restore --replay'."))
    return ok(_("Database, keystore and journal know of the same erasures."))

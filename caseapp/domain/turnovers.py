"""Which stay each arrived transfer of a document began: one stay has at most one transfer."""

from caseapp.domain.codes import TransferStatus
from caseapp.domain.facts import Dossier


def turnovers(dossier: Dossier) -> dict[str, str]:
    """Return for each arrived transfer that turned a stay over the id of the stay that it began."""
    free = {(stay.start, stay.location): stay.id for stay in reversed(dossier.placements)}
    found: dict[str, str] = {}
    for transfer in dossier.transfers:
        if transfer.status is not TransferStatus.ARRIVED or transfer.arrived_on is None:
            continue
        stay_id = free.pop((transfer.arrived_on, transfer.to_location), None)
        if stay_id is not None:
            found[transfer.id] = stay_id
    return found

"""What the page of a child reads: the record of one child in a handful of statements, as far as it is open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.accounts.queries import Someone
from caseapp.care import facts as care
from caseapp.care.facts import Entry as CareEntry
from caseapp.domain.policy import Sees
from caseapp.guardianship import queries as guarding
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.observations import queries as observations
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.placements import queries as placements
from caseapp.reference import queries as reference
from caseapp.schooling import facts as schooling
from caseapp.schooling.facts import Entry as SchoolEntry

if TYPE_CHECKING:
    from caseapp.guardianship.models import Guardianship, Support
    from caseapp.moves.models import Handover, Responsible, Transfer
    from caseapp.people.models import Relative
    from caseapp.placements.models import Placement, Whereabouts
    from caseapp.reference.models import Location

FACE_TO_FACE = "face_to_face"
BY_GUARDIAN = "guardian"

T = TypeVar("T")


@dataclass(slots=True)
class Record:
    """What stands in the file of one child, as much of it as the reader may see; newest last."""

    stays: "Sequence[Placement]" = ()
    away: "Sequence[Whereabouts]" = ()
    moves: "Sequence[Transfer]" = ()
    handovers: "dict[UUID, Handover]" = field(default_factory=dict)
    bearers: "Sequence[Responsible]" = ()
    schools: Sequence[SchoolEntry] = ()
    care: Sequence[CareEntry] = ()
    guardians: "Sequence[Guardianship]" = ()
    supports: "Sequence[Support]" = ()
    relatives: "Sequence[Relative]" = ()
    interrupted: frozenset[str] = frozenset()
    """The lines of care that a move broke, by the open alerts."""
    last_seen: date | None = None
    guardian_saw: date | None = None
    places: "dict[UUID, Location]" = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    """The names of the places, as the reader may know them."""
    workers: dict[UUID, Someone] = field(default_factory=dict)

    def place(self, location_id: UUID | None) -> str:
        """Return the name of a location; nothing for a place that is none of ours."""
        location = self.places.get(location_id) if location_id else None
        return self.names.get(location.id, "") if location else ""


def record_of(work: Work, child: Sight) -> Record:
    """Read the file of a child: all of it, up to the departure, what a handover shows, or nothing."""
    if child.sees is Sees.HEADER:
        return Record()
    record = Record(
        schools=schooling.history(work, child.id, child.until_on),
        care=care.history(work, child.id, child.until_on),
        guardians=guarding.guardianships(work, child.id),
    )
    if child.sees is not Sees.HANDOVER:
        _add_places(work, child, record)
    if child.open_file:
        _add_the_rest(work, child, record)
    _add_names(work, record)
    return record


def _add_places(work: Work, child: Sight, record: Record) -> None:
    record.stays = _until(child, placements.stays(work, child.id))
    record.away = _until(child, placements.whereabouts(work, child.id))
    record.supports = _until(child, guarding.supports(work, child.id))
    record.guardians = _until(child, record.guardians)
    record.moves = moves.transfers(work, child.id)
    if child.until_on is not None:
        record.moves = [
            row for row in record.moves if row.arrived_on and row.arrived_on < child.until_on
        ]


def _until(child: Sight, rows: Sequence[T]) -> Sequence[T]:
    """Leave out what began when the child had gone: who just left sees no new address."""
    if child.until_on is None:
        return rows
    return [row for row in rows if row.from_on < child.until_on]  # type: ignore[attr-defined]


def _add_the_rest(work: Work, child: Sight, record: Record) -> None:
    record.handovers = moves.handovers(work, [row.id for row in record.moves])
    record.bearers = moves.responsible(work, child.id)
    record.relatives = people.relatives(work, child.id)
    contacts = [row for row in observations.contact_days(work, [child.id]) if row[2] <= work.today]
    seen = observations.last_observed(work, [child.id])
    record.last_seen = max((*seen.values(), *(row[2] for row in contacts)), default=None)
    met = [on for _, _, on, by, mode in contacts if by == BY_GUARDIAN and mode == FACE_TO_FACE]
    record.guardian_saw = max(met, default=None)


def _add_names(work: Work, record: Record) -> None:
    ends = [end for row in record.moves for end in (row.from_location_id, row.to_location_id)]
    record.places = reference.locations_of(
        work, [*(row.location_id for row in record.stays), *ends]
    )
    record.names = reference.location_names(work, list(record.places))
    record.workers = accounts.people(
        work,
        [
            *(row.account_id for row in record.bearers),
            *(row.account_id for row in record.guardians),
            *(row.worker_account_id for row in record.supports),
            *(place.contact_account_id for place in record.places.values()),
        ],
    )


def covering(rows: Sequence[T], today: date) -> T | None:
    """Return the period that covers a day, the last one when there are several."""
    return next(
        (
            row
            for row in reversed(rows)
            if row.from_on <= today and (row.to_on is None or today < row.to_on)  # type: ignore[attr-defined]
        ),
        None,
    )

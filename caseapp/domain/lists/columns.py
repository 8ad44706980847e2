"""The columns of each list: what they are called, what a cell holds, whether it must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.words import ListKind


class Holds(Enum):
    """What a cell of a column holds: one reader for each."""

    V_NUMBER = auto()
    DAY = auto()
    PAST_DAY = auto()
    FAR_DAY = auto()
    BIRTH = auto()
    YES_NO = auto()
    SEX = auto()
    NATIONALITY = auto()
    LOCATION_KIND = auto()
    OPERATOR = auto()
    REGION = auto()
    SCHOOL_KIND = auto()
    CARE_KIND = auto()
    STATUS = auto()
    MUNICIPALITY = auto()
    BRIN = auto()
    NEW_CODE = auto()
    LOCATION = auto()
    COUNT = auto()
    HOURS = auto()
    TEXT = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Dutch name, the field that it fills, other names, what an empty cell says."""

    name: str
    field: str
    holds: Holds
    required: bool = False
    also: tuple[str, ...] = ()
    if_empty: StrEnum | None = None


def _must(name: str, field: str, holds: Holds, also: str = "") -> Column:
    return Column(name, field, holds, required=True, also=tuple(also.split()))


def _may(name: str, field: str, holds: Holds, also: str = "") -> Column:
    return Column(name, field, holds, also=tuple(also.split()))


V_NUMBER: Final = _must("v_nummer", "v_number", Holds.V_NUMBER, "vnummer v_nr vnr v_number")
_MUNICIPALITY: Final = "gemeentecode municipality"

LOCATIONS: Final = (
    _must("code", "code", Holds.NEW_CODE, "locatiecode location_code"),
    _must("naam", "name", Holds.TEXT, "name locatienaam location_name"),
    _must("soort", "kind", Holds.LOCATION_KIND, "kind type"),
    _must("beheerder", "operator", Holds.OPERATOR, "operator"),
    _must("gemeente", "municipality", Holds.MUNICIPALITY, _MUNICIPALITY),
    _must("regio", "region", Holds.REGION, "region vakantieregio"),
    _may("capaciteit", "capacity", Holds.COUNT, "capacity"),
    _may("groepsgrootte", "group_size", Holds.COUNT, "group_size"),
    _may("open_vanaf", "open_from", Holds.DAY, "open_from"),
    _may("open_tot", "open_to", Holds.FAR_DAY, "open_to open_until"),
)
OCCUPANCY: Final = (
    V_NUMBER,
    _must("achternaam", "family_name", Holds.NAME, "family_name surname last_name"),
    _may("voornamen", "given_names", Holds.NAME, "voornaam given_names first_names first_name"),
    _must("geboortedatum", "birth", Holds.BIRTH, "geb_datum birth_date date_of_birth"),
    _may("geslacht", "sex", Holds.SEX, "sex gender"),
    _may("nationaliteit", "nationality", Holds.NATIONALITY, "nationality"),
    _may("taal", "language", Holds.TEXT, "language"),
    _must("amv", "unaccompanied", Holds.YES_NO, "unaccompanied unaccompanied_minor"),
    _may("gezinsnummer", "family_number", Holds.TEXT, "gezinsnr family_number"),
    _must("locatie", "location", Holds.LOCATION, "locatiecode location location_code"),
    _must("sinds", "since", Holds.PAST_DAY, "since"),
    _must(
        "asielaanvraag",
        "application_lodged_on",
        Holds.PAST_DAY,
        "datum_asielaanvraag application_date asylum_application",
    ),
    _may("eerste_aankomst", "first_arrival_on", Holds.PAST_DAY, "first_arrival"),
)
TRANSFERS: Final = (
    V_NUMBER,
    _may("van", "from_location", Holds.LOCATION, "from"),
    _must("naar", "to_location", Holds.LOCATION, "to"),
    _must("datum", "planned_on", Holds.DAY, "date"),
    _may(
        "aangekondigd",
        "announced_on",
        Holds.PAST_DAY,
        "aangekondigd_op announced announced_on",
    ),
    _may("reden", "reason", Holds.TEXT, "reason"),
    Column("status", "status", Holds.STATUS, if_empty=TransferStatus.PLANNED),
)
CARE: Final = (
    V_NUMBER,
    _must("soort", "kind", Holds.CARE_KIND, "kind zorgsoort"),
    _may("aanbieder", "provider", Holds.NAME, "provider"),
    _must("verwezen_op", "referred_on", Holds.PAST_DAY, "verwijsdatum referred_on"),
    _may("intake_op", "intake_on", Holds.DAY, "intake_on"),
    _may("gestart_op", "started_on", Holds.DAY, "started_on"),
    _may("volgende_afspraak", "next_contact_on", Holds.DAY, "next_appointment"),
    _may("laatste_contact", "last_contact_on", Holds.PAST_DAY, "last_contact"),
    _may("medicatie_tot", "medication_until", Holds.DAY, "medication_until"),
    _may("plaatsgebonden", "place_bound", Holds.YES_NO, "place_bound"),
    _may("einde", "ended_on", Holds.DAY, "ended_on end"),
)
SCHOOL: Final = (
    V_NUMBER,
    _must("school", "name", Holds.NAME, "schoolnaam school_name"),
    _may("brin", "brin", Holds.BRIN, "brinnummer brin_nummer"),
    _must("soort", "type", Holds.SCHOOL_KIND, "kind type onderwijssoort"),
    _may("gemeente", "municipality", Holds.MUNICIPALITY, _MUNICIPALITY),
    _may("wachtlijst_sinds", "waiting_list_since", Holds.PAST_DAY, "waiting_list_since"),
    _may("ingeschreven_op", "enrolled_on", Holds.DAY, "enrolled_on"),
    _may("start", "attending_from", Holds.DAY, "startdatum attending_from"),
    _may("einde", "end", Holds.DAY, "einddatum end"),
    _may("uren_per_week", "hours_per_week", Holds.HOURS, "hours_per_week"),
)

COLUMNS: Final[Mapping[ListKind, tuple[Column, ...]]] = {
    ListKind.LOCATIONS: LOCATIONS,
    ListKind.OCCUPANCY: OCCUPANCY,
    ListKind.TRANSFERS: TRANSFERS,
    ListKind.CARE: CARE,
    ListKind.SCHOOL: SCHOOL,
}
"""The columns of each list in the order in which a report speaks of them."""

KEYS: Final[Mapping[ListKind, tuple[str, ...]]] = {
    ListKind.LOCATIONS: ("code",),
    ListKind.OCCUPANCY: ("v_number",),
    ListKind.TRANSFERS: ("v_number", "to_location", "planned_on"),
    ListKind.CARE: ("v_number", "kind", "referred_on"),
    ListKind.SCHOOL: ("v_number", "name", "type"),
}
"""The fields that tell which thing a row speaks of."""


def names_of(kind: ListKind) -> dict[str, Column]:
    """Return each name that a column of a list may go by."""
    return {name: column for column in COLUMNS[kind] for name in (column.name, *column.also)}

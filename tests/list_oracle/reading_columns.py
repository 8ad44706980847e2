"""Section 2.5 of the page: the names of columns."""

import re
import unicodedata
from typing import Any

from tests.list_oracle.cells_text import as_text

# Product.md section 5; a star for the required ones.
COLUMNS = {
    "locations": "code* naam* soort* beheerder* gemeente* regio* capaciteit groepsgrootte"
    " open_vanaf open_tot",
    "occupancy": "v_nummer* achternaam* voornamen geboortedatum* geslacht nationaliteit taal amv*"
    " gezinsnummer locatie* sinds* asielaanvraag* eerste_aankomst",
    "transfers": "v_nummer* van naar* datum* aangekondigd reden status",
    "care": "v_nummer* soort* aanbieder verwezen_op* intake_op gestart_op volgende_afspraak"
    " laatste_contact medicatie_tot plaatsgebonden einde",
    "school": "v_nummer* school* brin soort* gemeente wachtlijst_sinds ingeschreven_op start"
    " einde uren_per_week",
}
ALSO = """
code: locatiecode location_code
naam: name locatienaam location_name
beheerder: operator
gemeente: gemeentecode municipality
regio: region vakantieregio
capaciteit: capacity
groepsgrootte: group_size
open_vanaf: open_from
open_tot: open_to open_until
v_nummer: vnummer v_nr vnr v_number
achternaam: family_name surname last_name
voornamen: voornaam given_names first_names first_name
geboortedatum: geb_datum birth_date date_of_birth
geslacht: sex gender
nationaliteit: nationality
taal: language
amv: unaccompanied unaccompanied_minor
gezinsnummer: gezinsnr family_number
locatie: locatiecode location location_code
sinds: since
asielaanvraag: datum_asielaanvraag application_date asylum_application
eerste_aankomst: first_arrival
van: from
naar: to
datum: date
aangekondigd: aangekondigd_op announced announced_on
reden: reason
aanbieder: provider
verwezen_op: verwijsdatum referred_on
intake_op: intake_on
gestart_op: started_on
volgende_afspraak: next_appointment
laatste_contact: last_contact
medicatie_tot: medication_until
plaatsgebonden: place_bound
school: schoolnaam school_name
brin: brinnummer brin_nummer
wachtlijst_sinds: waiting_list_since
ingeschreven_op: enrolled_on
start: startdatum attending_from
uren_per_week: hours_per_week
locations soort: kind type
care soort: kind zorgsoort
school soort: kind type onderwijssoort
care einde: ended_on end
school einde: einddatum end
"""


def fields_of(kind: str) -> list[str]:
    """Return the fields of a list."""
    return [name.rstrip("*") for name in COLUMNS[kind].split()]


def required_of(kind: str) -> list[str]:
    """Return the fields that a list must have."""
    return [name.rstrip("*") for name in COLUMNS[kind].split() if name.endswith("*")]


def names_of(kind: str) -> dict[str, str]:
    """Return the field of every column name that a list may have."""
    names = {field: field for field in fields_of(kind)}
    for line in ALSO.strip().splitlines():
        left, right = line.split(": ")
        words = left.split()
        if words[-1] in fields_of(kind) and (len(words) == 1 or words[0] == kind):
            names.update(dict.fromkeys(right.split(), words[-1]))
    return names


def plain(cell: Any) -> str:
    """Return the name of a column in the form in which names are compared."""
    letters = unicodedata.normalize("NFD", as_text(cell).lower())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[ \-._]+", "_", letters).strip("_")


def fields_in(kind: str, row: list[Any]) -> list[str | None]:
    """Return the field that each cell of a row names."""
    names = names_of(kind)
    return [names.get(plain(cell)) for cell in row]


def names_known(kind: str, row: list[Any]) -> int:
    """Return how many names that we know a row has."""
    return sum(field is not None for field in fields_in(kind, row))

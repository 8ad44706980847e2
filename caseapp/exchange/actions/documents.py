"""Dossier documents in: the one door for a file, the demo world and a hundred thousand children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from caseapp.care import actions as care
from caseapp.domain.acceptable import refuse_unacceptable
from caseapp.domain.document import DocumentError
from caseapp.domain.events import DossierImported
from caseapp.domain.facts import Dossier
from caseapp.domain.incoming import Incoming
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.db import new_id
from caseapp.kernel.tombstones import erased_among
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.observations import actions as observations
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from caseapp.placements import actions as placements
from caseapp.reference import queries as reference
from caseapp.schooling import actions as schooling

SLICES: Final = (people, placements, moves, schooling, care, observations, guardianship)
"""In this order: a record may point to one of an earlier slice."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A document that is to be taken in, and what is known besides."""

    dossier: Dossier
    accounts: Mapping[str, UUID] = field(default_factory=dict)
    """`responsible/r1`, `guardianship/g1`, `support/s1` -> account."""
    family_number: str | None = None
    language_text: str | None = None


def import_documents(work: Work, arriving: Sequence[Arriving]) -> list[UUID]:
    """Take in dossier documents and return the keys of their children, in the same order.

    Raises DocumentError, with the path, for a document that the record cannot keep or a child that we know;
    then nothing of any of them is written, but for data keys that are swept later.
    """
    for one in arriving:
        refuse_unacceptable(one.dossier)
    _refuse_known(work, arriving)
    incoming = _incoming(work, arriving)
    work.vault.make_keys([one.child_id for one in incoming])
    for part in SLICES:
        part.take_in(work, incoming)
    keys = [document.child_id for document in incoming]
    for key in keys:
        work.record(DossierImported(object_id=key, child_id=key))
    return keys


def _refuse_known(work: Work, arriving: Sequence[Arriving]) -> None:
    indexes = [people.v_number_index(work, one.dossier.child.v_number) for one in arriving]
    if len(set(indexes)) < len(indexes) or people_of.known_indexes(work, indexes):
        raise DocumentError(
            "child.v_number", "A child with this V-number is in the record already."
        )


def _incoming(work: Work, arriving: Sequence[Arriving]) -> list[Incoming]:
    places = reference.by_names(work)
    first = people.next_numbers(work, len(arriving))
    keys = _keys(work, [one.dossier.child.ref for one in arriving])
    by_ref = {one.dossier.child.ref: key for one, key in zip(arriving, keys, strict=True)}
    return [
        Incoming(
            child_id=key,
            child_no=first + number,
            dossier=one.dossier,
            locations=_places(one.dossier, places),
            accounts=one.accounts,
            relatives={
                member.ref: by_ref[member.ref]
                for member in one.dossier.family_members
                if member.ref in by_ref and by_ref[member.ref] != key
            },
            family_number=one.family_number,
            language_text=one.language_text,
        )
        for number, (one, key) in enumerate(zip(arriving, keys, strict=True))
    ]


def _keys(work: Work, refs: Sequence[str]) -> list[UUID]:
    """Return the keys of new children: their own when it is a UUID, but never that of one who was erased."""
    keys = [_key(ref) for ref in refs]
    gone = erased_among(work.vault.keystore, keys)
    return [new_id() if key in gone else key for key in keys]


def _key(ref: str) -> UUID:
    try:
        return UUID(ref)
    except ValueError:
        return new_id()


def _places(dossier: Dossier, places: Mapping[str, UUID]) -> dict[str, UUID]:
    named = {stay.location for stay in dossier.placements}
    named |= {end for move in dossier.transfers for end in (move.from_location, move.to_location)}
    return {name: places[name.strip().lower()] for name in named if name.strip().lower() in places}

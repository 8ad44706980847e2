"""What follows from what: one table; the trail is written for every event, before anything follows."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from caseapp.audit.actions import write as write_trail
from caseapp.domain import events as e
from caseapp.domain.events import Event
from caseapp.domain.reach import reaching
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.work import Reaction, Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.people import actions as people
from caseapp.placements import actions as placements
from caseapp.placements import queries as placements_of

__all__ = ["REACTIONS", "write_trail"]

NOTHING: Final[tuple[Reaction, ...]] = ()


def follow_places(work: Work, child_ids: Sequence[UUID]) -> None:
    """Keep the reach of children equal to where they live, go, and who is responsible.

    Stays and moves do not know each other; here they meet, after all that happened.
    """
    stays = placements_of.for_reach(work, child_ids)
    coming = moves_of.coming_for_reach(work, child_ids)
    holdings = moves_of.holdings_for_reach(work, child_ids)
    people.keep_reach(
        work,
        {
            child_id: reaching(
                stays.get(child_id, ()),
                coming.get(child_id, ()),
                holdings.get(child_id, ()),
                work.today,
            )
            for child_id in child_ids
        },
    )


def _reach(work: Work, event: Event) -> None:
    """Look at the reach of this child when everything has happened."""
    if event.child_id is not None:
        work.afterwards(follow_places, [event.child_id])


REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    e.ChildRegistered: (people.follow_desk,),
    e.ChildCorrected: (people.follow_desk,),
    e.DossierImported: (_reach,),
    e.PlacementRecorded: (_reach,),
    e.PlacementCorrected: (_reach,),
    e.PlacementEnded: (_reach,),
    e.WhereaboutsRecorded: NOTHING,
    e.WhereaboutsCorrected: NOTHING,
    e.TransferPlanned: NOTHING,
    e.TransferChanged: (_reach,),
    e.TransferDeparted: NOTHING,
    e.TransferCancelled: (_reach,),
    e.TransferArrived: (placements.turn_over, moves.pass_baton, _reach),
    e.HandoverSent: (_reach,),
    e.HandoverAccepted: NOTHING,
    e.PromiseRecorded: NOTHING,
    e.PromiseCorrected: NOTHING,
    e.ResponsibilityTaken: (_reach,),
    e.ResponsibilityEnded: (_reach,),
    e.SchoolRecorded: NOTHING,
    e.SchoolCorrected: NOTHING,
    e.CareRecorded: NOTHING,
    e.CareCorrected: NOTHING,
    e.CareSeen: NOTHING,
    e.GuardianAssigned: (guardianship.follow_guardian,),
    e.GuardianshipCorrected: (guardianship.follow_guardian,),
    e.PlanRecorded: NOTHING,
    e.SupportRecorded: (guardianship.follow_support,),
    e.SupportCorrected: (guardianship.follow_support,),
    e.RunwayRecorded: NOTHING,
    e.ObservationRecorded: NOTHING,
    e.ObservationCorrected: NOTHING,
    e.ContactRecorded: NOTHING,
    e.ContactCorrected: NOTHING,
    e.MeetingRecorded: NOTHING,
    **dict.fromkeys(
        (
            e.AccountClosed,
            e.AccountCorrected,
            e.AccountOpened,
            e.GrantApproved,
            e.GrantAsked,
            e.GrantRevoked,
            e.LocationCorrected,
            e.LocationRecorded,
            e.PasswordSet,
            e.SchoolListCorrected,
            e.SchoolListed,
            e.SessionRevoked,
            e.SignInRefused,
            e.SignedIn,
            e.SignedOut,
        ),
        NOTHING,
    ),
}

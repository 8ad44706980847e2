"""What follows from what: one table; the trail is written for every event, before anything follows."""

from collections.abc import Mapping
from typing import Final

from caseapp.audit.actions import write as write_trail
from caseapp.domain import events as e
from caseapp.domain.events import Event
from caseapp.kernel.work import Reaction
from caseapp.people import actions as people

__all__ = ["REACTIONS", "write_trail"]

NOTHING: Final[tuple[Reaction, ...]] = ()

REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    e.ChildRegistered: (people.follow_desk,),
    e.ChildCorrected: (people.follow_desk,),
} | dict.fromkeys(
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
)

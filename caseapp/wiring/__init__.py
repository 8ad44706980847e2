"""What follows from what, and what comes back by the clock: two tables.

The trail is written for every event, before anything follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.audit.actions import write
from caseapp.continuity import actions as continuity
from caseapp.domain import events as e
from caseapp.domain.events import Event
from caseapp.domain.gaps import Lack
from caseapp.domain.reach import reaching
from caseapp.exchange import actions as exchange
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.work import Reaction, Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.notices import actions as notices
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from caseapp.placements import actions as placements
from caseapp.placements import queries as placements_of
from caseapp.wiring.jobs import JOBS

__all__ = ["JOBS", "REACTIONS", "write_trail"]

NOTHING: Final[tuple[Reaction, ...]] = ()

look: Final[Reaction] = continuity.on_change
look_at_family: Final[Reaction] = continuity.on_family_change
"""Run the rules again, once, when all has been written: for the child, or for who belongs to it too."""


ENDS_OWN_RIGHTS: Final = frozenset({e.EmergencyStopped, e.GrantRevoked, e.LeaveEnded})
"""After these somebody has, by the own hand, fewer rights than the request came with."""


def write_trail(work: Work) -> None:
    """Write the trail; a child that only the rights of a colleague on leave open is seen on their behalf.

    Raises OutOfReachError when a right by which something is done ended meanwhile.
    """
    done = {type(entry) for entry in work.trail if isinstance(entry, Event)}
    if done and not done & ENDS_OWN_RIGHTS:
        accounts_of.still_stands(work)
    children = {one for entry in work.trail for one in getattr(entry, "child_ids", ())}
    events = [entry for entry in work.trail if isinstance(entry, Event)]
    children |= {entry.child_id for entry in events if entry.child_id is not None}
    behalf = people_of.on_behalf_of(work, children)
    if behalf is not None:
        work.actor = replace(work.actor, on_behalf_of=behalf)
    write(work)


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


def _region(work: Work, event: e.LocationCorrected | e.LocationRestored) -> None:
    """Let the coordinators of the new region see the children of a location that changed region."""
    if "region" in event.fields and event.object_id is not None:
        work.afterwards(follow_places, placements.follow_region(work, event.object_id))


def _group(work: Work, event: e.LocationCorrected) -> None:
    """Let children live in a group of a size that is known now, where it was not."""
    if "group_size" in event.fields and event.object_id is not None:
        theirs = placements.learn_group(work, event.object_id)
        continuity.look_at_lacking(work, Lack.GROUP_SIZE, theirs)


REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    e.LocationCorrected: (_region, _group),
    e.LocationRestored: (_region,),
    e.ChildRegistered: (people.follow_desk, look),
    e.ChildCorrected: (people.follow_desk, look),
    e.ChildClosed: (look,),
    e.ChildReopened: (look,),
    e.ChildRestored: (people.follow_desk, _reach, look_at_family),
    e.ChildErased: (
        exchange.forget_in_lists,
        people.forget_as_relative,
        accounts.end_rights_over,
        notices.forget_told,
    ),
    e.RelativeErased: (look,),
    e.RelativeRecorded: (look,),
    e.RelativeCorrected: (look,),
    e.ConsentRecorded: (look,),
    e.ConsentCorrected: (look,),
    e.DossierImported: (_reach, look_at_family),
    e.PlacementRecorded: (_reach, look_at_family),
    e.PlacementCorrected: (_reach, look_at_family),
    e.PlacementEnded: (_reach, look_at_family),
    e.WhereaboutsRecorded: (look,),
    e.WhereaboutsCorrected: (look,),
    e.TransferPlanned: (_reach, look),
    e.TransferChanged: (_reach, look),
    e.TransferDeparted: (_reach, look),
    e.TransferCancelled: (_reach, look),
    e.TransferArrived: (
        placements.turn_over,
        moves.pass_baton,
        continuity.on_arrival,
        _reach,
        look_at_family,
    ),
    e.PasswordSet: (notices.tell_even_doer,),
    e.SecondStepRefused: (notices.tell_even_doer,),
    e.FactorAdded: (notices.tell_even_doer,),
    e.IdentityLinked: (notices.tell_even_doer,),
    e.IdentityUnlinked: (notices.tell_even_doer,),
    e.FactorRemoved: (notices.tell_even_doer,),
    e.RecoveryCodesMade: (notices.tell_even_doer,),
    e.RecoveryCodeUsed: (notices.tell_even_doer,),
    e.SignInReset: (notices.tell_even_doer,),
    e.HoldSet: (notices.tell_told,),
    e.HoldLifted: (notices.tell_told,),
    e.HoldOverridden: (notices.tell_told,),
    e.MoveObjected: (notices.tell_told,),
    e.HandoverSent: (continuity.hasten, notices.tell_told, _reach, look),
    e.HandoverRefused: (notices.tell_told, look),
    e.HandoverDeadlineMissed: (notices.tell_told,),
    e.HandoverAccepted: (notices.tell_told, look),
    e.PromiseRecorded: (look,),
    e.PromiseCorrected: (look,),
    e.PromiseAsked: (notices.tell_told,),
    e.ResponsibilityTaken: (_reach, look),
    e.ResponsibilityEnded: (_reach, look),
    e.SchoolRecorded: (look,),
    e.SchoolCorrected: (look,),
    e.CareRecorded: (look,),
    e.CareCorrected: (look,),
    e.CareSeen: (look,),
    e.ProviderAnswered: NOTHING,
    e.ProviderAnswerCorrected: NOTHING,
    e.AbsenceRecorded: (look,),
    e.AbsenceCorrected: (look,),
    e.AbsenceReported: (look,),
    e.AbsenceReportCorrected: (look,),
    e.GuardianAssigned: (guardianship.follow_guardian, look, continuity.on_load_change),
    e.GuardianshipCorrected: (guardianship.follow_guardian, look, continuity.on_load_change),
    e.PlanRecorded: (look,),
    e.PlanCorrected: (look,),
    e.SupportRecorded: (guardianship.follow_support, look),
    e.SupportCorrected: (guardianship.follow_support, look),
    e.RunwayRecorded: (look,),
    e.ObservationRecorded: (look,),
    e.ObservationCorrected: (look,),
    e.ContactRecorded: (look,),
    e.ContactCorrected: (look,),
    e.MeetingRecorded: (look,),
    e.MeetingCorrected: (look,),
    e.AlertRaised: (notices.tell,),
    e.AlertCameBack: (notices.tell,),
    e.AlertChanged: (notices.tell,),
    e.AlertClimbed: (notices.tell,),
    e.AlertAssigned: (notices.tell_owner,),
    e.AlertClosed: (notices.settle,),
    e.AlertMistaken: (notices.settle,),
    e.AlertTaken: (notices.seen,),
    e.NoticeHandedUp: (notices.tell_handed_up,),
    e.GrantApproved: (continuity.on_load_change,),
    e.LoadRaised: (notices.tell_told,),
    e.LoadChanged: (notices.tell_told,),
    e.RequestOverdue: (notices.tell_told,),
    e.RetentionDue: (notices.tell_told,),
    e.ProtectionClockRan: (notices.tell_told,),
    e.AlertRestored: (look,),
    e.CaseloadHandedOver: (notices.tell_told,),
    **dict.fromkeys(
        (
            e.EmergencyOften,
            e.EmergencyReviewed,
            e.EmergencyStarted,
            e.EmergencyUnreviewed,
            e.LeaveArranged,
            e.LeaveEnded,
            e.ReadingSlowed,
            e.TogetherAsked,
            e.TogetherDecided,
            e.TogetherUsed,
        ),
        (notices.tell_told,),
    ),
    e.AccountClosed: (continuity.on_load_change, moves.end_with_account, continuity.on_owner_gone),
    e.GrantRevoked: (continuity.on_load_change, moves.end_with_account, continuity.on_owner_gone),
    **dict.fromkeys(
        (e.TrailBroken, e.BreakAcknowledged, e.ReviewMade, e.ReviewOverdue, e.SealsBroken),
        (notices.tell_told,),
    ),
    **dict.fromkeys(
        (
            e.AccountCorrected,
            e.TrailVerified,
            e.ReviewJudged,
            e.ReviewClosed,
            e.AccountOpened,
            e.AlertFollowed,
            e.AlertPutOff,
            e.AlertWatched,
            e.BestDecisionWritten,
            e.ChildRemoved,
            e.EmergencyStopped,
            e.GrantAsked,
            e.HandoverFollowed,
            e.HandoverOpened,
            e.KeyActBegun,
            e.KeyActEnded,
            e.LimitChanged,
            e.LetterDropped,
            e.LetterGivenUp,
            e.LetterResent,
            e.LetterSent,
            e.ListApplied,
            e.ListDecided,
            e.ListFailed,
            e.ListKeyDestroyed,
            e.ListReleased,
            e.ListUndoAsked,
            e.ListSubmitted,
            e.ListTried,
            e.ListWithdrawn,
            e.ListUndone,
            e.LoadMended,
            e.LoadTaken,
            e.LocationRecorded,
            e.LocationRemoved,
            e.MailChosen,
            e.MoveListChanged,
            e.MoveListMade,
            e.NightlyDone,
            e.NoticesRead,
            e.PackageGiven,
            e.FactorRenamed,
            e.PasswordGiven,
            e.ProtectionFileOpened,
            e.ProtectionPartWritten,
            e.SecondStepProved,
            e.RequestClosed,
            e.RequestExtended,
            e.RequestRegistered,
            e.RetentionDecided,
            e.SchoolListCorrected,
            e.SchoolListed,
            e.SessionRevoked,
            e.SignInRefused,
            e.SignedIn,
            e.SignedOut,
            e.StatementRecorded,
            e.StatementWithdrawn,
        ),
        NOTHING,
    ),
}

"""Who may ask for a right, who may approve it, and why it is refused."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from caseapp.domain.policy import OPENS_DOSSIERS, Actor, Role, ScopeKind

LEAVE_LASTS: Final = timedelta(days=28)
"""How long a colleague does the work of somebody who is away, at most."""


class Refusal(StrEnum):
    """Why an account or a right cannot be made, changed or ended."""

    KNOWN_EMAIL = "known_email"
    CLOSED = "closed"
    FOR_ONESELF = "for_oneself"
    TWO_PEOPLE = "two_people"
    OUTSIDE_REACH = "outside_reach"
    NOT_THIS_SCOPE = "not_this_scope"
    NO_SUCH_PLACE = "no_such_place"
    ALREADY_THERE = "already_there"
    NOT_WAITING = "not_waiting"
    PERIOD = "period"
    LAST_ADMINISTRATOR = "last_administrator"
    LAST_NATIONAL = "last_national"
    STAND_IN = "stand_in"
    OWN_MAKING = "own_making"
    NOT_SECOND = "not_second"
    NOT_APPROVED = "not_approved"
    CHANGED = "changed"
    OVER = "over"
    USED = "used"
    NOT_THE_ASKER = "not_the_asker"
    OTHER_ROLE = "other_role"
    OTHER_ORGANISATION = "other_organisation"
    TOO_LONG = "too_long"
    WIDER = "wider"
    LENT = "lent"
    SEES_ALREADY = "sees_already"
    NO_NEIGHBOUR = "no_neighbour"
    TRAIL_BROKEN = "trail_broken"
    OWN_EMERGENCY = "own_emergency"
    TOO_SHORT = "too_short"
    LAST_FACTOR = "last_factor"
    NO_COORDINATOR = "no_coordinator"


class RefusedError(ValueError):
    """An action was refused; the code says why."""

    def __init__(self, code: Refusal) -> None:
        """Keep the code; the page has the words."""
        super().__init__(code.value)
        self.code = code


def oversees(actor: Actor, role: Role, scope: ScopeKind, region: str | None) -> bool:
    """Say whether a coordinator's own rights are over a right that holds in this region.

    `region` is that of the location, or the region itself. The national desk is over all.
    What a colleague on leave lends does not count: nothing new is given with it.
    """
    actor = actor.on_own_rights
    if actor.role is not Role.COORDINATOR:
        return False
    if actor.is_national:
        return True
    if scope in {ScopeKind.LOCATION, ScopeKind.REGION}:
        return region in actor.regions
    about_guardians = role is Role.GUARDIAN or scope is ScopeKind.GUARDIANSHIP
    return about_guardians and actor.is_guardianship_desk


def may_ask(actor: Actor, role: Role, scope: ScopeKind, region: str | None) -> bool:
    """Say whether somebody may ask for, or take back, a right: a coordinator in the own reach."""
    if actor.role is Role.ADMINISTRATOR:
        return True
    return role in OPENS_DOSSIERS and oversees(actor, role, scope, region)

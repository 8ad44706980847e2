"""What can happen between an account and the identity provider of the organisation."""

from dataclasses import dataclass

from caseapp.domain.events.base import Action
from caseapp.domain.events.factors import OfAnOwner


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinked(OfAnOwner):
    """Somebody can sign in through the provider of the organisation from now on."""

    action = Action.CREATE
    object = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUnlinked(OfAnOwner):
    """Somebody cannot sign in through the provider any more."""

    action = Action.DELETE
    object = "account"

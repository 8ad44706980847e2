"""What can happen to the second factors of an account; its owner is told, whoever did it."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAnOwner(Event):
    """Something about how somebody signs in, of which that person is told."""

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordGiven(Event):
    """Somebody gave the right password; the second step is still to come."""

    action = Action.EXECUTE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepProved(Event):
    """Somebody proved the second factor once more, for a dangerous act."""

    action = Action.EXECUTE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepRefused(OfAnOwner):
    """The password was right, and the second factor was not."""

    action = Action.EXECUTE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorAdded(OfAnOwner):
    """A second factor was set up."""

    action = Action.CREATE
    object = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRenamed(Event):
    """A second factor got another name."""

    action = Action.UPDATE
    object = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRemoved(OfAnOwner):
    """A second factor was taken away."""

    action = Action.DELETE
    object = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesMade(OfAnOwner):
    """New recovery codes were made, and the ones before are worth nothing."""

    action = Action.CREATE
    object = "recovery_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(OfAnOwner):
    """Somebody came in with a recovery code."""

    action = Action.EXECUTE
    object = "recovery_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInReset(OfAnOwner):
    """Two colleagues let somebody in anew: the factors are gone, and a first password works."""

    action = Action.UPDATE
    object = "account"

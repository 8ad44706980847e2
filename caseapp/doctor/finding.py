"""What a check finds: fine, something to look at, or a reason not to start."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from caseapp.kernel.machine import Machine
from caseapp.settings import SettingsError
from caseapp.web.i18n import Words


class Level(StrEnum):
    """How bad it is; with the last one, production does not start."""

    OK = "ok"
    RED = "red"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Finding:
    """How bad it is, and a sentence for the administrator without personal data or secrets."""

    level: Level
    sentence: Words


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: what it is called, how it is looked at, and whether at every start."""

    label: Words
    look: Callable[[Machine], Finding]
    at_start: bool = False


def ok(sentence: Words) -> Finding:
    """Say that it is as it should be."""
    return Finding(Level.OK, sentence)


def red(sentence: Words) -> Finding:
    """Say that somebody has to look at it."""
    return Finding(Level.RED, sentence)


def refuse(sentence: Words) -> Finding:
    """Say that production may not run like this."""
    return Finding(Level.REFUSE, sentence)


class UnsoundError(SettingsError):
    """Production may not run like this; the message names each check and says why."""

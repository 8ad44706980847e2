"""The blueprint of reference, and what other slices tell the page about the system."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, cast

from flask import Blueprint, Flask

from caseapp.domain.codes import PlacementKind, Region
from caseapp.kernel.work import Work
from caseapp.web.i18n import Words
from caseapp.web.labels import label

bp: Final = Blueprint("reference", __name__)

HEALTH: Final = "caseapp.health"


@dataclass(frozen=True, slots=True)
class Health:
    """One line about the system: what, how it is, and whether that is good; None: just a fact."""

    label: Words
    value: Words
    is_good: bool | None = None


Look = Callable[[Work], Iterable[Health]]


def tell_health(app: Flask, look: Look) -> None:
    """Let the page about the system ask a slice that stands above this one."""
    looks(app).append(look)


def looks(app: Flask) -> list[Look]:
    """Return who can be asked how the system is."""
    return cast("list[Look]", app.extensions.setdefault(HEALTH, []))


@bp.app_template_filter()
def kind_words(kind: str) -> Words:
    """Return the words for a kind of reception as it stands in a row."""
    return label(PlacementKind(kind))


@bp.app_template_filter()
def region_words(region: str) -> Words:
    """Return the words for a region as it stands in a row."""
    return label(Region(region))

"""What is missing: which fact keeps which rule silent, for how many children, by location and region."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.continuity import queries
from caseapp.continuity.queries import Counted, Lacking, Where
from caseapp.continuity.scope import the_place
from caseapp.continuity.views.blueprint import bp
from caseapp.continuity.views.lacking_list import ELSEWHERE
from caseapp.domain.codes import Region
from caseapp.domain.gaps import Lack
from caseapp.domain.policy import Permission, Role
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference
from caseapp.web.filters import number
from caseapp.web.gap_words import MISSING, who_can
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import REGIONS
from caseapp.web.sentences import TELLINGS
from caseapp.web.tiles import MOST_ON_A_TILE, FilterChip, FilterSelect, TileFace

if TYPE_CHECKING:
    from caseapp.reference.models import Location

MOST_NAMED: Final = 2
"""Facts that the row of a location names; its own page has them all."""

SEVERITY_OF: Final = {rank: severity for severity, rank in queries.RANKS.items()}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact that is missing: of how many children, why it matters, and which rules it keeps silent."""

    tile: TileFace
    severity: Severity
    name: Words
    why: Words
    href: str
    rules: Sequence[tuple[Words, int]]
    """Short names of rules, each with the number of children it cannot speak about."""
    who: Sequence[Words]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A location: how many of its children lack something, and what they lack most."""

    name: Words
    href: str
    children: int
    most: Sequence[tuple[Words, int, str]]
    """What is missing, of how many children, and the list of them."""


@bp.route("/gegevens")
@guard(Permission.ALERT_READ)
def gaps(work: Work) -> ResponseReturnValue:
    """Show what is missing in the own scope, the gravest first, and at which locations."""
    region = request.args.get("regio", "")
    is_asked = region in set(Region) and len(work.actor.regions) != 1
    where = Where(region=region if is_asked else None)
    found = queries.count_lacking(work, where)
    has_desk = work.actor.role is Role.COORDINATOR
    watched = None if has_desk else queries.count_watched(work)
    return render_template(
        "continuity/gaps.html",
        where=_where(work),
        facts=_facts(found, region if is_asked else ""),
        places=_places(work, found) if has_desk or len(work.actor.location_ids) > 1 else [],
        headline=_headline(found.children, watched),
        watched=watched,
        selects=_selects(work, where.region),
        chips=_chips(where.region),
        place=None,
    )


@bp.route("/gegevens/locatie/<uuid:location_id>")
@guard(Permission.ALERT_READ, on=the_place)
def gaps_at(work: Work, place: "Location") -> ResponseReturnValue:
    """Show what is missing about the children of one location."""
    where = Where(location_id=place.id)
    found = queries.count_lacking(work, where)
    watched = queries.count_watched(work, place.id)
    return render_template(
        "continuity/gaps.html",
        where=REGIONS[Region(place.region)],
        facts=_facts(found, place=place.code),
        places=[],
        headline=_headline(found.children, watched),
        watched=watched,
        selects=[],
        chips=[],
        place=place,
    )


def _facts(found: Lacking, region: str = "", place: str = "") -> list[FactRow]:
    """Return the rows of the facts that are missing: the gravest, then the most children, first."""
    counted = {lack: found.of(lack) for lack in Lack}
    order = sorted(
        (lack for lack in Lack if counted[lack].children),
        key=lambda lack: (-counted[lack].rank, -counted[lack].children, list(Lack).index(lack)),
    )
    return [_fact(found, lack, counted[lack], region, place) for lack in order]


def _fact(found: Lacking, lack: Lack, counted: Counted, region: str, place: str) -> FactRow:
    rules = sorted(
        ((rule, one) for (fact, rule), one in found.by_rule.items() if fact is lack),
        key=lambda pair: (-pair[1].rank, -pair[1].children, pair[0]),
    )
    severity = SEVERITY_OF[counted.rank]
    tone = Severity.WARNING if severity is Severity.CRITICAL else Severity.NOTICE
    return FactRow(
        tile=_tile(counted.children, tone),
        severity=severity,
        name=MISSING[lack].name,
        why=MISSING[lack].why,
        href=_list(lack, place, region),
        rules=[(TELLINGS[rule].short, one.children) for rule, one in rules],
        who=who_can(lack),
    )


def _tile(children: int, tone: Severity) -> TileFace:
    """Return how many children, never in red: what is missing harms no child by itself."""
    shown = str(children) if children <= MOST_ON_A_TILE else f"{MOST_ON_A_TILE}+"
    return TileFace(shown, ngettext("child", "children", children), tone.value)


def _places(work: Work, found: Lacking) -> list[PlaceRow]:
    """Return the locations where something is missing: the gravest, then the most children, first."""
    known = reference.locations_of(work, found.by_place)
    names = reference.location_names(work, list(known))
    worst = {
        place: max(one.rank for (at, _lack), one in found.by_place_and_fact.items() if at == place)
        for place in found.by_place
    }
    order = sorted(
        found.by_place,
        key=lambda at: (-worst[at], -found.by_place[at], names.get(at, "") if at else ""),
    )
    shown = {key: row for key, row in known.items() if reference.knows(work, row)}
    return [
        _place(found, at, shown.get(at) if at else None, names.get(at, "") if at else "")
        for at in order
    ]


def _place(found: Lacking, at: UUID | None, place: "Location | None", name: str) -> PlaceRow:
    """Return the row of a location; of one whose whereabouts are secret a number, and no way to it."""
    here = [(lack, one) for (where, lack), one in found.by_place_and_fact.items() if where == at]
    here.sort(key=lambda pair: (-pair[1].rank, -pair[1].children, pair[0]))
    code = place.code if place else ("" if name else ELSEWHERE)
    return PlaceRow(
        name=name or _("At no location of ours"),
        href=url_for("continuity.gaps_at", location_id=place.id) if place else "",
        children=found.by_place[at],
        most=[
            (MISSING[lack].name, one.children, _list(lack, code)) for lack, one in here[:MOST_NAMED]
        ],
    )


def _list(lack: Lack, place: str = "", region: str = "") -> str:
    return url_for(
        "continuity.gap_list",
        slug=MISSING[lack].slug,
        locatie=place or None,
        regio=region or None,
    )


def _headline(children: int, watched: int | None) -> str:
    """Return of how many children something is missing; a desk has thousands, and does not count them all."""
    if watched is None:
        return ngettext(
            "Something is missing for %(num)s child.",
            "Something is missing for %(num)s children.",
            children,
        )
    return ngettext(
        "Something is missing for %(some)s of %(num)s child.",
        "Something is missing for %(some)s of %(num)s children.",
        watched,
        some=number(children),
    )


def _where(work: Work) -> str:
    """Return in words of which children the page tells."""
    actor = work.actor
    if actor.regions:
        return _("Region %(region)s", region=", ".join(_regions(actor.regions)))
    if actor.is_national:
        return _("The whole country")
    if actor.is_guardianship_desk:
        return _("Unaccompanied minors and young adults")
    names = reference.location_names(work, actor.location_ids).values()
    return ", ".join(sorted(names)) or _("Your young people")


def _regions(codes: Collection[str]) -> list[str]:
    return [str(REGIONS[Region(code)]) for code in codes]


def _selects(work: Work, region: str | None) -> list[FilterSelect]:
    if not work.actor.is_national:
        return []
    choices = [("", _("All regions")), *((one.value, words) for one, words in REGIONS.items())]
    return [FilterSelect("regio", _("Region"), choices, region or "")]


def _chips(region: str | None) -> list[FilterChip]:
    if not region:
        return []
    words = _("Region: %(region)s", region=REGIONS[Region(region)])
    return [FilterChip(words, url_for("continuity.gaps"))]

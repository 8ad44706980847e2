"""The family of a child, and what was corrected in its file."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.audit.queries import Earlier
from caseapp.casefile.views.blueprint import bp
from caseapp.continuity.views.blueprint import places_of
from caseapp.domain.codes import Relation
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.forms import ChildForm
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.past import Was, what_was
from caseapp.web.repairs import allows

if TYPE_CHECKING:
    from caseapp.people.models import Card, ChildFacts, Relative

TABLES: Final[dict[str, tuple[Words, str]]] = {
    "relative": (_l("Family"), "casefile.family"),
    "consent": (_l("Consent"), "casefile.consents"),
    "placement": (_l("Places"), "placements.stays"),
    "whereabouts": (_l("Elsewhere"), "placements.stays"),
    "transfer": (_l("Moves"), ""),
    "handover": (_l("Handovers"), ""),
    "hold": (_l("Moves"), ""),
    "promise": (_l("Handovers"), ""),
    "responsible": (_l("Who is responsible"), "moves.take_over"),
    "school_record": (_l("School"), "schooling.chapter"),
    "absence": (_l("School"), "schooling.chapter"),
    "absence_report": (_l("School"), "schooling.chapter"),
    "care_line": (_l("Care"), "care.chapter"),
    "provider_answer": (_l("Care"), "care.chapter"),
    "observation": (_l("Observations and contact"), "observations.chapter"),
    "contact": (_l("Observations and contact"), "observations.chapter"),
    "meeting": (_l("Observations and contact"), "observations.chapter"),
    "guardianship": (_l("Guardianship and support"), "guardianship.chapter"),
    "plan": (_l("Guardianship and support"), "guardianship.chapter"),
    "support": (_l("Guardianship and support"), "guardianship.chapter"),
    "runway": (_l("Guardianship and support"), "guardianship.chapter"),
}
"""In which chapter the corrections of a table are read in full."""
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A family member as a line: who, where, and why apart."""

    id: UUID
    relation: Words
    name: str
    is_minor: bool | None
    where: Words
    href: str
    apart: str = ""
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as a line: when, in which chapter, by whom."""

    at: datetime
    chapter: Words
    href: str
    who: str


@bp.route("/kinderen/<uuid:child_id>/gezin")
@guard(Permission.CHILD_READ, on=the_open_child)
def family(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the family: who belongs to this child, and where everybody lives."""
    rows = people.relatives(work, child.id)
    linked = [row.relative_child_id for row in rows if row.relative_child_id]
    seen = people.sees_of(work, linked)
    places = places_of(work, list(seen))
    work.saw("list-family", list(seen))
    return render_template(
        "casefile/family.html",
        child=child,
        members=[_member(row, seen, places) for row in rows],
        card=readable(child.child, "card"),
    )


def _member(row: "Relative", seen: dict[UUID, Any], places: dict[UUID, Words]) -> Member:
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return Member(row.id, "", "", None, "", "", unreadable=facts.reference)
    known = row.relative_child_id
    href = url_for("casefile.show", child_id=known) if known in seen else ""
    where: Words = facts.location or ""
    if known is not None:
        where = places.get(known, _("outside what you may see"))
    return Member(
        id=row.id,
        relation=label(Relation(facts.relation)),
        name=facts.name or (_("erased") if facts.erased else ""),
        is_minor=facts.minor,
        where=where,
        href=href,
        apart=facts.apart_reason or "",
    )


@bp.route("/kinderen/<uuid:child_id>/geschiedenis")
@guard(Permission.CHILD_READ, on=the_open_child)
def past(work: Work, child: Sight) -> ResponseReturnValue:
    """Show what was corrected in a file: the details of the child in full, other chapters as a list."""
    changes = audit.corrections_of(work, child.id, MOST)
    entries = audit.past_of(work, "child", child.id, ("card", "facts"))
    names = accounts.names(work, [*(c.by for c in changes), *(e.by for e in entries)])
    return render_template(
        "casefile/past.html",
        child=child,
        card=readable(child.child, "card"),
        details=_details(child, entries, names),
        changes=[
            Change(
                at=one.at,
                chapter=TABLES[one.table][0],
                href=_address(work, TABLES[one.table][1], child.id),
                who=names.get(one.by, "") if one.by else "",
            )
            for one in changes
            if one.table in TABLES
        ],
    )


def _address(work: Work, endpoint: str, child_id: UUID) -> str:
    return url_for(endpoint, child_id=child_id) if endpoint and allows(work.actor, endpoint) else ""


def _details(child: Sight, entries: list[Earlier], names: dict[UUID, str]) -> list[Was]:
    """Return what stood in the details of the child before each correction, in the words of the form."""
    card, facts = readable(child.child, "card"), readable(child.child, "facts")
    if isinstance(card, Unreadable) or isinstance(facts, Unreadable):
        return []
    return what_was(ChildForm(), _values(card, facts), entries, _values_then, names)


def _values_then(entry: Earlier) -> dict[str, object] | Unreadable:
    card: Any = entry.sealed["card"]
    facts: Any = entry.sealed["facts"]
    if isinstance(card, Unreadable):
        return card
    if isinstance(facts, Unreadable):
        return facts
    return _values(card, facts)


def _values(card: "Card", facts: "ChildFacts") -> dict[str, object]:
    known = asdict(card) | asdict(facts)
    known["language"] = facts.language_text or " ".join(facts.languages)
    return known

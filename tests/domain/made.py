"""Small dossiers for examples: say only what matters, days as text."""

from datetime import date

from caseapp.domain.continuity import assess
from caseapp.domain.document import parse
from caseapp.domain.facts import Dossier
from caseapp.domain.limits import limits_from
from caseapp.domain.rules.rule import Finding
from caseapp.settings import limits_file

LIMITS = limits_from(limits_file())


def d(text: str) -> date:
    """Return the day."""
    return date.fromisoformat(text)


def document(child=None, **lists):
    """Return a dossier document of a girl of nine who came with her family."""
    about = {
        "ref": "kind-1",
        "v_number": "0000000001",
        "given_names": "Noor",
        "birth": born("2017-03-14"),
        "unaccompanied": False,
    } | (child or {})
    return {"format": "caseapp-dossier/1", "child": about} | lists


def dossier(child=None, **lists) -> Dossier:
    """Return the facts of such a document."""
    return parse(document(child, **lists))


def born(day, precision="day"):
    """Return a birth date."""
    return {"date": day, "precision": precision, "status": "declared"}


def alone(birth="2010-05-10", precision="day", **more):
    """Return a child that came without parents, 16 in the summer of 2026."""
    return {"birth": born(birth, precision), "unaccompanied": True} | more


def place(name, start, end=None, kind="AZC", at=None, region="midden", town="GM9901"):
    """Return a placement; its location is its own id unless `at` says otherwise."""
    stay = {
        "id": name,
        "location": at or name,
        "kind": kind,
        "municipality": town,
        "region": region,
        "from": start,
    }
    return stay | ({"to": end} if end else {})


def transfer(name, to, announced, planned, status="planned", **more):
    """Return a transfer from the location `A`."""
    moved = {
        "id": name,
        "from_location": "A",
        "to_location": to,
        "announced_on": announced,
        "planned_on": planned,
        "status": status,
    }
    return moved | more


def line(name, referred, kind="GGZ", **more):
    """Return a care line that is bound to the place."""
    return {"id": name, "kind": kind, "place_bound": True, "referred_on": referred} | more


def school(name, start=None, end=None, kind="PO_regulier", **more):
    """Return a school record."""
    record = {"id": name, "type": kind} | more
    return record | ({"attending_from": start} if start else {}) | ({"to": end} if end else {})


def during(name, start, end=None, **more):
    """Return a record with a period."""
    return {"id": name, "from": start} | ({"to": end} if end else {}) | more


def contact(name, on, by="cpk", mode="face_to_face"):
    """Return a contact."""
    return {"id": name, "on": on, "by": by, "mode": mode}


def findings(rule, on, child=None, **lists) -> list[Finding]:
    """Return what one rule finds on a day."""
    found = assess(dossier(child, **lists), d(on), LIMITS)
    return [one for one in found if one.rule == rule]


def told(rule, on, child=None, **lists):
    """Return subject, severity, since and due of what one rule finds, as text."""
    return [
        (one.subject, one.severity.value, str(one.since), str(one.due) if one.due else None)
        for one in findings(rule, on, child, **lists)
    ]

"""Children who came in with a list: the story of what is missing, and how a form is sent as it stands."""

from typing import Any, Final
from uuid import UUID

import html5lib
from sqlalchemy import select

from caseapp.continuity.models import Gap
from caseapp.domain.document import parse
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from tests.slices.continuity.story import SYSTEM, looking
from tests.strict_client import HTML_NAMESPACE, StrictClient
from tests.world import World

HERE: Final = ("azc Hier", "AZC", "GM9901", "noord", "cpk")
BESIDE: Final = ("noodopvang Naast", "NO", "GM9902", "noord", "cpk_beside")
FAR: Final = ("azc Ver", "AZC", "GM9903", "zuid", "cpk_far")


def bring(house: Machine, world: World, name: str, place: Any = HERE, **known: Any) -> UUID:
    """Let a boy of nine come in as an occupancy list brings him, with more known about him."""
    number = sum(map(ord, name)) % 100_000
    location, kind, town, region, contact = place
    stay = {"id": "p1", "location": location, "kind": kind, "operator": "coa", "municipality": town,
            "region": region, "from": "2026-06-01"}  # fmt: skip
    child = {
        "ref": name, "v_number": f"99200{number:05d}", "given_names": f"Zqx{name}", "unaccompanied": False,
        "birth": {"date": "2017-03-14", "precision": "day", "status": "declared"},
        "application_lodged_on": "2026-06-01", "needs_assessed_on": "2026-06-20",
    }  # fmt: skip
    written = {
        "format": "caseapp-dossier/1",
        "child": {k: v for k, v in (child | known.pop("child", {})).items() if v is not None},
        "placements": [stay],
        "responsible": [{"id": "r1", "role": "cpk", "organisation": "coa", "from": "2026-06-01"}],
        "school": [{"id": "s1", "type": "PO_regulier", "municipality": town, "attending_from": "2026-09-01"}],
    } | known  # fmt: skip
    work = house.work(SYSTEM)
    named = {"responsible/r1": world.accounts[contact]}
    key = import_documents(work, [Arriving(parse(written), named, None)])[0]
    work.commit()
    work.session.close()
    return key


def gaps_of(house: Machine, child_id: UUID) -> set[tuple[str, str]]:
    """Return fact and rule of what is missing about a child, as the record has it."""
    with looking(house) as work:
        rows = work.session.execute(select(Gap.fact, Gap.rule).where(Gap.child_id == child_id))
        return {(row[0], row[1]) for row in rows}


def as_it_stands(client: StrictClient, path: str) -> dict[str, str]:
    """Return what a browser sends for the form of a page when nobody touches it."""
    sent: dict[str, str] = {}
    for form in html5lib.parse(client.get(path).text).iter(f"{HTML_NAMESPACE}form"):
        if form.get("method") != "post" or form.get("action"):
            continue
        for one in form.iter():
            name, value = one.get("name"), _value(one)
            if name and value is not None:
                sent[name] = value
    return sent


def _value(control: Any) -> str | None:
    tag = str(control.tag).removeprefix(HTML_NAMESPACE)
    if tag == "select":
        options = control.iter(f"{HTML_NAMESPACE}option")
        return next((o.get("value") for o in options if o.get("selected") is not None), "")
    if tag == "textarea":
        return control.text or ""
    if tag != "input" or control.get("type") == "submit":
        return None
    if control.get("type") in {"radio", "checkbox"} and control.get("checked") is None:
        return None
    return control.get("value") or ""

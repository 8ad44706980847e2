"""From the alert to the page that mends it, and back: the alert is gone, by what was written down."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.continuity.models import Alert
from caseapp.domain.document import parse
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from tests.strict_client import StrictClient
from tests.world import document

As = Callable[..., StrictClient]
Document = dict[str, Any]

TODAY_TEXT = "24-11-2026"
KNOWN = document("mine")
CARE = {line["id"]: line for line in KNOWN["care"]}
SEEN = KNOWN["observations"][0]


def seen(key: str, on: str, **more: Any) -> Document:
    """Return an observation."""
    return {"id": key, "on": on, "source": "own", "level": "none"} | more


MISSED = [
    {"id": f"a{day}", "on": f"2026-11-{day}", "hours": 5, "authorised": False}
    for day in (16, 17, 18, 19)
]
INSUFFICIENT = [
    seen(f"o{day}", f"2026-11-{day}", conditions={"respect": "insufficient"}) for day in (10, 17)
]
GONE = {"id": "w9", "state": "missing", "from": "2026-11-22"}
ISK = KNOWN["school"][1] | {"attending_from": "2025-03-03", "enrolled_on": "2025-03-03"}
COMING = {
    "id": "t9", "from_location": "azc Hier", "to_location": "azc Ver", "status": "planned",
    "announced_on": "2026-11-10", "planned_on": "2026-12-01",
}  # fmt: skip
DETAILS = {
    "given_names": "Zqxgiven", "birth_date": "1-12-2010", "birth_precision": "month",
    "birth_status": "examined", "unaccompanied": "yes", "v_number": "0099887766",
    "application_lodged_on": "3-11-2025",
}  # fmt: skip

REPAIRS: list[tuple[str, str, Document, Document]] = [
    ("SCH-3", "cpk", {"absences": MISSED}, {"on": TODAY_TEXT}),
    (
        "SCH-6",
        "cpk",
        {"school": [ISK]},
        {"type": "VO_ISK", "attending_from": "3-3-2025", "outflow_plan_on": TODAY_TEXT},
    ),
    (
        "CAR-4",
        "cpk",
        {
            "care": [CARE["c1"] | {"medication_until": "2026-12-05"}, CARE["c2"]],
            "transfers": [COMING],
        },
        {"next_contact_on": "30-11-2026"},
    ),
    (
        "CAR-5",
        "cpk",
        {"care": [CARE["c1"], CARE["c2"]]},
        {"kind": "GZA_INTAKE", "referred_on": TODAY_TEXT, "started_on": TODAY_TEXT},
    ),
    (
        "CAR-6",
        "cpk",
        {"care": [CARE["c1"]]},
        {"kind": "JGZ", "referred_on": TODAY_TEXT, "started_on": TODAY_TEXT},
    ),
    ("CAR-7", "cpk", {"child": {"needs_assessed_on": None}}, {"needs_assessed_on": TODAY_TEXT}),
    ("GUA-3", "guardianship", {"plans": []}, {"on": TODAY_TEXT, "kind": "plan"}),
    (
        "AGE-1",
        "guardianship",
        {"child": {"transition_plan_on": None}},
        {"transition_plan_on": TODAY_TEXT, "version": "0"},
    ),
    (
        "AGE-5",
        "coordinator",
        {"consents": [], "child": {"birth": KNOWN["child"]["birth"] | {"date": "2010-12-10"}}},
        {"on": TODAY_TEXT, "given_by": "child"},
    ),
    (
        "AGE-6",
        "cpk",
        {"child": {"birth": {"date": "2010-12-01", "precision": "month", "status": "declared"}}},
        DETAILS,
    ),
    (
        "OBS-2",
        "cpk",
        {"observations": [seen("o9", "2026-11-10", level="concern")]},
        {"action": "zqx-call the school"},
    ),
    ("OBS-3", "cpk", {"observations": INSUFFICIENT, "meetings": []}, {"on": TODAY_TEXT}),
    (
        "OBS-4",
        "cpk",
        {"observations": [SEEN | {"action": {"text": "zqx-late", "due_on": "2026-11-20"}}]},
        {"done_on": TODAY_TEXT},
    ),
    ("SAF-1", "cpk", {"whereabouts": [GONE]}, {"on": TODAY_TEXT, "where": "here"}),
    ("SAF-2", "cpk", {"whereabouts": [GONE]}, {"police_report_on": "23-11-2026"}),
]


def told(changes: Document) -> Document:
    """Return the document of a child at the place of the contact person, with what is different."""
    made = deepcopy(KNOWN)
    made.pop("accounts")
    made["child"] |= {"v_number": "0099887766"} | changes.get("child", {})
    made["child"] = {name: value for name, value in made["child"].items() if value is not None}
    return made | {name: value for name, value in changes.items() if name != "child"}


def brought_in(house: Machine, changes: Document) -> UUID:
    """Take the document in, and return the key of the child."""
    work = house.work(Actor(account_id=None, name="test", everywhere=True))
    try:
        (key,) = import_documents(work, [Arriving(parse(told(changes)))])
        work.commit()
    finally:
        work.session.close()
    return key


def is_open(house: Machine, child_id: UUID, rule: str) -> bool:
    """Say whether an alert of the rule is open for the child."""
    work = house.work(Actor(account_id=None, name="test", everywhere=True), writes=False)
    wanted = select(Alert.id).where(
        Alert.child_id == child_id, Alert.rule == rule, Alert.closed_at.is_(None)
    )
    try:
        return work.session.scalars(wanted).first() is not None
    finally:
        work.session.close()


@pytest.mark.parametrize(
    ("rule", "who", "changes", "sent"), REPAIRS, ids=[repair[0] for repair in REPAIRS]
)
def test_the_button_of_an_alert_leads_to_what_mends_it(
    as_: As, house: Machine, rule: str, who: str, changes: Document, sent: Document
) -> None:
    child_id = brought_in(house, changes)
    assert is_open(house, child_id, rule)
    client, home = as_(who), f"/kinderen/{child_id}"
    button = re.search(rf'href="([^"]*[?]signalering={rule})"', client.get(home).text)
    assert button is not None
    asked = client.get(button.group(1))
    assert asked.status_code == 200
    version = re.search(r'name="version" value="(\d+)"', asked.text)
    known = {"version": version.group(1)} if version else {}
    answer = client.post(button.group(1), known | sent)
    assert (answer.status_code, answer.location) == (303, home)
    assert not is_open(house, child_id, rule)

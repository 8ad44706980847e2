"""Every key of the dossier document, version 1, with what it may hold."""

import re
from collections.abc import Mapping
from typing import Final

from caseapp.domain import care_codes, codes, facts
from caseapp.domain.readers import (
    Code,
    Day,
    DocumentError,
    Flag,
    Many,
    Number,
    Ratings,
    Reader,
    Record,
    Text,
)

DAY: Final = Day()
FLAG: Final = Flag()
ID: Final = Text(
    pattern=re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
    otherwise="This must be 1 to 64 letters, digits, dots, dashes or underscores.",
)
MUNICIPALITY: Final = Text(
    pattern=re.compile("GM[0-9]{4}"), otherwise="This must be GM and four digits."
)
NAME: Final = Text(200)
LOCATION: Final = Text(120)
REASON: Final = Text(500)
PARAGRAPH: Final = Text(2000)
STORY: Final = Text(8000)


def _lasting(must: Mapping[str, Reader]) -> Mapping[str, Reader]:
    return {"id": ID, **must, "from": DAY}


def _arrived_on_when_arrived(transfer: Mapping[str, object]) -> None:
    arrived = transfer["status"] is codes.TransferStatus.ARRIVED
    if arrived and "arrived_on" not in transfer:
        raise DocumentError("arrived_on", "This is missing: the status is arrived.")
    if not arrived and "arrived_on" in transfer:
        raise DocumentError(
            "arrived_on", "Only a transfer of which the status is arrived has this."
        )


def _reason_with_end(line: Mapping[str, object]) -> None:
    if "end_reason" in line and "ended_on" not in line:
        raise DocumentError("ended_on", "This is missing: there is an end_reason.")


BIRTH: Final = Record(
    facts.Birth,
    {"date": DAY, "precision": Code(codes.Precision), "status": Code(codes.BirthStatus)},
)
CHILD: Final = Record(
    facts.Child,
    {
        "ref": ID,
        "v_number": Text(pattern=re.compile("[0-9]{10}"), otherwise="This must be ten digits."),
        "given_names": NAME,
        "birth": BIRTH,
        "unaccompanied": FLAG,
    },
    {
        "family_name": NAME,
        "sex": Code(codes.Sex),
        "nationality": Text(
            pattern=re.compile("[A-Z]{3}"), otherwise="This must be three capital letters."
        ),
        "languages": Many(
            Text(
                pattern=re.compile("[a-z]{2,3}"),
                otherwise="This must be two or three small letters.",
            )
        ),
        "kindgezin": FLAG,
        "application_lodged_on": DAY,
        "first_arrival_on": DAY,
        "needs_assessed_on": DAY,
        "transition_plan_on": DAY,
        "support_declined_on": DAY,
        "closed_on": DAY,
    },
)
FAMILY_MEMBER: Final = Record(
    facts.FamilyMember,
    {"ref": ID, "relation": Code(codes.Relation)},
    {
        "name": NAME,
        "minor": FLAG,
        "location": LOCATION,
        "location_since": DAY,
        "apart_reason": REASON,
    },
)
PLACEMENT: Final = Record(
    facts.Placement,
    _lasting(
        {
            "location": LOCATION,
            "kind": Code(codes.PlacementKind),
            "municipality": MUNICIPALITY,
            "region": Code(codes.Region),
        }
    ),
    {
        "operator": Code(codes.Operator),
        "group_size": Number(1, 5000, step=1),
        "to": DAY,
        "reason": Code(codes.MoveReason),
    },
)
HANDOVER: Final = Record(
    facts.Handover,
    {},
    {
        "sent_on": DAY,
        "acknowledged_on": DAY,
        "items": Many(
            Record(
                facts.HandoverItem,
                {"id": ID, "topic": Code(codes.Topic), "text": PARAGRAPH},
                {"outcome": Code(codes.Outcome)},
            ),
            unique="id",
        ),
    },
)
TRANSFER: Final = Record(
    facts.Transfer,
    {
        "id": ID,
        "from_location": LOCATION,
        "to_location": LOCATION,
        "announced_on": DAY,
        "planned_on": DAY,
        "status": Code(codes.TransferStatus),
    },
    {
        "arrived_on": DAY,
        "reason": Code(codes.MoveReason),
        "term_time_reason": REASON,
        "handover": HANDOVER,
    },
    _arrived_on_when_arrived,
)
RESPONSIBLE: Final = Record(
    facts.Responsible,
    _lasting({}),
    {
        "name": NAME,
        "role": Code(codes.WorkerRole),
        "organisation": Code(codes.Organisation),
        "to": DAY,
    },
)
SCHOOL: Final = Record(
    facts.SchoolRecord,
    {"id": ID, "type": Code(care_codes.SchoolType)},
    {
        "name": NAME,
        "brin": Text(
            pattern=re.compile("[0-9]{2}[A-Z]{2}([0-9]{2})?"),
            otherwise="This must be two digits, two capitals, and two digits for a branch.",
        ),
        "municipality": MUNICIPALITY,
        "waiting_list_since": DAY,
        "enrolled_on": DAY,
        "attending_from": DAY,
        "to": DAY,
        "hours_per_week": Number(0, 40),
        "kept_after_move_on": DAY,
        "outflow_plan_on": DAY,
    },
)
ABSENCE: Final = Record(
    facts.Absence,
    {"id": ID, "on": DAY, "hours": Number(0, 12, step=0.25, above=True), "authorised": FLAG},
    {"reason": REASON},
)
CARE: Final = Record(
    facts.CareLine,
    {"id": ID, "kind": Code(care_codes.CareKind), "place_bound": FLAG, "referred_on": DAY},
    {
        "provider": NAME,
        "continues": ID,
        "intake_on": DAY,
        "started_on": DAY,
        "ended_on": DAY,
        "end_reason": Code(care_codes.EndReason),
        "contacts_on": Many(DAY),
        "next_contact_on": DAY,
        "medication_until": DAY,
        "waiting_kept_on": DAY,
    },
    _reason_with_end,
)
OBSERVATION: Final = Record(
    facts.Observation,
    {
        "id": ID,
        "on": DAY,
        "source": Code(care_codes.Source),
        "level": Code(care_codes.Level),
    },
    {
        "text": STORY,
        "child_view": STORY,
        "conditions": Ratings(care_codes.Condition, Code(care_codes.Rating)),
        "action": Record(
            facts.Action, {}, {"text": PARAGRAPH, "owner": NAME, "due_on": DAY, "done_on": DAY}
        ),
    },
)
DOSSIER: Final = Record(
    facts.Dossier,
    {"child": CHILD},
    {
        "family_members": Many(FAMILY_MEMBER, unique="ref"),
        "placements": Many(PLACEMENT, unique="id"),
        "transfers": Many(TRANSFER, unique="id"),
        "responsible": Many(RESPONSIBLE, unique="id"),
        "school": Many(SCHOOL, unique="id"),
        "absences": Many(ABSENCE, unique="id"),
        "absence_reports": Many(
            Record(facts.AbsenceReport, {"id": ID, "on": DAY}, {"note": PARAGRAPH}), unique="id"
        ),
        "care": Many(CARE, unique="id"),
        "observations": Many(OBSERVATION, unique="id"),
        "contacts": Many(
            Record(
                facts.Contact,
                {
                    "id": ID,
                    "on": DAY,
                    "by": Code(care_codes.ContactBy),
                    "mode": Code(care_codes.ContactMode),
                },
                {"note": STORY},
            ),
            unique="id",
        ),
        "guardianship": Many(
            Record(
                facts.Guardianship,
                _lasting({}),
                {"guardian": NAME, "kind": Code(care_codes.GuardianshipKind), "to": DAY},
            ),
            unique="id",
        ),
        "plans": Many(
            Record(facts.Plan, {"id": ID, "on": DAY}, {"kind": Code(care_codes.PlanKind)}),
            unique="id",
        ),
        "meetings": Many(
            Record(
                facts.Meeting,
                {"id": ID, "on": DAY},
                {"participants": Many(NAME), "note": STORY},
            ),
            unique="id",
        ),
        "support": Many(
            Record(
                facts.Support,
                _lasting({"regime": Code(care_codes.Regime)}),
                {"organisation": Code(codes.Organisation), "to": DAY},
            ),
            unique="id",
        ),
        "consents": Many(
            Record(
                facts.Consent,
                {"id": ID, "on": DAY},
                {"given_by": Many(Code(care_codes.ConsentBy)), "scope": PARAGRAPH},
            ),
            unique="id",
        ),
        "whereabouts": Many(
            Record(
                facts.Whereabouts,
                _lasting({"state": Code(codes.WhereaboutsState)}),
                {"to": DAY, "police_report_on": DAY, "note": PARAGRAPH},
            ),
            unique="id",
        ),
    },
)

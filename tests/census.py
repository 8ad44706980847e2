"""Every page of the house: what it asks, what its address is about, and who is let in.

One line a page, written down from the policy on access and not read from the guards; every check of
pages is a loop over these lines. A page about a child says how much of the file it takes at least.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseapp.domain.policy import POLICY, READS, Permission, Sees
from tests.addresses import (
    NOTHING,
    About,
    Address,
    OfAccount,
    OfChild,
    OfFactor,
    OfLetter,
    OfNotice,
    OfReference,
    OfRight,
    OfSession,
    Only,
    anybody,
)
from tests.addresses_of_privacy import OfAnyChild, OfDesk
from tests.addresses_of_rights import OfAbsent, OfEmergency, OfLeave, OfRequest
from tests.addresses_of_safety import OfProtectionFile
from tests.addresses_of_trail import OfTrail
from tests.addresses_of_work import (
    AnyRun,
    OfFact,
    OfFile,
    OfHome,
    OfLimit,
    OfList,
    OfListRow,
    OfLoad,
    OfRun,
)
from tests.ground import GONE, ROLES, TOLD, Ground

P = Permission


class Everyone(StrEnum):
    """Who may use a page that asks for no permission."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the census."""

    needs: P | Everyone
    about: About = NOTHING

    def may(self, who: str | None) -> bool:
        """Say whether the role of somebody carries what the page asks, by the policy."""
        if self.needs is Everyone.ANYBODY:
            return True
        if who is None or who == GONE:
            return False
        role = ROLES[who]
        return self.needs is Everyone.SIGNED_IN or (role is not None and self.needs in POLICY[role])

    def lets_in(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Say whether somebody is let in at an address."""
        writes = self.needs is not Everyone.SIGNED_IN and self.needs not in READS
        looks = under_glass(ground, who, address) and writes
        return self.may(who) and not looks and self.about.admits(ground, who, address)


def under_glass(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether an address is of the child that somebody looks at in an emergency: reading, nothing else."""
    return who == "breakglass" and address.get("child_id") == ground.world.mine


def _lives_at_own_place(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody is the contact person of the place where the child lives."""
    homes = {"cpk": "mine", "stand_in": "mine", "cpk_beside": "beside", "cpk_far": "far"}
    return ground.world.children.get(homes.get(who or "", "")) == address["child_id"]


def _is_told(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody sees the whole file, or was told of the alert."""
    child_id = address["child_id"]
    told = ground.name_of(child_id) in TOLD.get(who or "", frozenset())
    return told or ground.sees(who, child_id) is Sees.ALL


READ: Final = OfChild(Sees.UNTIL_DEPARTURE)
RECEIVE: Final = OfChild(Sees.HANDOVER)
WRITE: Final = OfChild()


def row(table: str, part: str, least: Sees = Sees.ALL, only: Only = anybody) -> OfChild:
    """Return what a page about one row on the file of a child is about."""
    return OfChild(least, {part: table}, only)


def move(least: Sees = Sees.ALL) -> OfChild:
    """Return what a page about a move is about."""
    return row("transfer", "transfer_id", least)


def _is_national(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody sits at the national desk."""
    return who == "national"


def hold(only: Only = anybody) -> OfChild:
    """Return what a page about a hold or objection on a move is about."""
    return OfChild(rows={"transfer_id": "transfer", "hold_id": "hold"}, only=only)


LINE: Final = row("care_line", "line_id")
ASKED: Final = OfDesk("request_id")
DUE: Final = OfDesk("item_id")

CENSUS: Final[Mapping[str, Page]] = {
    "accounts.account": Page(P.ACCOUNT_READ, OfAccount()),
    "accounts.accounts": Page(P.ACCOUNT_READ),
    "accounts.approve": Page(P.GRANT_APPROVE, OfRight(administrators=False)),
    "accounts.ask_reset": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.ask": Page(P.GRANT_ASK, OfAccount(open_only=True)),
    "accounts.close": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.contact": Page(P.LOCATION_EDIT, OfReference("location_id")),
    "accounts.end_leave": Page(P.LEAVE_ARRANGE, OfLeave()),
    "accounts.leave": Page(P.LEAVE_ARRANGE),
    "accounts.leave_for": Page(P.LEAVE_ARRANGE, OfAbsent()),
    "accounts.edit": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.end": Page(P.GRANT_ASK, OfRight()),
    "accounts.end_session": Page(Everyone.SIGNED_IN, OfSession()),
    "accounts.end_sessions": Page(Everyone.SIGNED_IN),
    "accounts.app": Page(Everyone.SIGNED_IN),
    "accounts.factors": Page(Everyone.SIGNED_IN),
    "accounts.new_app": Page(Everyone.SIGNED_IN),
    "accounts.new_passkey": Page(Everyone.SIGNED_IN),
    "accounts.new_passkey_question": Page(Everyone.SIGNED_IN),
    "accounts.passkey_question": Page(Everyone.SIGNED_IN),
    "accounts.proof": Page(Everyone.SIGNED_IN),
    "accounts.recovery": Page(Everyone.SIGNED_IN),
    "accounts.recovery_codes": Page(Everyone.SIGNED_IN),
    "accounts.remove_factor": Page(Everyone.SIGNED_IN, OfFactor()),
    "accounts.rename_factor": Page(Everyone.SIGNED_IN, OfFactor()),
    "accounts.second_step": Page(Everyone.SIGNED_IN),
    "accounts.me": Page(Everyone.SIGNED_IN),
    "accounts.my_language": Page(Everyone.SIGNED_IN),
    "accounts.new_password": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.open_account": Page(P.ACCOUNT_EDIT),
    "accounts.password": Page(Everyone.SIGNED_IN),
    "accounts.sign_in": Page(Everyone.ANYBODY),
    "accounts.first_key": Page(Everyone.ANYBODY),
    "accounts.sign_out_account": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.sign_out": Page(Everyone.ANYBODY),
    "audit.break_": Page(P.DECIDE_TOGETHER, OfTrail("break_id")),
    "audit.go_on": Page(P.DECIDE_TOGETHER, OfTrail("break_id")),
    "audit.item": Page(P.PRIVACY_DESK, OfTrail("item_id")),
    "audit.review": Page(P.PRIVACY_DESK),
    "care.add": Page(P.CARE_EDIT, WRITE),
    "care.add_answer": Page(P.CARE_EDIT, LINE),
    "care.appointment": Page(P.CARE_EDIT, LINE),
    "care.chapter": Page(P.CHILD_READ, RECEIVE),
    "care.edit": Page(P.CARE_EDIT, LINE),
    "care.edit_answer": Page(
        P.CARE_EDIT, OfChild(rows={"line_id": "care_line", "answer_id": "provider_answer"})
    ),
    "care.end": Page(P.CARE_EDIT, LINE),
    "care.keep_waiting": Page(P.CARE_EDIT, LINE),
    "care.letter": Page(P.CARE_EDIT, LINE),
    "care.refer_on": Page(P.CARE_EDIT, LINE),
    "care.seen": Page(P.CARE_EDIT, LINE),
    "care.take_back": Page(P.CARE_EDIT, LINE),
    "casefile.add_consent": Page(P.CONSENT_EDIT, WRITE),
    "casefile.accepted": Page(P.HANDOVER_ACCEPT),
    "casefile.arrived": Page(P.MOVE_ARRIVE),
    "casefile.caseload": Page(P.CHILD_READ),
    "casefile.consents": Page(P.CHILD_READ, WRITE),
    "casefile.day": Page(P.MOVE_ARRIVE),
    "casefile.departed": Page(P.MOVE_PLAN),
    "casefile.edit_consent": Page(P.CONSENT_EDIT, row("consent", "consent_id")),
    "casefile.caseloads": Page(P.CASELOAD_GIVE),
    "casefile.decide_together": Page(P.DECIDE_TOGETHER, OfRequest()),
    "casefile.emergencies": Page(P.EMERGENCY_REVIEW),
    "casefile.emergency": Page(P.BREAK_GLASS),
    "casefile.review_emergency": Page(P.EMERGENCY_REVIEW, OfEmergency(judged=True)),
    "casefile.stop_emergency": Page(Everyone.SIGNED_IN, OfEmergency()),
    "casefile.together": Page(P.DECIDE_TOGETHER),
    "casefile.family": Page(P.CHILD_READ, WRITE),
    "casefile.home": Page(Everyone.SIGNED_IN),
    "casefile.new_child": Page(P.CHILD_CREATE),
    "casefile.pass_on": Page(P.CASELOAD_GIVE, OfAccount()),
    "casefile.past": Page(P.CHILD_READ, WRITE),
    "casefile.show": Page(P.CHILD_READ, OfChild(Sees.HEADER)),
    "casefile.today": Page(Everyone.SIGNED_IN),
    "continuity.alert": Page(P.ALERT_READ, row("alert", "alert_id", Sees.HEADER, _is_told)),
    "continuity.alerts": Page(P.ALERT_READ, OfChild(Sees.HEADER)),
    "continuity.assign": Page(P.ALERT_ASSIGN, row("alert", "alert_id")),
    "continuity.board": Page(P.ALERT_ASSIGN),
    "continuity.gap_list": Page(P.ALERT_READ, OfFact()),
    "continuity.gaps": Page(P.ALERT_READ),
    "continuity.gaps_at": Page(P.ALERT_READ, OfHome()),
    "continuity.impact": Page(P.MOVE_READ, move()),
    "continuity.impact_ahead": Page(P.MOVE_PLAN, WRITE),
    "continuity.impact_family": Page(P.MOVE_CONFIRM, WRITE),
    "continuity.impact_list": Page(P.MOVE_CONFIRM, OfList()),
    "continuity.impact_new_list": Page(P.MOVE_CONFIRM),
    "continuity.impact_row": Page(P.MOVE_CONFIRM, OfListRow()),
    "continuity.impact_sheet": Page(P.MOVE_CONFIRM, OfList()),
    "continuity.limit": Page(P.LIMIT_EDIT, OfLimit()),
    "continuity.loads": Page(P.ALERT_ASSIGN),
    "continuity.take_load": Page(P.ALERT_ASSIGN, OfLoad()),
    "continuity.mistaken": Page(P.ALERT_PUT_OFF, row("alert", "alert_id")),
    "continuity.precision": Page(P.ALERT_ASSIGN),
    "continuity.put_off": Page(P.ALERT_PUT_OFF, row("alert", "alert_id")),
    "continuity.right": Page(P.ALERT_PUT_OFF, row("alert", "alert_id")),
    "continuity.take": Page(P.ALERT_TAKE, row("alert", "alert_id")),
    "exchange.apply": Page(P.LIST_IMPORT, OfRun(written=False)),
    "exchange.brought": Page(P.ALERT_READ, AnyRun()),
    "exchange.decide": Page(P.LIST_IMPORT, OfRun(written=False)),
    "exchange.example": Page(P.LIST_IMPORT),
    "exchange.left_out": Page(P.LIST_IMPORT, OfRun()),
    "exchange.lists": Page(P.LIST_IMPORT),
    "exchange.run": Page(P.LIST_IMPORT, OfRun()),
    "exchange.undo": Page(P.LIST_IMPORT, OfRun(waits=False)),
    "exchange.upload": Page(P.LIST_IMPORT),
    "exchange.withdraw": Page(P.LIST_IMPORT, OfRun(written=False)),
    "guardianship.add_plan": Page(P.SUPPORT_EDIT, WRITE),
    "guardianship.assign": Page(P.GUARDIAN_ASSIGN, WRITE),
    "guardianship.chapter": Page(P.CHILD_READ, RECEIVE),
    "guardianship.edit": Page(P.GUARDIAN_ASSIGN, row("guardianship", "row_id")),
    "guardianship.edit_plan": Page(P.SUPPORT_EDIT, row("plan", "plan_id")),
    "guardianship.runway": Page(P.SUPPORT_EDIT, WRITE),
    "guardianship.support_add": Page(P.SUPPORT_EDIT, WRITE),
    "guardianship.support_edit": Page(P.SUPPORT_EDIT, row("support", "row_id")),
    "moves.accept": Page(P.HANDOVER_ACCEPT, move(Sees.HANDOVER)),
    "moves.add_promise": Page(P.HANDOVER_SEND, move()),
    "moves.arrive": Page(P.MOVE_ARRIVE, move(Sees.HANDOVER)),
    "moves.cancel": Page(P.MOVE_PLAN, move()),
    "moves.change": Page(P.MOVE_PLAN, move()),
    "moves.confirm": Page(P.MOVE_CONFIRM, move()),
    "moves.decide": Page(P.MOVE_PLAN, move()),
    "moves.decide_for_child": Page(P.MOVE_PLAN, WRITE),
    "moves.depart": Page(P.MOVE_PLAN, move()),
    "moves.handover": Page(P.MOVE_READ, move(Sees.HANDOVER)),
    "moves.lift": Page(P.MOVE_CONFIRM, hold()),
    "moves.moves": Page(P.MOVE_READ),
    "moves.object_to": Page(P.MOVE_READ, move()),
    "moves.override": Page(P.HOLD_OVERRIDE, hold(_is_national)),
    "moves.plan": Page(P.MOVE_PLAN, WRITE),
    "moves.put_on_hold": Page(P.MOVE_CONFIRM, move()),
    "moves.refuse": Page(P.HANDOVER_ACCEPT, move(Sees.HANDOVER)),
    "moves.send": Page(P.HANDOVER_SEND, move()),
    "moves.settle": Page(P.HANDOVER_SEND, move()),
    "moves.settle_promise": Page(
        P.HANDOVER_SEND, OfChild(rows={"transfer_id": "transfer", "promise_id": "promise"})
    ),
    "moves.take_over": Page(P.TAKE_OVER, WRITE),
    "moves.talk": Page(
        P.HANDOVER_SEND,
        OfChild(Sees.HANDOVER, {"transfer_id": "transfer", "promise_id": "promise"}),
    ),
    "moves.transfer": Page(P.MOVE_READ, move(Sees.HANDOVER)),
    "moves.unannounced": Page(P.MOVE_ARRIVE, WRITE),
    "notices.drop": Page(P.MAIL_DESK, OfLetter()),
    "notices.letters": Page(P.MAIL_DESK),
    "notices.mail": Page(P.ALERT_READ),
    "notices.notices": Page(P.ALERT_READ),
    "notices.open_one": Page(Everyone.SIGNED_IN, OfNotice()),
    "notices.read": Page(P.ALERT_READ),
    "notices.resend": Page(P.MAIL_DESK, OfLetter()),
    "notices.resend_all": Page(P.MAIL_DESK),
    "observations.action_done": Page(P.OBSERVE, row("observation", "row_id")),
    "observations.add_meeting": Page(P.CONTACT_LOG, WRITE),
    "observations.agree": Page(P.OBSERVE, row("observation", "row_id")),
    "observations.chapter": Page(P.OBSERVATION_READ, READ),
    "observations.contact": Page(P.CONTACT_LOG, WRITE),
    "observations.contacts_to_record": Page(P.CONTACT_LOG),
    "observations.earlier": Page(P.OBSERVATION_READ, row("observation", "row_id")),
    "observations.earlier_contact": Page(P.OBSERVATION_READ, row("contact", "row_id")),
    "observations.earlier_meeting": Page(P.OBSERVATION_READ, row("meeting", "row_id")),
    "observations.edit": Page(P.OBSERVE, row("observation", "row_id")),
    "observations.edit_contact": Page(
        P.CONTACT_LOG, row("contact", "row_id", only=_lives_at_own_place)
    ),
    "observations.edit_meeting": Page(
        P.CONTACT_LOG, row("meeting", "row_id", only=_lives_at_own_place)
    ),
    "observations.finish": Page(P.OBSERVE, row("observation", "row_id")),
    "observations.record": Page(P.OBSERVE),
    "observations.record_for": Page(P.OBSERVE, WRITE),
    "people.add_relative": Page(P.CHILD_EDIT, WRITE),
    "people.close": Page(P.CHILD_CLOSE, WRITE),
    "people.edit": Page(P.CHILD_EDIT, WRITE),
    "people.edit_relative": Page(P.CHILD_EDIT, row("relative", "relative_id")),
    "people.needs": Page(P.CHILD_EDIT, WRITE),
    "people.reopen": Page(P.CHILD_CLOSE, WRITE),
    "people.search": Page(P.CHILD_READ),
    "placements.add_stay": Page(P.PLACEMENT_EDIT, WRITE),
    "placements.add_whereabouts": Page(P.WHEREABOUTS_EDIT, WRITE),
    "placements.back_again": Page(P.WHEREABOUTS_EDIT, row("whereabouts", "whereabouts_id")),
    "placements.correct_stay": Page(P.PLACEMENT_EDIT, row("placement", "stay_id")),
    "placements.correct_whereabouts": Page(
        P.WHEREABOUTS_EDIT, row("whereabouts", "whereabouts_id")
    ),
    "placements.end_stay": Page(P.PLACEMENT_EDIT, row("placement", "stay_id")),
    "placements.missing": Page(P.WHEREABOUTS_EDIT, WRITE),
    "placements.police_report": Page(P.WHEREABOUTS_EDIT, row("whereabouts", "whereabouts_id")),
    "placements.stays": Page(P.CHILD_READ, READ),
    "privacy.ask_erasure": Page(P.PRIVACY_DESK, ASKED),
    "privacy.ask_package": Page(P.PRIVACY_DESK, ASKED),
    "privacy.close": Page(P.PRIVACY_DESK, ASKED),
    "privacy.desk": Page(P.PRIVACY_DESK),
    "privacy.destroy": Page(P.PRIVACY_DESK, DUE),
    "privacy.erase": Page(P.PRIVACY_DESK, ASKED),
    "privacy.extend": Page(P.PRIVACY_DESK, ASKED),
    "privacy.find": Page(P.PRIVACY_DESK),
    "privacy.keep": Page(P.PRIVACY_DESK, DUE),
    "privacy.looks": Page(P.WHO_SAW, WRITE),
    "privacy.looks_file": Page(P.WHO_SAW, WRITE),
    "privacy.looks_sheet": Page(P.WHO_SAW, WRITE),
    "privacy.new_request": Page(P.PRIVACY_DESK, OfAnyChild()),
    "privacy.one_request": Page(P.PRIVACY_DESK, ASKED),
    "privacy.package": Page(P.PRIVACY_DESK, ASKED),
    "privacy.request_statement": Page(P.PRIVACY_DESK, ASKED),
    "privacy.requests": Page(P.PRIVACY_DESK),
    "privacy.retention": Page(P.PRIVACY_DESK),
    "privacy.state": Page(P.STATEMENT_EDIT, WRITE),
    "privacy.subject": Page(P.PRIVACY_DESK, OfAnyChild()),
    "privacy.who_saw": Page(P.PRIVACY_DESK, OfAnyChild()),
    "privacy.who_saw_file": Page(P.PRIVACY_DESK, OfAnyChild()),
    "privacy.who_saw_sheet": Page(P.PRIVACY_DESK, OfAnyChild()),
    "privacy.withdraw": Page(P.STATEMENT_EDIT, row("statement", "statement_id")),
    "reference.edit_location": Page(P.LOCATION_EDIT, OfReference("location_id")),
    "reference.edit_school": Page(P.SCHOOL_LIST_EDIT, OfReference("school_id")),
    "reference.location": Page(P.REFERENCE_READ, OfReference("location_id")),
    "reference.locations": Page(P.REFERENCE_READ),
    "reference.new_location": Page(P.LOCATION_EDIT),
    "reference.new_school": Page(P.SCHOOL_LIST_EDIT),
    "reference.schools": Page(P.REFERENCE_READ),
    "reference.settings": Page(P.SYSTEM_READ),
    "reference.system": Page(P.SYSTEM_READ),
    "reporting.monitor": Page(P.MONITOR_READ),
    "safety.files": Page(P.PROTECTION_FILE),
    "safety.new_file": Page(P.PROTECTION_FILE),
    "safety.one_file": Page(P.PROTECTION_FILE, OfProtectionFile()),
    "safety.part": Page(P.PROTECTION_FILE, OfProtectionFile(named=True)),
    "schooling.add": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.add_absence": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.add_report": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.chapter": Page(P.CHILD_READ, RECEIVE),
    "schooling.edit": Page(P.SCHOOL_EDIT, row("school_record", "record_id")),
    "schooling.edit_absence": Page(P.SCHOOL_EDIT, row("absence", "absence_id")),
    "schooling.edit_report": Page(P.SCHOOL_EDIT, row("absence_report", "report_id")),
    "schooling.keep": Page(P.SCHOOL_EDIT, row("school_record", "record_id")),
    "static": Page(Everyone.ANYBODY, OfFile()),
    "web.browser_report": Page(Everyone.ANYBODY),
    "web.language": Page(Everyone.ANYBODY),
}


def example(ground: Ground, endpoint: str, who: str | None) -> Address | None:
    """Return the parts of an address at which somebody is let in; None when there is none."""
    page = CENSUS[endpoint]
    tried = page.about.cases(ground, who)
    return next((address for _, address in tried if page.lets_in(ground, who, address)), None)

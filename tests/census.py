"""Every page of the house: what it asks, what its address is about, and who is let in.

One line a page, written down from the policy on access and not read from the guards; every check of
pages is a loop over these lines. A page about a child says how much of the file it takes at least.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from caseapp.domain.policy import POLICY, Permission, Sees
from tests.ground import CHILDREN, GONE, OVERSEES, ROLES, SEES_LISTS, TOLD, Ground

P = Permission
Address = dict[str, Any]
ABSENT: Final = UUID("01990000-0000-7000-8000-0000000000ff")
MORE_ABSENT: Final = UUID("01990000-0000-7000-8000-0000000000fe")


class Everyone(StrEnum):
    """Who may use a page that asks for no permission."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"


class About(Protocol):
    """What the address of a page names, and who may see that."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the addresses that a walk tries: a word for the relation, and the parts."""

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Say whether somebody with the permission is in scope of what the address names."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The page is about nothing in particular, or about what is one's own."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the one address."""
        yield "own", {}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let everybody in who has the permission."""
        return True


Only = Callable[[Ground, "str | None", Address], bool]


def _anybody(ground: Ground, who: str | None, address: Address) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class OfChild:
    """The page is about a child, or about a row on its file: by part of the address, its table."""

    least: Sees = Sees.ALL
    rows: Mapping[str, str] = field(default_factory=dict)
    only: Only = _anybody

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield each child, a row under the address of another child, and a child that is not there."""
        for name in CHILDREN:
            child_id = ground.world.children[name]
            found = {part: self._row(ground, table, child_id) for part, table in self.rows.items()}
            if None not in found.values():
                yield name, {"child_id": child_id} | found
        parts = dict.fromkeys(self.rows, MORE_ABSENT)
        yield "absent", {"child_id": ABSENT} | parts
        if self.rows:
            yield "absent row", {"child_id": ground.world.mine} | parts
            yield from self._crossed(ground)

    def _crossed(self, ground: Ground) -> Iterator[tuple[str, Address]]:
        others = (ground.world.beside, ground.world.far, ground.world.mine)
        for part, table in self.rows.items():
            for other, child in zip(
                others, (ground.world.mine,) * 2 + (ground.world.far,), strict=True
            ):
                row = self._row(ground, table, other)
                if row is not None:
                    rest = {p: self._row(ground, t, child) or ABSENT for p, t in self.rows.items()}
                    yield "crossed", {"child_id": child} | rest | {part: row}
                    break

    @staticmethod
    def _row(ground: Ground, table: str, child_id: UUID) -> UUID | None:
        return next(iter(ground.rows.get(table, {}).get(child_id, ())), None)

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees enough of the child, when every row is on its file."""
        child_id = address["child_id"]
        sees = ground.sees(who, child_id)
        on_file = all(ground.owners.get(address[part]) == child_id for part in self.rows)
        return (
            sees is not None
            and sees.rank >= self.least.rank
            and on_file
            and self.only(ground, who, address)
        )


@dataclass(frozen=True, slots=True)
class OfAccount:
    """The page is about an account; for whatever changes it, one that is not closed."""

    open_only: bool = False

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield somebody's account, one that was closed, and one that is not there."""
        yield "own", {"account_id": ground.accounts["cpk"]}
        yield "closed", {"account_id": ground.accounts[GONE]}
        yield "absent", {"account_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each account that is there."""
        known = address["account_id"] in ground.accounts.values()
        return known and not (self.open_only and address["account_id"] == ground.accounts[GONE])


@dataclass(frozen=True, slots=True)
class OfRight:
    """The page is about a right of an account: in the own region, or anywhere for an administrator."""

    administrators: bool = True

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a right in each region, one under another's account, and one that is not there."""
        for region, grant in ground.waiting.items():
            yield region, {"account_id": ground.rights[grant][0], "grant_id": grant}
        yield "crossed", {"account_id": ground.accounts["cpk"], "grant_id": ground.waiting["noord"]}
        yield "absent", {"account_id": ground.accounts["cpk"], "grant_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in a coordinator over where the right holds."""
        account, where = ground.rights.get(address["grant_id"], (None, ""))
        if account != address["account_id"]:
            return False
        overseen = where in OVERSEES.get(who or "", frozenset())
        return overseen or (self.administrators and who == "administrator")


@dataclass(frozen=True, slots=True)
class OfNotice:
    """The page is about a message to oneself."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the own message, another's, and one that is not there."""
        if who in ground.notices:
            yield "own", {"notice_id": ground.notices[who][0]}
        other = next(keys for name, keys in ground.notices.items() if name != who)
        yield "other", {"notice_id": other[0]}
        yield "absent", {"notice_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who was told."""
        return address["notice_id"] in ground.notices.get(who or "", [])


@dataclass(frozen=True, slots=True)
class OfLetter:
    """The page is about a mail, of whoever it is."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a mail, and one that is not there."""
        yield "given up", {"letter_id": ground.letters[0]}
        yield "absent", {"letter_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each mail that is there."""
        return address["letter_id"] in ground.letters


@dataclass(frozen=True, slots=True)
class OfSession:
    """The page is about a session of one's own."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the own session, another's, and one that is not there."""
        if who in ground.sessions:
            yield "own", {"session_id": ground.sessions[who]}
        other = next((key for name, key in ground.sessions.items() if name != who), ABSENT)
        yield "other", {"session_id": other}
        yield "absent", {"session_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the owner only."""
        return ground.sessions.get(who or "") == address["session_id"]


@dataclass(frozen=True, slots=True)
class OfReference:
    """The page is about a location or a school, which are the same for all who may see the list."""

    part: str

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {self.part: next(iter(self._known(ground)))}
        yield "absent", {self.part: ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each that is there."""
        return address[self.part] in self._known(ground)

    def _known(self, ground: Ground) -> list[UUID]:
        return list(ground.world.locations.values()) if "location" in self.part else ground.schools


@dataclass(frozen=True, slots=True)
class OfLimit:
    """The page is about a number of a rule: about nobody."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"rule": "PLA-1", "name": "notice_days"}
        yield "absent", {"rule": "PLA-1", "name": "absent_days"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for the one that is there."""
        return address["name"] != "absent_days"


@dataclass(frozen=True, slots=True)
class OfFact:
    """The page is about a fact that can be missing: a list of the own children only."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one of the closed list: any other word is no address at all."""
        yield "own", {"slug": "eerste-aankomst"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in whoever has the permission: whose children it lists is another question."""
        return True


@dataclass(frozen=True, slots=True)
class OfHome:
    """The page is about the children of a location."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield each location, and one that is not there."""
        for code, location_id in ground.world.locations.items():
            yield code, {"location_id": location_id}
        yield "absent", {"location_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of the child that lives there."""
        homes = {"mine": "AZC-HERE", "beside": "NO-BESIDE", "far": "AZC-FAR"}
        lives = {ground.world.locations[code]: name for name, code in homes.items()}
        name = lives.get(address["location_id"])
        return name is not None and ground.sees(who, ground.world.children[name]) is Sees.ALL


@dataclass(frozen=True, slots=True)
class OfLoad:
    """The page is about an alert over many children, of a place in the north."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"load_id": ground.loads[0]}
        yield "absent", {"load_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the desks of the north and of the country."""
        near = {"noord", "country"} & set(OVERSEES.get(who or "", ()))
        return bool(near) and address["load_id"] in ground.loads


@dataclass(frozen=True, slots=True)
class AnyRun:
    """The page leads on from a message about a list that came in, to where its reader may be."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is not there: it leads to the alerts."""
        yield "absent", {"run_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let everybody in who has the permission."""
        return True


@dataclass(frozen=True, slots=True)
class OfRun:
    """The page is about a list that came in: one that waits for people, one that was written, or any."""

    waits: bool = True
    written: bool = True

    def _runs(self, ground: Ground) -> list[tuple[str, UUID]]:
        waiting = list(ground.runs.items()) if self.waits else []
        return waiting + (list(ground.written.items()) if self.written else [])

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield those of each desk, and one that is not there."""
        for desk, run_id in self._runs(ground):
            yield desk, {"run_id": run_id}
        yield "absent", {"run_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in whoever sees the lists of that desk."""
        desk = next((name for name, key in self._runs(ground) if key == address["run_id"]), None)
        return desk in SEES_LISTS.get(who or "", frozenset())


@dataclass(frozen=True, slots=True)
class OfList:
    """The page is about a list of moves, of `mine` and `beside`."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"list_id": ground.lists[0]}
        yield "absent", {"list_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of a child on it."""
        on_it = (ground.world.mine, ground.world.beside)
        sees = {ground.sees(who, child_id) for child_id in on_it}
        return Sees.ALL in sees and address["list_id"] in ground.lists


@dataclass(frozen=True, slots=True)
class OfListRow:
    """The page is about one child of a list of moves."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the row of each child, a row of another list, and one that is not there."""
        for child_id, rows in ground.rows["move_list_row"].items():
            yield ground.name_of(child_id), {"list_id": ground.lists[0], "row_id": rows[0]}
            yield "crossed", {"list_id": ABSENT, "row_id": rows[0]}
        yield "absent", {"list_id": ground.lists[0], "row_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of this child."""
        child_id = ground.owners.get(address["row_id"])
        sees = ground.sees(who, child_id) if child_id is not None else None
        return sees is Sees.ALL and address["list_id"] in ground.lists


@dataclass(frozen=True, slots=True)
class OfFile:
    """The page is a file of ours."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a file that is there and one that is not."""
        yield "own", {"filename": "app.css"}
        yield "absent", {"filename": "no-such-file.css"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each that is there."""
        return address["filename"] != "no-such-file.css"


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the census."""

    needs: P | Everyone
    about: About = Nothing()

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
        return self.may(who) and self.about.admits(ground, who, address)


def _lives_at_own_place(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody is the contact person of the place where the child lives."""
    homes = {"cpk": "mine", "cpk_beside": "beside", "cpk_far": "far"}
    return ground.world.children.get(homes.get(who or "", "")) == address["child_id"]


def _is_told(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody sees the whole file, or was told of the alert."""
    child_id = address["child_id"]
    told = ground.name_of(child_id) in TOLD.get(who or "", frozenset())
    return told or ground.sees(who, child_id) is Sees.ALL


READ: Final = OfChild(Sees.UNTIL_DEPARTURE)
RECEIVE: Final = OfChild(Sees.HANDOVER)
WRITE: Final = OfChild()


def row(table: str, part: str, least: Sees = Sees.ALL, only: Only = _anybody) -> OfChild:
    """Return what a page about one row on the file of a child is about."""
    return OfChild(least, {part: table}, only)


def move(least: Sees = Sees.ALL) -> OfChild:
    """Return what a page about a move is about."""
    return row("transfer", "transfer_id", least)


def _is_national(ground: Ground, who: str | None, address: Address) -> bool:
    """Say whether somebody sits at the national desk."""
    return who == "national"


def hold(only: Only = _anybody) -> OfChild:
    """Return what a page about a hold or objection on a move is about."""
    return OfChild(rows={"transfer_id": "transfer", "hold_id": "hold"}, only=only)


LINE: Final = row("care_line", "line_id")

CENSUS: Final[Mapping[str, Page]] = {
    "accounts.account": Page(P.ACCOUNT_READ, OfAccount()),
    "accounts.accounts": Page(P.ACCOUNT_READ),
    "accounts.approve": Page(P.GRANT_APPROVE, OfRight(administrators=False)),
    "accounts.ask": Page(P.GRANT_ASK, OfAccount(open_only=True)),
    "accounts.close": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.contact": Page(P.LOCATION_EDIT, OfReference("location_id")),
    "accounts.edit": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.end": Page(P.GRANT_ASK, OfRight()),
    "accounts.end_session": Page(Everyone.SIGNED_IN, OfSession()),
    "accounts.end_sessions": Page(Everyone.SIGNED_IN),
    "accounts.me": Page(Everyone.SIGNED_IN),
    "accounts.my_language": Page(Everyone.SIGNED_IN),
    "accounts.new_password": Page(P.ACCOUNT_EDIT, OfAccount(open_only=True)),
    "accounts.open_account": Page(P.ACCOUNT_EDIT),
    "accounts.password": Page(Everyone.SIGNED_IN),
    "accounts.sign_in": Page(Everyone.ANYBODY),
    "accounts.sign_out": Page(Everyone.ANYBODY),
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
    "privacy.desk": Page(P.PRIVACY_DESK),
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
    "schooling.add": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.add_absence": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.add_report": Page(P.SCHOOL_EDIT, WRITE),
    "schooling.chapter": Page(P.CHILD_READ, RECEIVE),
    "schooling.edit": Page(P.SCHOOL_EDIT, row("school_record", "record_id")),
    "schooling.edit_absence": Page(P.SCHOOL_EDIT, row("absence", "absence_id")),
    "schooling.edit_report": Page(P.SCHOOL_EDIT, row("absence_report", "report_id")),
    "schooling.keep": Page(P.SCHOOL_EDIT, row("school_record", "record_id")),
    "static": Page(Everyone.ANYBODY, OfFile()),
    "web.language": Page(Everyone.ANYBODY),
}


def example(ground: Ground, endpoint: str, who: str | None) -> Address | None:
    """Return the parts of an address at which somebody is let in; None when there is none."""
    page = CENSUS[endpoint]
    tried = page.about.cases(ground, who)
    return next((address for _, address in tried if page.lets_in(ground, who, address)), None)

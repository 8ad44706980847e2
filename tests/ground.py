"""The world of the tests, told a little further: what a walk over every page needs to stand on.

`beside` is to move to the south within a week and its handover was sent; two rights wait for a
second person; somebody left; the rules have looked at every child. SEES says who sees how much of
whom: written down from the policy on access, never asked from the application.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, select, update

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.care import actions as care
from caseapp.care import queries as care_of
from caseapp.continuity.jobs import reassess_all
from caseapp.continuity.models import LoadAlert
from caseapp.domain.care_codes import ProviderAnswer, Regime
from caseapp.domain.codes import Topic
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.care import AnswerDetails
from caseapp.domain.intents.guardianship import SupportDetails
from caseapp.domain.intents.moves import BestDecisionDetails, ListWish, Plan, PromiseDetails
from caseapp.domain.intents.privacy import RequestDetails, StatementDetails
from caseapp.domain.load import UNATTENDED
from caseapp.domain.mailing import LetterState, Trouble
from caseapp.domain.policy import Actor, Role, ScopeKind, Sees
from caseapp.domain.privacy_rights import Asker, Chapter, Identity, Right
from caseapp.domain.retention import Decision, Zone
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.notices.jobs import compose
from caseapp.people.queries import sight_of
from caseapp.privacy import actions as privacy
from caseapp.privacy import queries as privacy_of
from caseapp.privacy.models import RetentionFacts, RetentionItem
from caseapp.tables import METADATA
from tests import codes, listed
from tests import ground_of_rights as rights_for_a_while
from tests.acting import step_in
from tests.all_rows import see_all
from tests.ground_of_safety import open_a_file
from tests.trail_on_the_ground import tell_of_trail
from tests.world import PEOPLE, TODAY, World

CHILDREN: Final = ("mine", "beside", "far")
GONE: Final = "gone"
"""Somebody whose account was closed: the same as nobody."""

ROLES: Final[Mapping[str, Role | None]] = {
    **{key: role for key, role, _scope, _place in PEOPLE},
    **dict.fromkeys(rights_for_a_while.NAMES, Role.CPK),
    "newcomer": None,
}
"""Who has an account, and the role that they hold; the right of the newcomer waits for approval."""

EVERYONE: Final = (*ROLES, GONE, None)
"""Who asks for pages in a walk; None is nobody."""

_EVERY_CHILD: Final = dict.fromkeys(CHILDREN, Sees.ALL)
SEES: Final[Mapping[str, Mapping[str, Sees]]] = {
    "cpk": {"mine": Sees.ALL},
    "cpk_beside": {"beside": Sees.ALL, "mine": Sees.UNTIL_DEPARTURE},
    "cpk_far": {"far": Sees.ALL, "beside": Sees.HANDOVER},
    "guardian": {"mine": Sees.ALL},
    "guardian_other": {"far": Sees.ALL},
    "coordinator": {"mine": Sees.ALL, "beside": Sees.ALL},
    "coordinator_far": {"far": Sees.ALL, "beside": Sees.HANDOVER},
    "national": _EVERY_CHILD,
    "guardianship": {"mine": Sees.ALL, "far": Sees.ALL},
    "stand_in": {"mine": Sees.ALL},
    "breakglass": {"mine": Sees.ALL},
}
"""How much of which child somebody sees (security.md 3.1 and 3.2); who is not named sees nothing."""

TOLD: Final[Mapping[str, frozenset[str]]] = {"cpk_beside": frozenset({"mine"})}
"""Who is told of an alert of which child without seeing its whole file: the care of `mine` broke when
it moved, and the contact person of the old location hears of that (rules.md 4)."""

OVERSEES: Final[Mapping[str, frozenset[str]]] = {
    "coordinator": frozenset({"noord"}),
    "coordinator_far": frozenset({"zuid"}),
    "national": frozenset({"noord", "zuid", "country", "guardians"}),
    "guardianship": frozenset({"guardians"}),
}
"""Over which rights a coordinator decides: those that hold in a region, in the country, of guardians."""

SEES_LISTS: Final[Mapping[str, frozenset[str]]] = {
    "coordinator": frozenset({"noord"}),
    "coordinator_far": frozenset({"zuid"}),
    "national": frozenset({"noord", "zuid", "places"}),
    "administrator": frozenset({"places"}),
}
"""Whose lists somebody sees: of a region, or of places, which the national desk brought in."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The keys of everything that an address can name."""

    world: World
    rows: dict[str, dict[UUID, list[UUID]]]
    """By table and child: its rows, in the order of their keys."""
    owners: dict[UUID, UUID]
    """By row: the child that it is of."""
    accounts: dict[str, UUID]
    waiting: dict[str, UUID]
    """By region: a right that waits for a second person."""
    rights: dict[UUID, tuple[UUID, str]]
    """By right: the account, and where it holds in the words of OVERSEES; "staff" for other rights."""
    schools: list[UUID]
    loads: list[UUID] = field(default_factory=list)
    """Alerts over many children, about a place in the north."""
    lists: list[UUID] = field(default_factory=list)
    """Lists of moves, of `mine` and `beside`."""
    notices: dict[str, list[UUID]] = field(default_factory=dict)
    """By account: a message to it."""
    letters: list[UUID] = field(default_factory=list)
    """Mails that were given up."""
    runs: dict[str, UUID] = field(default_factory=dict)
    """By desk: a list that came in and waits for people."""
    written: dict[str, UUID] = field(default_factory=dict)
    """By desk: a list that came in and was written."""
    requests: list[UUID] = field(default_factory=list)
    """Requests at the privacy desk, about `mine`."""
    due: list[UUID] = field(default_factory=list)
    """Files of which a term is said to be over, of `far`."""
    factors: dict[str, UUID] = field(default_factory=dict)
    """By account: its code app."""
    sessions: dict[str, UUID] = field(default_factory=dict)
    """By account: the session of its client; filled as clients sign in."""
    lent: rights_for_a_while.Lent = rights_for_a_while.NOTHING
    """Leave, looks in emergencies, and what waits for a second person."""
    protection: UUID | None = None
    """The file of the reporting code about `mine`."""

    def sees(self, who: str | None, child_id: UUID) -> Sees | None:
        """Return how much somebody sees of a child."""
        return SEES.get(who or "", {}).get(self.name_of(child_id))

    def name_of(self, child_id: UUID) -> str:
        """Return by which name the story knows a child; nothing for one that is not in it."""
        return next((n for n, key in self.world.children.items() if key == child_id), "")


def tell_on(machine: Machine, world: World) -> Ground:
    """Go on with the story in a house where the world was told, and note every key."""
    work = _system(machine)
    rights_for_a_while.hide_the_shelter(work, world)
    row = _staff(work, GONE)
    accounts.approve_grant(
        work,
        accounts.ask_grant(
            work, GrantWish(row.id, ScopeKind.LOCATION, str(world.locations["AZC-HERE"]))
        ),
    )
    work.flush()
    accounts.close_account(work, row)
    people = {GONE: row.id}
    people |= {key: _staff(work, key).id for key in ("newcomer", "newcomer_far")}
    people |= rights_for_a_while.open_accounts(work)
    said = SupportDetails(Regime.VERLENGDE_OPVANG, date(2028, 3, 14))
    guardianship.decide_support(work, world.mine, said)
    for child_id in world.children.values():
        line = next(iter(care_of.lines(work, child_id)), None)
        if line is not None:
            kept = AnswerDetails(TODAY, ProviderAnswer.NEW_DATE, TODAY, "Zqxsaid", "Zqxanswer")
            care.record_answer(work, line, kept)
    _commit(work)
    waiting = _ask(machine, world, people)
    _plan(machine, world)
    reassess_all(lambda: _system(machine))
    _weigh_down(machine, world)
    _fail_to_mail(machine)
    _ask_the_desk(machine, world)
    with machine.engine.begin() as db:
        tell_of_trail(db, world)
    written = listed.write(machine, world)
    lent = rights_for_a_while.lend(machine, world, people)
    protection = open_a_file(machine, world)
    told = survey(machine.engine, world, people, waiting)
    factors = {who: codes.with_app(machine, told.accounts[who]) for who in ROLES}
    runs = listed.bring(machine, world)
    return replace(
        told, written=written, runs=runs, factors=factors, lent=lent, protection=protection
    )


def survey(
    engine: Engine, world: World, people: Mapping[str, UUID], waiting: dict[str, UUID]
) -> Ground:
    """Return the keys of all that stands in a database."""
    rows: dict[str, dict[UUID, list[UUID]]] = {}
    with engine.connect() as db:
        see_all(db)
        for table in METADATA.sorted_tables:
            if "id" in table.columns and "child_id" in table.columns and table.foreign_keys:
                found = db.execute(select(table.c.child_id, table.c.id).order_by(table.c.id))
                for child_id, key in found:
                    rows.setdefault(table.name, {}).setdefault(child_id, []).append(key)
        rights = {row[0]: (row[1], _held(world, *row[2:])) for row in db.execute(_RIGHTS)}
        schools = list(db.scalars(select(METADATA.tables["school"].c.id)))
        loads = list(db.scalars(select(METADATA.tables["load_alert"].c.id)))
        lists = list(db.scalars(select(METADATA.tables["move_list"].c.id)))
        letters = list(db.scalars(select(METADATA.tables["letter"].c.id)))
        told: dict[UUID, list[UUID]] = {}
        for account_id, key in db.execute(select(_NOTICE.account_id, _NOTICE.id)):
            told.setdefault(account_id, []).append(key)
        requests = list(db.scalars(select(METADATA.tables["privacy_request"].c.id)))
        due = list(db.scalars(select(METADATA.tables["retention_item"].c.id)))
    owners = {
        key: child_id
        for found_rows in rows.values()
        for child_id, keys in found_rows.items()
        for key in keys
    }
    everybody = dict(world.accounts) | dict(people)
    notices = {name: told[key] for name, key in everybody.items() if key in told}
    return Ground(
        world, rows, owners, everybody, waiting, rights, schools, loads, lists, notices, letters,
        requests=requests, due=due,
    )  # fmt: skip


_NOTICE: Final = METADATA.tables["notice"].c
_GRANT: Final = METADATA.tables["access_grant"].c
_RIGHTS: Final = select(
    _GRANT.id, _GRANT.account_id, _GRANT.role, _GRANT.scope_kind, _GRANT.scope_id
)


def _held(world: World, role: str, kind: str, place: str | None) -> str:
    """Return where a right holds, in the words of OVERSEES."""
    if kind == ScopeKind.LOCATION:
        code = next((code for code, key in world.locations.items() if str(key) == place), "")
        return "zuid" if code == "AZC-FAR" else "noord"
    if kind == ScopeKind.REGION:
        return place or ""
    if role == Role.GUARDIAN or kind == ScopeKind.GUARDIANSHIP:
        return "guardians"
    return "country" if kind == ScopeKind.ALL else "staff"


def _staff(work: Work, key: str) -> Any:
    details = AccountDetails(f"Staff {key}", f"{key}@example.org", Role.CPK, "coa", "06 0000 0000")
    return accounts.open_account(work, details)


def _ask(machine: Machine, world: World, people: Mapping[str, UUID]) -> dict[str, UUID]:
    """Let the administrator ask for a right in the north and one in the south."""
    asks = Actor(world.accounts["administrator"], "Staff administrator", Role.ADMINISTRATOR)
    work = machine.work(asks)
    found = {}
    for region, key, place in (
        ("noord", "newcomer", "AZC-HERE"),
        ("zuid", "newcomer_far", "AZC-FAR"),
    ):
        wish = GrantWish(people[key], ScopeKind.LOCATION, str(world.locations[place]))
        found[region] = accounts.ask_grant(work, wish).id
    _commit(work)
    return found


def _plan(machine: Machine, world: World) -> None:
    """Plan the move of `beside` to the south, and send the handover with a promise on it."""
    work = _as(machine, world, "cpk_beside")
    said = Plan(
        planned_on=TODAY + timedelta(days=7),
        announced_on=TODAY,
        to_location_id=world.locations["AZC-FAR"],
    )
    move = moves.plan(work, world.beside, said)
    work.flush()
    promise = moves.add_promise(work, move, PromiseDetails(Topic.CARE, "Zqxpromise of a swing"))
    moves.send(work, move)
    moves.ask(work, move, promise, "Zqxquestion about the swing")
    moves.decide(work, move, 0, BestDecisionDetails(done=False, child_view="Zqxview of the move"))
    moves.object_to(work, move, "Zqxobjection to the far move")
    wish = ListWish(
        (world.mine, world.beside),
        world.locations["AZC-FAR"],
        TODAY + timedelta(days=7),
        TODAY,
    )
    moves.make_list(work, wish)
    _commit(work)
    _refuse(machine, world, move.id)


def _refuse(machine: Machine, world: World, transfer_id: UUID) -> None:
    """Let the south say why it cannot accept the handover yet."""
    work = _as(machine, world, "cpk_far")
    sight_of(work, world.beside)
    move = moves_of.transfer(work, world.beside, transfer_id)
    assert move is not None
    moves.refuse(work, move, "Zqxrefusal for want of a bed")
    _commit(work)


def _ask_the_desk(machine: Machine, world: World) -> None:
    """Let `mine` ask for its file, say something beside it, and let the file of `far` be due."""
    work = _system(machine)
    asked = RequestDetails(
        Right.ACCESS, Asker.GUARDIAN, Identity.KNOWN, TODAY, "Zqxasked for the file", "Zqxasker"
    )
    found = privacy_of.found(work, child_id=world.mine)
    assert found is not None
    assert found.card is not None
    privacy.register(work, world.mine, found.card.birth, asked)
    said = StatementDetails(Chapter.SCHOOL, Asker.CHILD, TODAY, "Zqxstatement about the school")
    privacy.record_statement(work, world.mine, said)
    due = RetentionItem(child_id=world.far, zone=Zone.RECEPTION, decision=Decision.WAITING)
    due.id, due.found_at = new_id(), work.now
    work.add(due, facts=RetentionFacts(TODAY))
    _commit(work)


def _fail_to_mail(machine: Machine) -> None:
    """Make the mails of what was told, and let none of them arrive."""
    compose(lambda: _system(machine))
    letter = METADATA.tables["letter"]
    with machine.engine.begin() as db:
        db.execute(update(letter).values(state=LetterState.DEAD, trouble=Trouble.REFUSED, tries=1))


def _weigh_down(machine: Machine, world: World) -> None:
    """Say that the place in the north has no contact person."""
    work = _system(machine)
    work.add(
        LoadAlert(
            rule=UNATTENDED,
            subject_id=world.locations["AZC-HERE"],
            severity="critical",
            children=2,
            desk="noord",
            owner_desk="noord",
            since=TODAY,
            opened_at=work.now,
        )
    )
    _commit(work)


def _as(machine: Machine, world: World, who: str) -> Work:
    """Return a unit of work of somebody of the world, with the files open that they see."""
    work = _system(machine)
    account = accounts_of.account(work, world.accounts[who])
    assert account is not None
    step_in(work, accounts_of.actor_of(work.session, account, work.now))
    return work


def _system(machine: Machine) -> Work:
    return machine.work(Actor(account_id=None, name="ground", everywhere=True))


def _commit(work: Work) -> None:
    work.commit()
    work.session.close()

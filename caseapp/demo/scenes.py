"""What happened in the last two weeks: one table of days, hours, people and what they did."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.care import actions as care
from caseapp.care import queries as care_of
from caseapp.continuity import actions as continuity
from caseapp.continuity import queries as continuity_of
from caseapp.demo.troupe import Troupe
from caseapp.domain.care_codes import CareKind, ContactBy, ContactMode, Level
from caseapp.domain.codes import MoveReason, Outcome, Topic, WhereaboutsState
from caseapp.domain.intents.moves import Plan, Settlement
from caseapp.domain.intents.observations import ContactDetails, NotAsked, ObservationDetails
from caseapp.domain.intents.placements import WhereaboutsDetails
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.notices import actions as notices
from caseapp.observations import actions as observations
from caseapp.placements import actions as placements

if TYPE_CHECKING:
    from caseapp.continuity.models import Alert
    from caseapp.moves.models import Promise

Act = Callable[[Troupe, Work], None]

NORTH: Final = "coordinator-noord"
SENDER: Final = "cpk-azc-vee"
RECEIVER: Final = "cpk-azc-lin"


@dataclass(frozen=True, slots=True)
class Scene:
    """What somebody did, so many days ago at an hour on the clock."""

    days_ago: int
    hour: int
    who: str
    act: Act


def _read(_troupe: Troupe, work: Work) -> None:
    notices.read(work, _me(work))


def _me(work: Work) -> UUID:
    if work.actor.account_id is None:
        raise LookupError(work.actor.name)
    return work.actor.account_id


def _worry(troupe: Troupe, work: Work) -> None:
    said = ObservationDetails(
        on=work.today,
        text="Wil al drie dagen niet naar school en zegt niet waarom. Huilde toen ik ernaar vroeg.",
        level=Level.CONCERN,
        not_asked=NotAsked.NO_INTERPRETER,
    )
    observations.record(work, troupe.children["concern"], said)


def _visit(name: str, troupe: Troupe, work: Work) -> None:
    note = "Op de locatie gesproken, ook alleen."
    said = ContactDetails(work.today, ContactBy.GUARDIAN, ContactMode.FACE_TO_FACE, note)
    observations.log_contact(work, troupe.children[name], said)


def _plan(name: str, to: str, days_ahead: int, troupe: Troupe, work: Work) -> None:
    said = Plan(
        planned_on=troupe.weekday(days_ahead),
        announced_on=work.today,
        to_location_id=troupe.keys.locations[to],
        reason=MoveReason.CAPACITY,
    )
    moves.plan(work, troupe.children[name], said)


def _confirm(name: str, troupe: Troupe, work: Work) -> None:
    moves.confirm(work, troupe.move_of(work, name), None)


def _send(name: str, troupe: Troupe, work: Work) -> None:
    moves.send(work, troupe.move_of(work, name))


def _refuse(troupe: Troupe, work: Work) -> None:
    because = "De school hier heeft pas na de vakantie plek. Kan Hamza zo lang blijven?"
    moves.refuse(work, troupe.move_of(work, "refused"), because)


def _promise(troupe: Troupe, work: Work, topic: Topic) -> "Promise":
    move = troupe.move_of(work, "half_done")
    return next(one for one in moves_of.promises(work, move.id) if one.topic == topic)


def _settle_half(troupe: Troupe, work: Work) -> None:
    move = troupe.move_of(work, "half_done")
    goes_on = Settlement(Outcome.CONTINUES)
    taken_over = Settlement(Outcome.HANDED_OVER, outcome_to="Jeugd-ggz De Wilg, team zuid")
    rows = moves_of.promises(work, move.id)
    settled = [
        (one, one.version, taken_over if one.facts.about["kind"] == CareKind.GGZ else goes_on)
        for one in rows
        if Topic(one.topic) is Topic.CARE
    ]
    moves.settle(work, move, settled)


def _talk(text: str, troupe: Troupe, work: Work) -> None:
    move = troupe.move_of(work, "half_done")
    moves.ask(work, move, _promise(troupe, work, Topic.SCHOOL), text)


def _object(troupe: Troupe, work: Work) -> None:
    reason = "Filmon doet over twee weken toetsen. Een verhuizing nu kost hem het jaar."
    moves.object_to(work, troupe.move_of(work, "held"), reason)


def _hold(troupe: Troupe, work: Work) -> None:
    move = troupe.move_of(work, "held")
    reason = "Eerst overleg met de voogd en de school over de toetsen."
    moves.put_on_hold(work, move, troupe.day(-6), reason)


def _alert(troupe: Troupe, work: Work, name: str, rule: str) -> "Alert":
    known = continuity_of.known_alerts(work, [troupe.children[name]])[troupe.children[name]]
    key = next(UUID(one.alert.id) for one in known if one.alert.rule == rule)
    return continuity_of.rows_of(work, [key])[key]


def _take(name: str, rule: str, troupe: Troupe, work: Work) -> None:
    row = _alert(troupe, work, name, rule)
    continuity.take(work, row, row.version)


def _put_off(troupe: Troupe, work: Work) -> None:
    row = _alert(troupe, work, "put_off", "CAR-3")
    reason = "Het Anker belt volgende week terug over de plek op de wachtlijst."
    continuity.put_off(work, row, row.version, troupe.day(-6), reason)


def _mistake(troupe: Troupe, work: Work) -> None:
    row = _alert(troupe, work, "mistaken", "CAR-2")
    reason = "De intake was vorige maand al. De brief van de aanbieder is nog niet binnen."
    continuity.call_mistaken(work, row, row.version, reason)


def _book(troupe: Troupe, work: Work) -> None:
    lines = care_of.lines(work, troupe.children["came_back"])
    line = next(one for one in lines if one.facts.kind is CareKind.PARAMEDIC)
    care.book(work, line, line.version, troupe.day(4))


def _disappear(troupe: Troupe, work: Work) -> None:
    note = "Niet op de kamer bij de ronde van acht uur. Telefoon staat uit."
    said = WhereaboutsDetails(WhereaboutsState.MISSING, work.today, note=note)
    placements.record_whereabouts(work, troupe.children["unreported"], said)


SCENES: Final = (
    Scene(13, 9, SENDER, _read),
    Scene(13, 11, SENDER, _worry),
    Scene(12, 9, NORTH, _read),
    Scene(10, 10, SENDER, _book),
    Scene(9, 11, NORTH, partial(_plan, "half_done", "AZC-LIN", 6)),
    Scene(9, 12, NORTH, partial(_plan, "refused", "NO-KEM", 7)),
    Scene(8, 10, NORTH, partial(_confirm, "half_done")),
    Scene(5, 14, "voogd-1", partial(_visit, "held")),
    Scene(5, 16, "voogd-1", partial(_visit, "unreported")),
    Scene(4, 9, NORTH, partial(_plan, "held", "KWEXT-ZUI", 8)),
    Scene(4, 15, SENDER, partial(_send, "refused")),
    Scene(3, 9, NORTH, partial(_take, "put_off", "CAR-3")),
    Scene(3, 10, NORTH, _put_off),
    Scene(3, 11, NORTH, partial(_plan, "medicine", "AZC-LIN", 9)),
    Scene(3, 14, "voogd-1", _object),
    Scene(3, 16, "cpk-no-kem", _refuse),
    Scene(2, 9, NORTH, _hold),
    Scene(2, 10, SENDER, _mistake),
    Scene(2, 14, SENDER, _settle_half),
    Scene(2, 15, SENDER, partial(_send, "half_done")),
    Scene(1, 9, "cpk-no-rij", _disappear),
    Scene(1, 10, RECEIVER, partial(_talk, "In welke groep zit Amira, en hoe gaat het met lezen?")),
    Scene(1, 14, SENDER, partial(_talk, "Groep 7. Lezen gaat goed, rekenen vindt ze lastig.")),
)

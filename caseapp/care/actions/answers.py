"""What providers answer about a line of care; an answer that keeps the place keeps it on the line too."""

from dataclasses import replace
from datetime import date

from caseapp.care import queries
from caseapp.care.actions.refusals import DayOrderError, NoDateError
from caseapp.care.models import Answer, AnswerFacts, CareLine
from caseapp.domain.care_codes import ProviderAnswer
from caseapp.domain.events import CareCorrected, ProviderAnswerCorrected, ProviderAnswered
from caseapp.domain.intents.care import AnswerDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work


def record_answer(work: Work, line: CareLine, said: AnswerDetails) -> Answer:
    """Write down an answer of the provider; raises DayOrderError, NoDateError."""
    facts = _facts_of(line, said)
    row = Answer(id=new_id(), care_line_id=line.id, child_id=line.child_id)
    work.add(row, facts=facts)
    work.record(ProviderAnswered(object_id=row.id, child_id=line.child_id))
    _follow(work, line, [facts])
    return row


def correct_answer(
    work: Work,
    line: CareLine,
    row: Answer,
    version: int,
    said: AnswerDetails,
    *,
    counts: bool = True,
) -> None:
    """Correct an answer, or take it back; raises DayOrderError, NoDateError, LostRaceError."""
    was = row.facts
    now = replace(_facts_of(line, said), counts=counts)
    if not work.revise(row, version, facts=now):
        return
    work.record(ProviderAnswerCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",)))
    _follow(work, line, [now, *_others(work, line, row)], dropped=was)


def _others(work: Work, line: CareLine, row: Answer) -> list[AnswerFacts]:
    found = [readable(one, "facts") for one in queries.answers(work, line.id) if one.id != row.id]
    return [facts for facts in found if not isinstance(facts, Unreadable)]


def _follow(
    work: Work, line: CareLine, known: list[AnswerFacts], dropped: AnswerFacts | None = None
) -> None:
    """Keep on the line the latest day on which its place was kept; one that was dropped counts no more."""
    was = line.facts
    days = [one.on for one in known if one.counts and one.answer is ProviderAnswer.KEEPS_PLACE]
    if was.waiting_kept_on and not _is_from(was.waiting_kept_on, dropped):
        days.append(was.waiting_kept_on)
    kept_on = max(days, default=None)
    if work.revise(line, None, facts=replace(was, waiting_kept_on=kept_on)):
        work.record(
            CareCorrected(object_id=line.id, child_id=line.child_id, fields=("waiting_kept_on",))
        )


def _is_from(kept_on: date, dropped: AnswerFacts | None) -> bool:
    """Say whether the day on the line stood there because of this answer."""
    if dropped is None or not dropped.counts:
        return False
    return dropped.answer is ProviderAnswer.KEEPS_PLACE and dropped.on == kept_on


def _facts_of(line: CareLine, said: AnswerDetails) -> AnswerFacts:
    first = line.facts.referred_on
    if said.on < first:
        raise DayOrderError("on", first)
    if said.answer is ProviderAnswer.NEW_DATE and said.expected_on is None:
        raise NoDateError("expected_on")
    return AnswerFacts(said.on, said.answer, said.expected_on, said.said_by, said.note)

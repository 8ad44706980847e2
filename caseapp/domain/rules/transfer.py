"""Rules about moving: the handover is accepted, the child arrives, someone is responsible."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.case import Case
from caseapp.domain.codes import TransferStatus
from caseapp.domain.facts import Transfer
from caseapp.domain.gist import gist
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    rule,
)


def _route(transfer: Transfer) -> dict[str, str | date]:
    return {
        "from_location": transfer.from_location,
        "to_location": transfer.to_location,
        "planned_on": transfer.planned_on,
    }


@rule(
    "TRF-1",
    "Handover not acknowledged",
    Strand.TRANSFER,
    OwnerGroup.HANDOVER,
    tile=day_to_come,
)
def handovers_are_accepted(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """The receiving contact person accepts the handover before the child arrives."""
    arrived = (one for one in child.transfers if one.status is TransferStatus.ARRIVED)
    for transfer in (*child.underway, *filter(child.led_here, arrived)):
        if transfer.handover is not None and transfer.handover.acknowledged_on is not None:
            continue
        day = transfer.arrived_on or transfer.planned_on
        ahead = calendar.working_days_before(day, limits["ahead_wd"])
        if today < ahead:
            continue
        yield Finding(
            "TRF-1",
            transfer.id,
            Severity.WARNING if today < day else Severity.CRITICAL,
            since=max(ahead, transfer.announced_on),
            due=day,
            detail=_route(transfer) | ({"arrived_on": day} if transfer.arrived_on else {}),
        )


@rule("TRF-2", "Not arrived", Strand.TRANSFER, OwnerGroup.DESK)
def children_arrive(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that was to be moved has arrived, at the latest some days after the planned day."""
    for transfer in child.underway:
        late = calendar.plus_days(transfer.planned_on, limits["after_days"])
        if today >= late:
            yield Finding(
                "TRF-2",
                transfer.id,
                Severity.CRITICAL if child.alone else Severity.WARNING,
                since=late,
                detail=_route(transfer),
            )


@rule("TRF-3", "Nobody is responsible", Strand.TRANSFER, OwnerGroup.DESK)
def somebody_is_responsible(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Somebody is responsible for following a child that lives somewhere, every day."""
    here = child.current
    if here is None or any(covers(one.start, one.end, today) for one in child.responsible):
        return
    ends = [one.end for one in child.responsible if one.end is not None]
    yield Finding(
        "TRF-3",
        "responsible",
        Severity.CRITICAL,
        since=max(ends, default=here.start),
        detail={"location": here.location},
    )


@rule("TRF-4", "Promise left open", Strand.TRANSFER, OwnerGroup.INTERRUPTION)
def promises_are_kept(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """What was promised at a handover is settled within a week after the child arrived."""
    for transfer in child.transfers:
        if transfer.arrived_on is None or transfer.handover is None or not child.led_here(transfer):
            continue
        since = calendar.working_days_after(transfer.arrived_on, limits["after_wd"])
        if today < since:
            continue
        for item in transfer.handover.items:
            if item.outcome is None:
                yield Finding(
                    "TRF-4",
                    f"{transfer.id}:{item.id}",
                    Severity.WARNING,
                    since=since,
                    due=since,
                    detail={"topic": item.topic.value, "promise": gist(item.text)},
                )

"""Reading moves, handovers and who is responsible."""

from caseapp.moves.queries.listing import (
    Direction,
    Listed,
    Wanted,
    listing,
)
from caseapp.moves.queries.projection import (
    coming_for_reach,
    holdings_for_reach,
)
from caseapp.moves.queries.records import (
    OPEN,
    Baton,
    batons,
    handover,
    handovers,
    held_by,
    holders,
    led_here,
    planned,
    promise,
    promises,
    receives,
    responsible,
    responsible_on,
    same_move,
    sends,
    transfer,
    transfers,
)

__all__ = [
    "OPEN",
    "Baton",
    "Direction",
    "Listed",
    "Wanted",
    "batons",
    "coming_for_reach",
    "handover",
    "handovers",
    "held_by",
    "holders",
    "holdings_for_reach",
    "led_here",
    "listing",
    "planned",
    "promise",
    "promises",
    "receives",
    "responsible",
    "responsible_on",
    "same_move",
    "sends",
    "transfer",
    "transfers",
]

"""Tables of transfers, handovers, promises, the baton, and holds."""

from caseapp.moves.models.baton import Responsible, ResponsibleFacts
from caseapp.moves.models.handing import (
    BestDecision,
    BestDecisionFacts,
    Handover,
    HandoverFacts,
    Message,
    Promise,
    PromiseFacts,
)
from caseapp.moves.models.holding import Hold, HoldFacts, MoveList, MoveListFacts, MoveListRow
from caseapp.moves.models.moving import Transfer, TransferFacts

__all__ = [
    "BestDecision",
    "BestDecisionFacts",
    "Handover",
    "HandoverFacts",
    "Hold",
    "HoldFacts",
    "Message",
    "MoveList",
    "MoveListFacts",
    "MoveListRow",
    "Promise",
    "PromiseFacts",
    "Responsible",
    "ResponsibleFacts",
    "Transfer",
    "TransferFacts",
]

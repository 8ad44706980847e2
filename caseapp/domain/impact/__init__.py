"""What a move would break: the same rules on the facts as they would be."""

from caseapp.domain.impact.items import Fact, Group, Impact, Item, Topic
from caseapp.domain.impact.places import Alternative, ranked
from caseapp.domain.impact.whole import impact_of
from caseapp.domain.impact.worlds import THOUGHT_OF, Destination, Intended

__all__ = [
    "THOUGHT_OF",
    "Alternative",
    "Destination",
    "Fact",
    "Group",
    "Impact",
    "Intended",
    "Item",
    "Topic",
    "impact_of",
    "ranked",
]

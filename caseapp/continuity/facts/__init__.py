"""What the rules read and whom they tell: dossiers of many children, and the people round them."""

from caseapp.continuity.facts.gathering import Ends, File, dossiers, files
from caseapp.continuity.facts.impact import (
    Ahead,
    Going,
    look_ahead,
    look_as_far_as_readable,
    of_transfer,
    other_places,
)
from caseapp.continuity.facts.surroundings import Surroundings
from caseapp.continuity.facts.weighing import Weighed, weigh

__all__ = [
    "Ahead",
    "Ends",
    "File",
    "Going",
    "Surroundings",
    "Weighed",
    "dossiers",
    "files",
    "look_ahead",
    "look_as_far_as_readable",
    "of_transfer",
    "other_places",
    "weigh",
]

"""What the rules read and whom they tell: dossiers of many children, and the people round them."""

from caseapp.continuity.facts.gathering import Ends, File, dossiers, files
from caseapp.continuity.facts.surroundings import Surroundings
from caseapp.continuity.facts.weighing import Weighed, weigh

__all__ = ["Ends", "File", "Surroundings", "Weighed", "dossiers", "files", "weigh"]

"""What the rules read and whom they tell: dossiers of many children, and the people round them."""

from caseapp.continuity.facts.gathering import Ends, File, dossiers, files
from caseapp.continuity.facts.surroundings import Surroundings

__all__ = ["Ends", "File", "Surroundings", "dossiers", "files"]

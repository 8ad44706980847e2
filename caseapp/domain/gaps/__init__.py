"""Which missing fact keeps which rule silent: the rules run once more, as if it were filled in.

A fact is a gap for a rule only if the rule would say more with it. So nothing is reported that would
change nothing, and no list of what "should" be filled in can grow apart from what the rules read.
"""

from caseapp.domain.gaps.lack import Beside, Gap, Lack
from caseapp.domain.gaps.looking import gaps
from caseapp.domain.gaps.table import TABLE, Entry

__all__ = ["TABLE", "Beside", "Entry", "Gap", "Lack", "gaps"]

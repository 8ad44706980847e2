"""Every table of every slice, for migrations and tests: autogenerate misses what no module knows."""

from caseapp.accounts import models as accounts
from caseapp.audit import models as audit
from caseapp.care import models as care
from caseapp.continuity import models as continuity
from caseapp.exchange import models as exchange
from caseapp.guardianship import models as guardianship
from caseapp.kernel import jobs
from caseapp.kernel.db import Base
from caseapp.moves import models as moves
from caseapp.notices import models as notices
from caseapp.observations import models as observations
from caseapp.people import models as people
from caseapp.placements import models as placements
from caseapp.privacy import models as privacy
from caseapp.reference import models as reference
from caseapp.safety import models as safety
from caseapp.schooling import models as schooling

MODELS = (
    accounts, audit, care, continuity, exchange, guardianship, moves, notices, observations, people,
    placements, privacy, reference, safety, schooling, jobs,
)  # fmt: skip
METADATA = Base.metadata

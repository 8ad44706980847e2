"""Fixed words about what goes on around the child: school, care, contacts, support."""

from enum import StrEnum


class SchoolType(StrEnum):
    """Type of education; VVE is not school, EXEMPT is an exemption."""

    VVE = "VVE"
    PO_REGULIER = "PO_regulier"
    PO_NIEUWKOMERS = "PO_nieuwkomers"
    TNV_TOV = "TNV_TOV"
    SBO = "SBO"
    SO = "SO"
    VO_ISK = "VO_ISK"
    VO_REGULIER = "VO_regulier"
    PRO = "PRO"
    VSO = "VSO"
    MBO_ENTREE = "MBO_entree"
    MBO_2PLUS = "MBO_2plus"
    HO = "HO"
    ON_LOCATION = "ON_LOCATION"
    EXEMPT = "EXEMPT"


class CareKind(StrEnum):
    """Kind of care."""

    GZA_INTAKE = "GZA_INTAKE"
    GZA = "GZA"
    JGZ = "JGZ"
    GGZ = "GGZ"
    JEUGDHULP = "JEUGDHULP"
    SPECIALIST = "SPECIALIST"
    PARAMEDIC = "PARAMEDIC"
    DENTAL = "DENTAL"
    OTHER = "OTHER"

    @property
    def breaks_at_a_move(self) -> bool:
        """Say whether care of this kind is bound to the place, unless somebody says otherwise.

        General practice, its intake and youth health care are one national system (data-model.md 6).
        """
        return self not in {CareKind.GZA_INTAKE, CareKind.GZA, CareKind.JGZ}


class EndReason(StrEnum):
    """Why care ended; moved: broken off by a move."""

    COMPLETED = "completed"
    NO_LONGER_NEEDED = "no_longer_needed"
    STOPPED_BY_CHILD_OR_PARENT = "stopped_by_child_or_parent"
    STOPPED_BY_PROVIDER = "stopped_by_provider"
    MOVED = "moved"
    OTHER = "other"


class Source(StrEnum):
    """Where an observation comes from."""

    OWN = "own"
    CHILD = "child"
    SCHOOL = "school"
    PARENT = "parent"
    TEAMUP = "teamup"
    SECURITY = "security"
    OTHER = "other"


class Level(StrEnum):
    """How serious an observation is."""

    NONE = "none"
    ATTENTION = "attention"
    CONCERN = "concern"
    ACUTE = "acute"


class Rating(StrEnum):
    """How good a condition for development is."""

    INSUFFICIENT = "insufficient"
    MODERATE = "moderate"
    SUFFICIENT = "sufficient"
    GOOD = "good"


class Condition(StrEnum):
    """A condition for development."""

    PHYSICAL_CARE = "physical_care"
    SAFE_DIRECT_ENVIRONMENT = "safe_direct_environment"
    AFFECTIVE_CLIMATE = "affective_climate"
    SUPPORTIVE_STRUCTURE = "supportive_structure"
    EXAMPLE_OF_PARENTS = "example_of_parents"
    INTEREST = "interest"
    CONTINUITY_OF_UPBRINGING = "continuity_of_upbringing"
    SAFE_WIDER_ENVIRONMENT = "safe_wider_environment"
    RESPECT = "respect"
    SOCIAL_NETWORK = "social_network"
    EDUCATION = "education"
    CONTACT_WITH_PEERS = "contact_with_peers"
    EXAMPLES_IN_SOCIETY = "examples_in_society"
    STABILITY = "stability"


class ContactBy(StrEnum):
    """Who had a contact."""

    CPK = "cpk"
    GUARDIAN = "guardian"
    MENTOR = "mentor"
    CASE_MANAGER = "case_manager"
    MUNICIPAL_WORKER = "municipal_worker"
    JGZ = "jgz"
    SCHOOL = "school"
    OTHER = "other"


class ContactMode(StrEnum):
    """How a contact went."""

    FACE_TO_FACE = "face_to_face"
    VIDEO = "video"
    PHONE = "phone"
    MESSAGE = "message"


class GuardianshipKind(StrEnum):
    """Kind of guardianship."""

    PROVISIONAL = "provisional"
    TEMPORARY = "temporary"
    FULL = "full"


class PlanKind(StrEnum):
    """A plan of the guardian, or a review of one."""

    PLAN = "plan"
    REVIEW = "review"


class Regime(StrEnum):
    """Under which regime support after 18 is given."""

    VERLENGDE_OPVANG = "verlengde_opvang"
    VERLENGDE_JEUGDHULP = "verlengde_jeugdhulp"
    GEMEENTE = "gemeente"
    COA_BEGELEIDING = "coa_begeleiding"
    NAZORG_NIDOS = "nazorg_nidos"
    OTHER = "other"


class ConsentBy(StrEnum):
    """Who decided on a consent."""

    CHILD = "child"
    PARENT = "parent"
    GUARDIAN = "guardian"


class ProviderAnswer(StrEnum):
    """What a provider answered when asked to keep a place on its list, or to take a child over."""

    KEEPS_PLACE = "keeps_place"
    NEW_DATE = "new_date"
    REFUSES = "refuses"

"""Fixed words about the child, its places, its moves and who is responsible."""

from enum import StrEnum


class Precision(StrEnum):
    """How much of a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class BirthStatus(StrEnum):
    """Where a birth date comes from."""

    DECLARED = "declared"
    DOCUMENTED = "documented"
    EXAMINED = "examined"
    CORRECTED = "corrected"


class Sex(StrEnum):
    """Sex as registered."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What a family member is to the child."""

    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    AUNT_UNCLE = "aunt_uncle"
    COUSIN = "cousin"
    PARTNER = "partner"
    OWN_CHILD = "own_child"
    OTHER = "other"


class PlacementKind(StrEnum):
    """Kind of reception."""

    COL = "COL"
    COL_AMV = "COL_AMV"
    POL = "POL"
    POA = "POA"
    AZC = "AZC"
    NO = "NO"
    TGO = "TGO"
    DSL = "DSL"
    HAR = "HAR"
    LOGEER = "LOGEER"
    KWV_AZC = "KWV_AZC"
    KWV_EXT = "KWV_EXT"
    BO = "BO"
    NIDOS_FAM = "NIDOS_FAM"
    NIDOS_KSO = "NIDOS_KSO"
    NIDOS_KWG = "NIDOS_KWG"
    NIDOS_KWE = "NIDOS_KWE"
    GLO = "GLO"
    VBL = "VBL"
    PBL = "PBL"
    HTL = "HTL"
    GEM = "GEM"
    EXT = "EXT"


class Operator(StrEnum):
    """Who runs a location."""

    COA = "coa"
    GEMEENTE = "gemeente"
    NIDOS = "nidos"
    PARTNER = "partner"
    PRIVATE = "private"


class Region(StrEnum):
    """School holiday region."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"


class MoveReason(StrEnum):
    """Why a child came to, or is moved to, another place."""

    FIRST_RECEPTION = "first_reception"
    PROCEDURE_STEP = "procedure_step"
    LOCATION_CLOSES = "location_closes"
    CAPACITY = "capacity"
    OWN_REQUEST = "own_request"
    MEDICAL = "medical"
    SAFETY = "safety"
    REJECTED = "rejected"
    AGE = "age"
    PERMIT_TO_NIDOS = "permit_to_nidos"
    STATUS_HOLDER_HOUSING = "status_holder_housing"
    SMALL_SCALE_PLACEMENT = "small_scale_placement"
    FAMILY_REUNIFICATION = "family_reunification"
    PROTECTION_INDICATION = "protection_indication"
    UNANNOUNCED = "unannounced"
    OTHER = "other"


class TransferStatus(StrEnum):
    """State of a transfer."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


class Topic(StrEnum):
    """What an item of a handover is about."""

    SCHOOL = "school"
    CARE = "care"
    APPOINTMENT = "appointment"
    WAITING_LIST = "waiting_list"
    MEDICATION = "medication"
    GUARDIAN_VISIT = "guardian_visit"
    ACTION = "action"
    CONTACT = "contact"
    SAFETY = "safety"
    SPECIAL_NEEDS = "special_needs"
    WISH_OF_CHILD = "wish_of_child"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of an item of a handover."""

    CONTINUES = "continues"
    REBOOKED = "rebooked"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


class WorkerRole(StrEnum):
    """Role of a responsible worker."""

    CPK = "cpk"
    MENTOR = "mentor"
    GUARDIAN = "guardian"
    CASE_MANAGER = "case_manager"
    MUNICIPAL_WORKER = "municipal_worker"
    OTHER = "other"


class Organisation(StrEnum):
    """Organisation of a worker, or one that gives support."""

    COA = "coa"
    NIDOS = "nidos"
    GEMEENTE = "gemeente"
    PARTNER = "partner"
    OTHER = "other"


class WhereaboutsState(StrEnum):
    """Where a child is when not simply at the placement."""

    MISSING = "missing"
    WITH_RELATIVES = "with_relatives"
    RETURNED_ABROAD = "returned_abroad"
    IN_HOSPITAL = "in_hospital"
    IN_DETENTION = "in_detention"
    OTHER = "other"

"""The closed lists of words that a report uses."""

from enum import StrEnum


class ListKind(StrEnum):
    """Which list it is."""

    LOCATIONS = "locations"
    OCCUPANCY = "occupancy"
    TRANSFERS = "transfers"
    CARE = "care"
    SCHOOL = "school"


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class Severity(StrEnum):
    """The class of a problem: the first two keep a row out, the others only say something."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    REPAIRED = "repaired"
    NOTED = "noted"


class Reason(StrEnum):
    """Why something is said about a row."""

    MISSING_VALUE = "missing-value"
    BAD_V_NUMBER = "bad-v-number"
    PERHAPS_BSN = "perhaps-bsn"
    V_NUMBER_REPAIRED = "v-number-repaired"
    BAD_DATE = "bad-date"
    IMPLAUSIBLE_DATE = "implausible-date"
    FUTURE_DATE = "future-date"
    DATE_FROM_NUMBER = "date-from-number"
    UNKNOWN_CODE = "unknown-code"
    CODE_REPAIRED = "code-repaired"
    BAD_NUMBER = "bad-number"
    UNKNOWN_LOCATION = "unknown-location"
    TOO_LONG = "too-long"
    FORMULA_LIKE = "formula-like"
    NOT_A_ROW = "not-a-row"
    SHIFTED_ROW = "shifted-row"
    DUPLICATE_ROW = "duplicate-row"
    CONTRADICTING_ROWS = "contradicting-rows"
    END_BEFORE_START = "end-before-start"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    BEFORE_BIRTH = "before-birth"
    NOT_FOLLOWED = "not-followed"
    SAME_LOCATION = "same-location"
    UNKNOWN_CHILD = "unknown-child"
    BIRTH_DATE_DIFFERS = "birth-date-differs"
    NAME_DIFFERS = "name-differs"
    AMV_DIFFERS = "amv-differs"
    CLOCK_DATE_DIFFERS = "clock-date-differs"
    OLDER_THAN_OURS = "older-than-ours"
    LOCATION_CLOSED = "location-closed"
    FROM_DIFFERS = "from-differs"
    STATUS_GOES_BACK = "status-goes-back"
    UNANNOUNCED_MOVE = "unannounced-move"
    TRANSFER_ARRIVED = "transfer-arrived"


class FileFault(StrEnum):
    """Why a file could not be read as the list that it should be."""

    EMPTY_FILE = "empty-file"
    NOT_TEXT = "not-text"
    UNKNOWN_ENCODING = "unknown-encoding"
    NOT_A_WORKBOOK = "not-a-workbook"
    NO_HEADER = "no-header"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    TOO_MANY_ROWS = "too-many-rows"

"""The figures of the demo world, from domain.md 7.1, and the shares that keep it calm."""

from typing import Final

# Of 40 children: 4 young adults, and of the 36 minors a quarter unaccompanied.
WHO: Final = {"adult": 4, "alone": 9, "family": 27}

SIBLINGS: Final = {1: 30, 2: 35, 3: 22, 4: 13}
FAMILY_AGES: Final = {(0, 3): 24, (4, 11): 45, (12, 17): 31}
ALONE_AGES: Final = {(10, 13): 10, (14, 15): 20, (16, 17): 70}
FAMILY_GIRLS: Final = 0.48
ALONE_GIRLS: Final = 0.165

FAMILY_NATIONS: Final = {
    "SYR": 42, "TUR": 12, "IRQ": 7, "YEM": 6, "AFG": 5, "IRN": 5, "ERI": 4, "COL": 3,
    "XXA": 3, "XXX": 3, "other": 10,
}  # fmt: skip
ALONE_NATIONS: Final = {
    "SYR": 40, "ERI": 25, "SOM": 8, "YEM": 4, "AFG": 4, "MAR": 2, "DZA": 2, "TUR": 3, "other": 12,
}  # fmt: skip

FAMILY_KINDS: Final = {
    "NO": 36, "TGO": 6, "AZC": 44, "POL": 4, "COL": 2, "GLO": 4, "DSL": 4,
}  # fmt: skip
# Under 15 they live in a host family (Nidos); the older ones share out what is left of the figures:
# in all NO 40, POA 20, KWV 12, Nidos 26, BO 2.
YOUNGEST_KINDS: Final = {"NIDOS_FAM": 90, "NO": 10}
ALONE_KINDS: Final = {"NO": 47, "POA": 25, "KWV": 15, "NIDOS_KWG": 7, "NIDOS_KWE": 3, "BO": 3}

EMERGENCY_MEDIAN: Final = 6.5 * 30.44  # days; with this sigma the mean is 8.0 months
EMERGENCY_SIGMA: Final = 0.65
PROCESS_MEDIAN: Final = 16 * 7  # days in process reception; 10 % longer than 40 weeks
PROCESS_SIGMA: Final = 0.715

# Moves in the last twelve months. Together, with the newly arrived (none or one), they give
# 30, 35, 18, 9, 4 and 4 per cent for 0, 1, 2, 3, 4 and 5 to 8; who moves often is often in an
# emergency location, as those close and shrink.
EMERGENCY_MOVES: Final = {0: 8, 1: 22, 2: 40, 3: 19, 4: 6, 5: 2, 6: 1, 7: 1, 8: 1}
OTHER_MOVES: Final = {0: 51, 1: 37, 2: 3, 3: 2, 4: 3, 5: 2, 6: 1, 7: 1}
NEW_HERE: Final = 0.6  # of those with three moves or more: they came within the year

HOLIDAY_SHIFT: Final = 0.55  # moves put into a holiday that is near enough; 55 % fall outside
NOTICE_MEDIAN: Final = 7.0  # days; a quarter hear it 3 days before or later
NOTICE_SIGMA: Final = 1.256

GAP_MEDIAN: Final = 15.0  # school days without school after a move; 15 % longer than 60
GAP_SIGMA: Final = 1.338
# Per cent without school, by kind of reception: 18, 30, 15, 3 and 2. Drawn a little higher for
# two kinds, as the quiet region (stage.QUIET) has hardly any.
NOT_ENROLLED: Final = {"NO": 21, "TGO": 30, "POA": 15, "AZC": 4, "GLO": 2}
NOT_ENROLLED_ELSEWHERE: Final = 3

RUNNING_CARE: Final = 25  # per cent of all
BROKEN_BY_MOVE: Final = 40  # per cent of those
WAITING_CARE: Final = 10

YEAR_ONLY_ALONE: Final = 0.06
YEAR_ONLY_FAMILY: Final = 0.01
MONTH_ONLY: Final = 0.02

MISSING_A_YEAR: Final = 0.08  # of the unaccompanied
MISSING_FOUND: Final = 0.30

# What goes wrong although it should not: shares that leave most children fine.
UNSEEN_BY_CONTACT: Final = 0.05
UNSEEN_BY_GUARDIAN: Final = 0.08
GUARDIAN_GONE: Final = 0.02
UNACCEPTED: Final = 0.20  # of the moves of the last three weeks
NOBODY_RESPONSIBLE: Final = 0.008
BROKEN_STILL: Final = 0.45  # of care broken by the latest move, if within 60 days
WAITING_TOO_LONG: Final = 0.25
SIBLING_APART: Final = 0.05  # of families that moved with two children or more
UNDECIDED_AT_18: Final = 0.25
NO_SUPPORT: Final = 0.06
OUT_OF_SIGHT: Final = 0.10
MOVE_AHEAD: Final = 0.18  # of households that did not move within the year

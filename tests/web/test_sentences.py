"""Alerts speak in short plain sentences, in both languages, and never blame ahead of time."""

import re
from datetime import date

import pytest

from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding, Severity, Tile, TileKind
from caseapp.web.sentences import (
    REPAIRS,
    TELLINGS,
    Repair,
    due_words,
    lateness,
    record_of,
    tell,
    time_left,
)
from caseapp.web.tiles import AlertRow, board_group, face, owner_words, worst_first
from tests.web.conftest import Reading
from tests.web.examples import EXAMPLES, TODAY, day, found

MOST_WORDS = 18

EVERY = [
    pytest.param(f, id=f"{code}-{n}") for code, some in EXAMPLES.items() for n, f in enumerate(some)
]


def test_every_rule_has_its_telling_and_an_example_here() -> None:
    assert TELLINGS.keys() == RULES.keys() == EXAMPLES.keys()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("finding", EVERY)
def test_a_sentence_is_short_and_whole(
    reading: Reading, finding: Finding, language: str, *, own: bool
) -> None:
    with reading(language):
        said = tell(finding, "Yonas", TODAY, own=own)
    sentences = re.split(r"(?<=\.)\s", said)
    assert said.endswith((".", "…"))
    assert len(sentences) <= 2
    assert all(len(sentence.split()) <= MOST_WORDS for sentence in sentences)
    assert not re.search(r"%\(|None|[A-Z]{3}-\d|  ", said)


@pytest.mark.parametrize("finding", EVERY)
def test_a_sentence_uses_no_pronoun_for_the_child_and_no_reproach(
    reading: Reading, finding: Finding
) -> None:
    with reading("nl"):
        said = tell(finding, "Yonas", TODAY)
    said = said.replace("zijn het er", "").replace("de afgesproken actie is te laat", "")
    assert not re.search(r"\b(hij|zij|hem|haar|zijn|jij|te laat)\b", said)
    with reading("en"):
        said = tell(finding, "Yonas", TODAY)
    said = said.replace("the agreed action is late", "")
    assert not re.search(r"\b(he|she|him|her|his|you|late)\b", said)


@pytest.mark.parametrize("finding", EVERY)
def test_a_sentence_is_translated(reading: Reading, finding: Finding) -> None:
    with reading("nl"):
        dutch = tell(finding, "Yonas", TODAY)
    with reading("en"):
        assert tell(finding, "Yonas", TODAY) != dutch


@pytest.mark.parametrize(
    ("finding", "dutch"),
    [
        (EXAMPLES["PLA-1"][0],
         "woont bij elkaar 120 dagen in noodopvang. Op 26 januari 2027 zijn het er 183."),
        (EXAMPLES["PLA-2"][0], "3 keer verhuisd in 12 maanden en 1 keer gepland."),
        (EXAMPLES["PLA-3"][0], "verhuist op een schooldag. Er is geen reden opgeschreven."),
        (found("PLA-4", -1, 3), "verhuist over 3 dagen. Dat is pas gisteren aangekondigd."),
        (EXAMPLES["AMV-1"][0], "woont in een grote opvang. Een gezin is nog niet gevonden."),
        (EXAMPLES["AMV-2"][0],
         "woont 51 dagen langer in de procesopvang dan de bedoeling is."),
        (EXAMPLES["TRF-2"][0], "zou op 22 november aankomen in kwv Zeist. Yonas is er nog niet."),
        (EXAMPLES["SCH-1"][0], "heeft nog geen school. De wet geeft tijd tot 4 december."),
        (EXAMPLES["SCH-2"][0],
         ("gaat niet naar school sinds de verhuizing uit noodopvang Biddinghuizen. "
          "Yonas mist al 12 schooldagen.")),
        (EXAMPLES["TRF-4"][0], "bij de overdracht is 1 afspraak blijven liggen: zwemles."),
        (EXAMPLES["SCH-3"][0], "miste 16 uur school in 4 weken zonder reden. Nog niet gemeld."),
        (EXAMPLES["SCH-7"][0], "moet vanaf 14 januari 2027 naar school. Er is nog geen school."),
        (EXAMPLES["GUA-2"][0], "zag de voogd het laatst op 12 oktober."),
        (EXAMPLES["CAR-4"][0],
         "medicijnen tot 20 december, verhuizing op 15 december. Geen controle gepland."),
        (EXAMPLES["OBS-2"][0],
         "op 6 november is een zorg opgeschreven. Er is nog geen actie afgesproken."),
        (EXAMPLES["OBS-4"][0], "de afgesproken actie is te laat: de peuterspeelzaal bellen."),
        (EXAMPLES["SAF-1"][2], "is sinds gisteren vermist. Nog niet gemeld bij de politie."),
        (EXAMPLES["AGE-1"][0],
         "heeft nog geen plan voor 18. Yonas wordt 18 op 14 maart 2028."),
        (EXAMPLES["AFT-1"][0], "niemand had contact in 94 dagen."),
    ],
)  # fmt: skip
def test_a_sentence_says_what_the_guide_says(
    reading: Reading, finding: Finding, dutch: str
) -> None:
    with reading("nl"):
        assert tell(finding, "Yonas", TODAY) == dutch


def test_only_the_owner_is_called_you(reading: Reading) -> None:
    not_seen = EXAMPLES["OBS-1"][0]
    with reading("nl"):
        assert "Jij hebt Yonas nog niet gezien." in tell(not_seen, "Yonas", TODAY, own=True)
        assert "De contactpersoon heeft" in tell(not_seen, "Yonas", TODAY)


def test_the_age_rules_name_no_birthday(reading: Reading) -> None:
    with reading("nl"):
        said = tell(EXAMPLES["AGE-2"][0], "Yonas", TODAY)
    assert not re.search(r"\d{1,2} (januari|november)", said)


def test_every_repair_has_words_except_none() -> None:
    assert REPAIRS.keys() == set(Repair)
    assert [repair for repair, words in REPAIRS.items() if not str(words)] == [Repair.NONE]


@pytest.mark.parametrize(
    ("due", "severity", "words"),
    [
        (-1, Severity.CRITICAL, "1 dag te laat"),
        (-4, Severity.WARNING, "4 dagen te laat"),
        (-4, Severity.NOTICE, ""),
        (0, Severity.CRITICAL, ""),
        (3, Severity.WARNING, ""),
    ],
)
def test_lateness_begins_the_day_after_and_never_in_a_notice(
    reading: Reading, due: int, severity: Severity, words: str
) -> None:
    with reading("nl"):
        assert lateness(day(due), TODAY, severity) == words


@pytest.mark.parametrize(
    ("due", "severity", "words"),
    [
        (-1, Severity.WARNING, ""),
        (0, Severity.WARNING, "uiterlijk vandaag"),
        (1, Severity.NOTICE, "uiterlijk morgen"),
        (2, Severity.WARNING, "nog 2 werkdagen"),
        (5, Severity.WARNING, "nog 3 werkdagen"),
        (14, Severity.WARNING, "nog 10 werkdagen"),
        (15, Severity.WARNING, ""),
        (38, Severity.NOTICE, "over 38 dagen"),
    ],
)
def test_time_left_counts_working_days_and_for_a_notice_days(
    reading: Reading, due: int, severity: Severity, words: str
) -> None:
    with reading("nl"):
        assert time_left(day(due), TODAY, severity) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [(None, ""), (-4, "4 dagen te laat"), (2, "nog 2 werkdagen"), (15, "uiterlijk 9 december")],
)
def test_the_line_below_says_late_or_left_or_the_day(
    reading: Reading, due: int | None, words: str
) -> None:
    with reading("nl"):
        on = None if due is None else day(due)
        assert due_words(on, TODAY, Severity.WARNING) == words


@pytest.mark.parametrize(
    ("tile", "number", "word"),
    [
        (Tile(TileKind.SINCE, 1), "1", "dag"),
        (Tile(TileKind.SINCE, 999), "999", "dagen"),
        (Tile(TileKind.SINCE, 1000), "999+", "dagen"),
        (Tile(TileKind.COUNT, 4), "4", "keer"),
        (Tile(TileKind.HOURS, 16), "16", "uur"),
        (Tile(TileKind.TO_COME, day=date(2026, 11, 25)), "25", "nov"),
    ],
)
def test_a_tile_says_what_its_number_counts(
    reading: Reading, tile: Tile, number: str, word: str
) -> None:
    with reading("nl"):
        drawn = face(tile, Severity.CRITICAL)
    assert (drawn.number, drawn.word, drawn.severity) == (number, word, "critical")


def test_alerts_stand_worst_first_then_latest_then_oldest() -> None:
    in_order = [
        (Severity.CRITICAL, day(-9), day(-3)),
        (Severity.CRITICAL, day(-4), day(-20)),
        (Severity.CRITICAL, None, day(-30)),
        (Severity.CRITICAL, day(4), day(-3)),
        (Severity.WARNING, day(-9), day(-40)),
        (Severity.NOTICE, None, day(-50)),
    ]
    shuffled = in_order[::-1]
    assert sorted(shuffled, key=lambda a: worst_first(*a, today=TODAY)) == in_order


def test_a_group_of_the_board_counts_its_severities(reading: Reading) -> None:
    with reading("nl"):
        tile = face(Tile(TileKind.SINCE, 3), Severity.WARNING)
        rows = [
            AlertRow(severity, tile, "Yonas Tesfay, 16", "heeft nog geen voogd.")
            for severity in (Severity.CRITICAL, Severity.WARNING, Severity.WARNING)
        ]
        group = board_group("GUA-1", TELLINGS["GUA-1"].short, rows)
    assert (group.id, group.critical, group.warnings, group.notices) == ("group-gua-1", 1, 2, 0)


def test_an_owner_is_named_with_the_role_when_it_is_known(reading: Reading) -> None:
    with reading("nl"):
        assert owner_words("Hanna Visser", "voogd") == "van Hanna Visser, voogd"
        assert owner_words("Hanna Visser") == "van Hanna Visser"


def test_the_record_of_a_finding_is_what_stands_before_the_placement() -> None:
    assert record_of("line-1@stay-2") == "line-1"
    assert record_of("line-1") == "line-1"

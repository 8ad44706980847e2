"""The dossier document: what it takes, what it refuses and how it says so."""

import json
from dataclasses import fields

import pytest

from caseapp.domain import facts
from caseapp.domain.document import DocumentError, load, parse, write
from caseapp.domain.json_text import MOST_BYTES
from tests.domain.made import born, document, during, line, place, school, transfer
from tests.scenarios import FOLDER


def refusal(value):
    """Return path and sentence with which a decoded document is refused."""
    with pytest.raises(DocumentError) as refused:
        parse(value)
    return refused.value.path, refused.value.sentence


def test_a_key_that_is_not_known_is_refused_with_its_path():
    known = "This key is not known here."
    assert refusal(document() | {"colour": 1}) == ("colour", known)
    assert refusal(document({"colour": 1})) == ("child.colour", known)
    assert refusal(document(care=[line("c1", "2026-01-01"), line("c2", "2026-01-01", x=1)])) == (
        "care[1].x",
        known,
    )
    assert refusal(document({"birth": born("2010-01-01") | {"x": 1}}))[0] == "child.birth.x"
    handover = {"handover": {"items": [{"id": "i", "topic": "school", "text": "t", "y": 1}]}}
    moved = transfer("t1", "B", "2026-01-01", "2026-01-02", **handover)
    assert refusal(document(transfers=[moved]))[0] == "transfers[0].handover.items[0].y"


def test_a_strange_key_is_quoted_so_that_a_path_is_one_line():
    assert refusal(document() | {"a\nb": 1})[0] == r'"a\nb"'
    assert refusal(document() | {"\ud800": 1})[0] == r'"\ud800"'
    assert len(refusal(document() | {"k" * 5000: 1})[0]) == 62


@pytest.mark.parametrize("missing", ["ref", "v_number", "given_names", "birth", "unaccompanied"])
def test_a_key_that_must_be_there_is_missed_by_its_path(missing):
    given = document()
    del given["child"][missing]
    assert refusal(given) == (f"child.{missing}", "This is missing.")


def test_the_format_and_the_child_must_be_there():
    assert refusal({}) == ("format", "This is missing.")
    assert refusal({"format": "caseapp-dossier/2"})[0] == "format"
    assert refusal({"format": ["caseapp-dossier/1"]})[0] == "format"
    assert refusal({"format": "caseapp-dossier/1"}) == ("child", "This is missing.")


@pytest.mark.parametrize("root", [None, True, 1, 1.5, "x", [], [{}]])
def test_a_root_that_is_no_object_is_refused(root):
    assert refusal(root) == ("", "This must be an object.")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"child": {"unaccompanied": 1}}, "child.unaccompanied"),
        ({"child": {"unaccompanied": "true"}}, "child.unaccompanied"),
        ({"child": {"given_names": ""}}, "child.given_names"),
        ({"child": {"given_names": "x" * 201}}, "child.given_names"),
        ({"child": {"given_names": 5}}, "child.given_names"),
        ({"child": {"given_names": None}}, "child.given_names"),
        ({"child": {"given_names": "a\ud800"}}, "child.given_names"),
        ({"child": {"given_names": "a\0"}}, "child.given_names"),
        ({"child": {"family_name": None}}, "child.family_name"),
        ({"child": {"v_number": "123456789"}}, "child.v_number"),
        ({"child": {"v_number": "0000000001\n"}}, "child.v_number"),
        ({"child": {"v_number": 1234567890}}, "child.v_number"),
        ({"child": {"v_number": "\u0660" * 10}}, "child.v_number"),
        ({"child": {"ref": "-x"}}, "child.ref"),
        ({"child": {"ref": "x" * 65}}, "child.ref"),
        ({"child": {"nationality": "nld"}}, "child.nationality"),
        ({"child": {"languages": ["ar", "x"]}}, "child.languages[1]"),
        ({"child": {"languages": "ar"}}, "child.languages"),
        ({"child": {"sex": "m"}}, "child.sex"),
        ({"child": {"birth": born("2010-01-01", "hour")}}, "child.birth.precision"),
        ({"child": {"birth": born("2010-01-01") | {"status": ["declared"]}}}, "child.birth.status"),
        ({"child": {"birth": "2010-01-01"}}, "child.birth"),
        ({"child": {"birth": born("2026-02-29")}}, "child.birth.date"),
        ({"child": {"birth": born("2026-2-9")}}, "child.birth.date"),
        ({"child": {"birth": born("20260209")}}, "child.birth.date"),
        ({"child": {"birth": born("0000-01-01")}}, "child.birth.date"),
        ({"child": {"birth": born("2026-02-09T00:00")}}, "child.birth.date"),
        ({"child": {"birth": born("2026-13-01")}}, "child.birth.date"),
        ({"child": {"birth": born(20260209)}}, "child.birth.date"),
        ({"care": {}}, "care"),
        ({"care": [[]]}, "care[0]"),
        ({"care": None}, "care"),
        ({"care": [line("c1", "2026-01-01", contacts_on=["2026-01-01", 5])]}, "care[0].contacts_on[1]"),
        ({"placements": [place("p1", "2026-01-01", kind="XYZ")]}, "placements[0].kind"),
        ({"placements": [place("p1", "2026-01-01", region="Noord")]}, "placements[0].region"),
        ({"placements": [place("p1", "2026-01-01", town="GM12")]}, "placements[0].municipality"),
        ({"placements": [place("p1", "2026-04-31")]}, "placements[0].from"),
        ({"placements": [place("p1", "2026-04-30", "x")]}, "placements[0].to"),
        *(
            ({"placements": [place("p1", "2026-01-01") | {"group_size": size}]}, "placements[0].group_size")
            for size in (0, 5001, 1.5, "5", True, -1, 10**400, float("inf"), float("nan"))
        ),
        *(
            ({"absences": [{"id": "a1", "on": "2026-01-01", "hours": hours, "authorised": True}]},
             "absences[0].hours")
            for hours in (0, 12.25, 0.1, -1, "6", False, 10**400, float("inf"), float("nan"))
        ),
        ({"school": [school("s1", hours_per_week=40.5)]}, "school[0].hours_per_week"),
        ({"school": [school("s1", brin="12AB3")]}, "school[0].brin"),
        ({"observations": [{"id": "o1", "on": "2026-01-01", "source": "own", "level": "none",
                            "conditions": {"love": "good"}}]}, "observations[0].conditions.love"),
        ({"observations": [{"id": "o1", "on": "2026-01-01", "source": "own", "level": "none",
                            "conditions": {"respect": "bad"}}]}, "observations[0].conditions.respect"),
        ({"consents": [{"id": "b1", "on": "2026-01-01", "given_by": ["judge"]}]}, "consents[0].given_by[0]"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_what_it_must_be_is_refused_by_its_path(change, path):
    given = document(change.get("child"), **{k: v for k, v in change.items() if k != "child"})
    found, sentence = refusal(given)
    assert found == path
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "records", "path"),
    [
        ("care", [line("c1", "2026-01-01"), line("c2", "2026-01-01"), line("c1", "2026-01-02")], "care[2].id"),
        ("placements", [place("p1", "2026-01-01"), place("p1", "2026-02-01")], "placements[1].id"),
        ("family_members", [{"ref": "a", "relation": "parent"}, {"ref": "a", "relation": "cousin"}],
         "family_members[1].ref"),
        ("transfers", [transfer("t1", "B", "2026-01-01", "2026-01-02", handover={"items": [
            {"id": "i", "topic": "school", "text": "t"}, {"id": "i", "topic": "care", "text": "u"}]})],
         "transfers[0].handover.items[1].id"),
    ],
)  # fmt: skip
def test_an_id_that_occurs_twice_in_its_list_is_refused(name, records, path):
    assert refusal(document(**{name: records})) == (path, "This occurs twice in the list.")


def test_an_id_may_occur_in_two_lists():
    both = document(care=[line("x", "2026-01-01")], responsible=[during("x", "2026-01-01")])
    assert parse(both).care[0].id == parse(both).responsible[0].id


def test_a_transfer_has_arrived_on_when_and_only_when_it_arrived():
    for status in ("planned", "confirmed", "departed", "cancelled"):
        odd = transfer("t1", "B", "2026-01-01", "2026-01-02", status, arrived_on="2026-01-02")
        assert refusal(document(transfers=[odd]))[0] == "transfers[0].arrived_on"
    bare = transfer("t1", "B", "2026-01-01", "2026-01-02", "arrived")
    assert refusal(document(transfers=[bare]))[0] == "transfers[0].arrived_on"
    assert parse(document(transfers=[bare | {"arrived_on": "2026-01-02"}])).transfers


def test_care_has_an_end_reason_only_with_an_end():
    odd = line("c1", "2026-01-01", end_reason="moved")
    assert refusal(document(care=[odd]))[0] == "care[0].ended_on"
    assert parse(document(care=[odd | {"ended_on": "2026-01-02"}])).care


def loading(data):
    """Return path and sentence with which a text is refused."""
    with pytest.raises(DocumentError) as refused:
        load(data)
    return refused.value.path, refused.value.sentence


def text_with(member):
    """Return a document of which the child ends in a member as written."""
    text = json.dumps(document())
    return text.replace('"unaccompanied": false', f'"unaccompanied": false, {member}').encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"no json",
        b"\xff\xfe{\x00}\x00",
        b'{"format": "\xe9"}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"format": 1' + b"0" * 5000 + b"}",
        b'{"format": "caseapp-dossier/1"} {}',
    ],
)
def test_a_text_that_is_no_json_in_utf_8_is_refused_without_a_path(data):
    path, sentence = loading(data)
    assert path == ""
    assert sentence.endswith(".")


def test_a_text_that_is_too_large_is_refused():
    assert loading(b" " * (MOST_BYTES + 1)) == ("", "This is larger than 16 megabytes.")


def test_a_key_that_is_written_twice_is_refused_by_its_path():
    assert loading(b'{"format": "x", "format": "x"}') == ("format", "This key occurs twice.")
    assert loading(text_with('"unaccompanied": true')) == (
        "child.unaccompanied",
        "This key occurs twice.",
    )


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e999", "null", "[]", "{}"])
def test_what_is_no_day_is_refused_where_a_day_must_be(written):
    assert loading(text_with(f'"closed_on": {written}'))[0] == "child.closed_on"


def test_half_a_character_is_refused():
    assert loading(text_with('"family_name": "\\ud83d"'))[0] == "child.family_name"
    assert load(text_with('"family_name": "\\ud83d\\ude00"')).child.family_name == "😀"


def test_a_byte_order_mark_is_overlooked():
    assert load(b"\xef\xbb\xbf" + json.dumps(document()).encode()) == parse(document())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_scenario_comes_back_as_it_was_written(path):
    given = json.loads(path.read_text("utf-8"))["dossier"]
    written = write(parse(given))
    assert written == {key: value for key, value in given.items() if value != []}
    assert parse(json.loads(json.dumps(written))) == parse(given)


def test_every_list_of_a_dossier_has_its_key_in_the_document():
    empty = document(**{field.name: [] for field in fields(facts.Dossier) if field.name != "child"})
    assert parse(empty) == parse(document())


def test_numbers_come_back_as_they_were():
    absence = {"id": "a1", "on": "2026-01-01", "hours": 6, "authorised": False}
    half = absence | {"id": "a2", "hours": 0.25}
    stay = place("p1", "2026-01-01") | {"group_size": 60.0}
    written = write(parse(document(absences=[absence, half], placements=[stay])))
    assert json.dumps([one["hours"] for one in written["absences"]]) == "[6, 0.25]"
    assert json.dumps(written["placements"][0]["group_size"]) == "60"

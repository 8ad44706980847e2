"""Every role on every route, at its own, another's, a crossed, an absent and a malformed address (R2, R3, R4).

What is expected comes from the policy and from who sees whom in the world (tests/ground.py), never
from the guards. Attacks 18 to 24 of the standard start here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import abort
from werkzeug.test import TestResponse

from caseapp.domain.policy import READS, Permission, Sees
from caseapp.kernel.work import Work
from caseapp.people.models import Child
from caseapp.people.queries import Sight
from caseapp.tables import METADATA
from caseapp.web import guard
from tests.census import CENSUS, Address, Page, example, under_glass
from tests.ground import CHILDREN, EVERYONE, GONE, SEES
from tests.ground_of_rights import KNOW_THE_SHELTER, SHELTER
from tests.ground_of_safety import WORD
from tests.meta.hall import TRAIL, Hall, missing, routes, told_apart
from tests.meta.rows import add
from tests.world import MARK, document

ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
AFTER_DEPARTURE = {
    "zqx-observation-text",
    "zqx-child-view",
    "zqx-action-text",
    "zqx-contact-note",
}
"""What was written about `mine` after it left the place beside."""

NAMED = {
    "privacy_officer": frozenset({
        "zqxgiven", "zqxfamily", "zqxbeside", "zqxneighbour", "zqxfar", "zqxsouth",
    }),
    "protection_lead": frozenset({"zqxgiven", "zqxfamily"}),
}  # fmt: skip
"""Who knows the name of any child, or of each at the own location, and nothing else of its file."""

IN = frozenset({200, 303, 400})
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One request of the matrix, and what the answer has to be."""

    who: str | None
    method: str
    endpoint: str
    case: str
    address: Address
    expected: frozenset[int]

    @property
    def denied(self) -> bool:
        """Say whether somebody who is signed in is refused."""
        return bool(self.expected & {403, 404}) and self.endpoint != "static"

    def __str__(self) -> str:
        """Return the cell as one can read it."""
        return f"{self.who or 'nobody'} {self.method} {self.endpoint} [{self.case}]"


def expected(
    hall: Hall, page: Page, who: str | None, method: str, address: Address
) -> frozenset[int]:
    """Return the statuses that an answer may have, by the policy and the relations of the world."""
    nobody = who is None or who == GONE
    if nobody and not page.may(None):
        return frozenset({303} if method in SAFE else {401})
    if not page.may(who):
        return frozenset({403})
    if under_glass(hall.ground, who, address) and not (page.needs in READS and method in SAFE):
        return frozenset({403})
    return IN if page.about.admits(hall.ground, who, address) else frozenset({404})


def cells(hall: Hall, who: str | None, only: str = "") -> Iterator[Cell]:
    """Yield every cell of somebody: each route, each method, each relation.

    HEAD is GET without its body, and has a test of its own. Whoever lacks the permission never comes
    to the scope, so two addresses, of something and of nothing, show that the refusal tells nothing;
    and as the role is asked before the database, that half is walked on SQLite only.
    """
    for endpoint, method in routes(hall.app):
        if only and endpoint != only:
            continue
        page = CENSUS[endpoint]
        tried = list(page.about.cases(hall.ground, who))
        if not page.may(who):
            tried = tried[:1] + [one for one in tried[1:] if one[0] == "absent"]
            tried = [] if hall.database else tried
        for case, address in tried if method != "HEAD" else ():
            status = expected(hall, page, who, method, address)
            yield Cell(who, method, endpoint, case, address, status)


def refusals(hall: Hall, who: str | None, only: str = "") -> Iterator[str]:
    """Send every request that somebody must be refused, and yield all that is wrong with the answers."""
    seq, denied, told = hall.last_seq(), 0, {}
    for cell in cells(hall, who, only):
        if cell.expected is IN:
            continue
        answer = _send(hall, cell)
        denied += cell.denied
        yield from _complaints(hall, cell, answer)
        same = told.setdefault((cell.endpoint, cell.method, answer.status_code), told_apart(answer))
        if same != told_apart(answer):
            yield f"{cell}: tells more than another {answer.status_code}"
    lines = Counter(line[:3] for line in hall.trail_since(seq))
    account = hall.ground.accounts.get(who or "")
    if lines != Counter({("denied", "denied", account): denied} if denied else {}):
        yield f"{denied} refusals and these lines of the trail: {lines}"


def _send(hall: Hall, cell: Cell) -> TestResponse:
    return hall.ask(cell.who, cell.method, hall.path(cell.endpoint, cell.address, cell.method))


def _complaints(hall: Hall, cell: Cell, answer: TestResponse) -> Iterator[str]:
    written = hall.written
    if finds_the_shelter(cell.who, answer):
        yield f"{cell}: says where the shelter is"
    if answer.status_code not in cell.expected:
        yield f"{cell}: {answer.status_code}, not {sorted(cell.expected)}"
    if MARK in told_apart(answer).lower():
        yield f"{cell}: a planted word in the answer"
    if written - TRAIL:
        yield f"{cell}: wrote {sorted(written - TRAIL)}"
    if cell.denied and "audit_event" not in written:
        yield f"{cell}: no line in the trail"


def finds_the_shelter(who: str | None, answer: TestResponse) -> bool:
    """Say whether an answer names the place that must not be found, to who may not know it."""
    named = SHELTER.lower() in answer.get_data().decode(errors="replace").lower()
    return named and who not in KNOW_THE_SHELTER


def words_in(html: str) -> set[str]:
    """Return the planted words on a page, in small letters."""
    return set(re.findall(rf"{MARK}[a-z-]+", html.lower()))


def not_to_be_told(who: str | None) -> set[str]:
    """Return the planted words that nobody may read who sees so much of each child of the story."""
    told = set() if who == "protection_lead" else {WORD.lower()}
    for name in CHILDREN:
        sees = SEES.get(who or "", {}).get(name)
        written = words_in(json.dumps(document(name)))
        if sees is None:
            told |= written
        if sees is Sees.UNTIL_DEPARTURE:
            told |= AFTER_DEPARTURE
    return told - NAMED.get(who or "", frozenset())


def admissions(hall: Hall, who: str | None, only: str = "") -> Iterator[str]:
    """Send every request that somebody may do, forms empty, and yield each that is not let in.

    What an empty form changed is put back before the next request.
    """
    for cell in cells(hall, who, only):
        if cell.expected is not IN:
            continue
        answer = _send(hall, cell)
        written = hall.written - TRAIL
        if answer.status_code not in IN:
            yield f"{cell}: {answer.status_code}, not {sorted(IN)}"
        if finds_the_shelter(who, answer):
            yield f"{cell}: says where the shelter is"
        if written and cell.method == "GET":
            yield f"{cell}: reading wrote {sorted(written)}"
        if told := not_to_be_told(who) & words_in(answer.get_data().decode(errors="replace")):
            yield f"{cell}: tells {sorted(told)}"
        if written or answer.headers.getlist("Set-Cookie"):
            hall.put_back()


@ON_SQLITE
def test_every_route_stands_in_the_census_and_the_census_has_no_ghosts(hall: Hall) -> None:
    assert missing(hall.app) == set()


@ON_SQLITE
def test_a_route_without_a_line_is_noticed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CENSUS, "people.edit")
    monkeypatch.setitem(CENSUS, "people.ghost", CENSUS["people.close"])
    assert missing(hall.app) >= {"people.edit", "people.ghost"}


@ON_SQLITE
def test_every_page_lets_somebody_in(hall: Hall) -> None:
    """A page that nobody reaches in the story would be watched by nobody."""
    shut = [
        endpoint
        for endpoint in CENSUS
        if not any(example(hall.ground, endpoint, who) is not None for who in EVERYONE)
    ]
    assert shut == []


@pytest.mark.asvs("8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.4.1")
@pytest.mark.attack(19)
@pytest.mark.attack(20)
@pytest.mark.attack(21)
@pytest.mark.attack(22)
@pytest.mark.parametrize("who", EVERYONE, ids=str)
def test_what_is_not_for_somebody_is_refused_and_tells_nothing(hall: Hall, who: str | None) -> None:
    before = hall.contents()
    assert list(refusals(hall, who)) == []
    assert hall.contents() == before


@pytest.mark.asvs("8.2.3")
@pytest.mark.attack(22)
@pytest.mark.asvs("3.5.3")
@pytest.mark.parametrize("who", EVERYONE, ids=str)
@pytest.mark.asvs("15.3.1")
def test_what_is_for_somebody_is_open_and_reading_only_reads(hall: Hall, who: str | None) -> None:
    assert list(admissions(hall, who)) == []


@ON_SQLITE
@pytest.mark.parametrize("who", ["national", "monitor", None], ids=str)
def test_an_address_that_is_none_leads_nowhere(hall: Hall, who: str | None) -> None:
    wrong = []
    for rule in hall.app.url_map.iter_rules():
        parts = {name: "not-a-key" for name in rule.arguments if name != "filename"}
        if parts:
            path = re.sub(r"<\w+:\w+>", "not-a-key", rule.rule)
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            answer = hall.ask(who, method, path)
            if answer.status_code != 404 or hall.written:
                wrong.append(f"{method} {path}: {answer.status_code} {hall.written}")
    assert wrong == []


@pytest.mark.asvs("8.3.1")
@pytest.mark.attack(23)
@pytest.mark.asvs("4.1.4", "3.5.3")
@ON_SQLITE
@pytest.mark.parametrize("who", ["cpk", "monitor", None], ids=str)
def test_every_method_asks_the_same_guard(hall: Hall, who: str | None) -> None:
    """HEAD is answered as GET; what a route does not take is refused before anything is read."""
    wrong = []
    for endpoint, page in CENSUS.items():
        _case, address = next(iter(page.about.cases(hall.ground, who)))
        takes = {method for one, method in routes(hall.app) if one == endpoint}
        path = hall.path(endpoint, address, min(takes - {"HEAD"}))
        for method in ("HEAD", "PUT", "PATCH", "DELETE", "TRACE"):
            answer = hall.ask(who, method, path)
            refused = answer.status_code == 405 and not hall.written
            if method not in takes and not refused:
                wrong.append(f"{method} {path}: {answer.status_code} {hall.written}")
            if method == "HEAD" and method in takes:
                like = hall.ask(who, "GET", path)
                if (answer.status_code, answer.get_data()) != (like.status_code, b""):
                    wrong.append(f"HEAD {path}: {answer.status_code}, GET {like.status_code}")
    assert wrong == []


@pytest.mark.attack(24)
@ON_SQLITE
def test_no_spelling_of_an_address_passes_the_guard(hall: Hall) -> None:
    """Slashes, capitals and marks lead nowhere, or to the same refusal (attack 24)."""
    wrong = []
    for endpoint, method in dict(routes(hall.app)).items():
        page = CENSUS[endpoint]
        if page.may("monitor"):
            continue
        _case, address = next(iter(page.about.cases(hall.ground, "monitor")))
        path = hall.path(endpoint, address, method)
        for spelled in (
            f"{path}/",
            f"http://localhost/{path}",
            path.upper(),
            f"{path};x=1",
            f"{path}%2f",
            f"/.{path}",
        ):
            answer = hall.ask("monitor", "GET", spelled)
            if answer.status_code not in {301, 308, 400, 403, 404, 405}:
                wrong.append(f"{spelled}: {answer.status_code}")
    assert wrong == []


def opened(hall: Hall, monkeypatch: pytest.MonkeyPatch, endpoint: str, **parts: object) -> None:
    """Break the guard of a page, for as long as a test lasts."""
    for name, value in parts.items():
        monkeypatch.setattr(hall.app.view_functions[endpoint], name, value)


@pytest.mark.attack(21, twin="the permission of a page is that of another")
@ON_SQLITE
def test_a_permission_that_is_too_wide_is_noticed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(refusals(hall, "guardian", "people.edit")) == []
    opened(hall, monkeypatch, "people.edit", permission=Permission.CHILD_READ)
    assert any("200, not [403]" in line for line in refusals(hall, "guardian", "people.edit"))


@pytest.mark.attack(19, twin="a scope fetches any child")
@ON_SQLITE
def test_a_scope_that_is_too_wide_is_noticed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def any_child(work: Work, child_id: UUID) -> Sight | None:
        with work.beyond("a door that does not look"):
            child = work.session.get(Child, child_id)
        work.opened.add(child_id)
        return Sight(child, Sees.ALL) if child is not None else None

    assert list(refusals(hall, "cpk_far", "schooling.chapter")) == []
    opened(hall, monkeypatch, "schooling.chapter", subject=any_child)
    found = list(refusals(hall, "cpk_far", "schooling.chapter"))
    assert any("200, not [404]" in line for line in found)
    assert any("a planted word" in line for line in found)


@ON_SQLITE
def test_a_refusal_that_leaves_no_line_is_noticed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_denied", lambda _work, status: abort(status))
    found = list(refusals(hall, "monitor", "people.edit"))
    assert any("no line in the trail" in line for line in found)
    assert any("refusals and these lines" in line for line in found)


@pytest.mark.attack(22, twin="a page tells of a child that is out of reach")
@ON_SQLITE
def test_a_page_that_writes_while_it_is_read_is_noticed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scribble(work: Work) -> str:
        add(work.session.connection(), METADATA.tables["watermark"])
        work.session.commit()
        return "zqxfar"

    opened(hall, monkeypatch, "moves.moves", view=scribble)
    found = list(admissions(hall, "cpk", "moves.moves"))
    assert any("reading wrote ['watermark']" in line for line in found)
    assert any("tells ['zqxfar']" in line for line in found)

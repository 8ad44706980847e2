"""Keys of others, wherever they are sent (attacks 19 to 24); in full in tests/proofs/idor_replay.py."""

from random import Random
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.people.models import Child
from caseapp.people.queries import Sight
from tests.attacks.replay import replay
from tests.meta.hall import Hall

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.mark.attack(19)
@pytest.mark.attack(20)
@pytest.mark.parametrize(("saw", "who"), [("cpk", "cpk_far"), ("guardian", "guardian_other")])
def test_what_one_saw_is_of_no_use_to_another(hall: Hall, saw: str, who: str) -> None:
    again = replay(hall, saw, who, Random(19))
    assert len(again.keys) > 5
    assert list(again.leaks(150)) == []
    assert again.asked == 150
    assert {400, 404} <= again.statuses


@pytest.mark.attack(19, twin="a scope fetches any child, for whoever asks")
@pytest.mark.attack(20, twin="a scope fetches any child, and a page writes about it")
def test_a_scope_that_lets_anybody_in_is_found_by_the_replay(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def any_child(work: Work, child_id: UUID) -> Sight | None:
        with work.beyond("a twin without its defence"):
            child = work.session.get(Child, child_id)
        return Sight(child, Sees.ALL) if child is not None else None

    again = replay(hall, "cpk", "cpk_far", Random(1))
    again.keys = [hall.ground.world.children["mine"]]
    again.doors = [("schooling.chapter", "GET"), ("people.edit", "POST")]
    assert list(again.leaks(10)) == []
    for endpoint, _method in again.doors:
        monkeypatch.setattr(hall.app.view_functions[endpoint], "subject", any_child)
    assert list(again.leaks(20))


TRICKS = ({"_method": "DELETE"}, {"_method": "PUT"})
HEADERS = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def shows(answer: TestResponse) -> bool:
    """Say whether an answer is a page."""
    return answer.status_code == 200


@pytest.mark.attack(23)
@pytest.mark.asvs("4.1.4")
def test_no_header_and_no_field_makes_another_method(hall: Hall) -> None:
    client = hall.client("cpk")
    path = hall.path("people.edit", {"child_id": hall.ground.world.children["far"]})
    for name in HEADERS:
        assert client.client.post("/account", headers={name: "GET"}).status_code in {400, 405}
        assert client.client.get(path, headers={name: "POST"}).status_code == 404
    for fields in TRICKS:
        assert (
            hall.ask("cpk", "POST", "/taal", {"language": "nl", "back": "/"} | fields).status_code
            == 400
        )


@pytest.mark.attack(23, twin="a header names the method")
def test_a_house_that_believes_such_a_header_would_be_seen(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = hall.app.wsgi_app

    def believing(environ, start_response):
        environ["REQUEST_METHOD"] = environ.get("HTTP_X_HTTP_METHOD", environ["REQUEST_METHOD"])
        return inner(environ, start_response)

    monkeypatch.setattr(hall.app, "wsgi_app", believing)
    answer = hall.client("cpk").client.post("/account", headers={"X-HTTP-Method": "GET"})
    assert shows(answer)


@pytest.mark.attack(
    24, twin="a proxy that forbids an address by its letters, and an address of other letters"
)
def test_a_guard_by_the_letters_of_an_address_is_passed_and_ours_is_not(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that shuts `/systeem` is passed by `/%73ysteem`; the guard stands at the view."""
    spelled = "/%73ysteem"
    assert not spelled.startswith("/systeem")
    assert hall.ask("cpk", "GET", spelled).status_code == 403
    view = hall.app.view_functions["reference.system"]
    monkeypatch.setattr(view, "permission", None)
    assert shows(hall.ask("cpk", "GET", spelled))

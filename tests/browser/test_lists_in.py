"""A list from the upload to what it sets off: looked at, decided, applied, and undone as a whole."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from playwright.sync_api import ViewportSize, expect
from sqlalchemy import update

from caseapp.exchange.jobs import lists
from caseapp.exchange.models import ListRun
from tests.browser.keys import Keys
from tests.browser.listed import Listed, occupancy
from tests.browser.looking import is_in_nobodys_way
from tests.browser.pages import Child, Lists
from tests.browser.serving import Site
from tests.browser.visitors import DESKTOP, PHONE, SMALL_PHONE, Visitors
from tests.world import NOW, World

pytestmark = pytest.mark.browser

WHO = "coordinator-noord"
NO_LIST = b"naam;leeftijd\nNoor;3\n"
HERE = "azc Veenhorst"


@dataclass(frozen=True, slots=True)
class Worker:
    """The worker beside the server: it comes by when the test says so, five minutes later."""

    site: Site

    def comes_by(self) -> None:
        """Do all that waits."""
        lists(replace(self.site.machine, now=lambda: NOW + timedelta(minutes=5)))


@pytest.fixture
def worker(site: Site, demo: World) -> Worker:
    """Give the worker of the house that the server shows."""
    return Worker(site)


@pytest.fixture
def brought(site: Site, demo: World) -> Listed:
    """Give a list on which a child with care at its place has moved, and nobody told."""
    return occupancy(site.machine, demo, demo.children["medicine"])


@pytest.mark.parametrize(
    ("language", "size"), [("nl", DESKTOP), ("en", PHONE)], ids=["nl-desktop", "en-phone"]
)
def test_a_list_is_brought_in_decided_applied_and_undone(
    demo: World,
    visitor: Visitors,
    worker: Worker,
    brought: Listed,
    language: str,
    size: ViewportSize,
) -> None:
    page = Lists(visitor(WHO, language=language, size=size), language).go("/verhuizingen")
    _brought_in(page, brought, worker)
    _decided(page, brought)
    _applied(page, brought, worker)
    _undone(page, brought)


def _brought_in(page: Lists, brought: Listed, worker: Worker) -> None:
    """Find the way to the form, be told of a wrong file, and bring in the right one."""
    page.follow("Lists", within=page.main)
    is_in_nobodys_way(page.page)
    page.follow("Bring in a list", within=page.main)
    is_in_nobodys_way(page.page)
    page.bring(NO_LIST)
    expect(page.wrong).to_be_visible()
    expect(page.field(page.KIND)).to_be_checked()
    is_in_nobodys_way(page.page)
    page.attach(brought.data)
    page.press("Look at this list")
    page.is_how_far("waits its turn")
    is_in_nobodys_way(page.page)
    worker.comes_by()
    page.is_how_far("ready for you")  # the page looks again by itself
    is_in_nobodys_way(page.page)


def _decided(page: Lists, brought: Listed) -> None:
    """Take one row, tick two others and leave them out, and look at the rows that are refused."""
    first, *others = brought.doubtful
    expect(page.row(first)).to_contain_text("01-01-2015")
    page.press("Take", within=page.row(first))
    expect(page.row(first)).to_contain_text(page.say("taken"))
    for number in others:
        page.row(number).get_by_role("checkbox").check()
    page.press("Leave out")
    expect(page.row(others[0])).to_contain_text(page.say("left out"))
    is_in_nobodys_way(page.page)
    page.follow("Show these moves")
    expect(page.main.locator("tbody tr")).to_have_count(1)
    is_in_nobodys_way(page.page)
    page.page.locator(".tally").last.click()
    for number in brought.refused:
        expect(page.row(number)).to_be_visible()


def _applied(page: Lists, brought: Listed, worker: Worker) -> None:
    """Say yes to exactly what changes, and see what the move that nobody told has broken."""
    page.follow("Apply this list")
    expect(page.main.locator(".sums")).to_contain_text(page.say("in doubt, and taken by you"))
    is_in_nobodys_way(page.page)
    page.press("Apply the list")
    page.is_how_far("being applied")
    is_in_nobodys_way(page.page)
    worker.comes_by()
    page.is_how_far("applied")
    expect(page.rows.first.get_by_role("link").first).to_have_attribute(
        "href", f"/kinderen/{brought.moved}"
    )
    expect(page.rows.first).to_contain_text(HERE)
    is_in_nobodys_way(page.page)


def _undone(page: Lists, brought: Listed) -> None:
    """Undo the list, and find the child where it was."""
    page.follow("Undo this list")
    is_in_nobodys_way(page.page)
    page.press("Undo this list")
    page.is_said("The list is undone.")
    page.is_how_far("undone")
    is_in_nobodys_way(page.page)
    child = Child(page.page, brought.moved, page.language).open()
    expect(child.main).to_contain_text(HERE)
    is_in_nobodys_way(page.open().page)


def test_a_list_is_brought_in_decided_applied_and_undone_with_the_keyboard_alone(
    visitor: Visitors, worker: Worker, brought: Listed
) -> None:
    page = Lists(visitor(WHO)).open()
    keys = Keys(page.page)
    keys.press(page.main.get_by_role("link", name=page.say("Bring in a list")).first)
    keys.take_first(page.question("Which list is it?"))
    keys.walk_to(page.field("The file with the list"))
    page.attach(brought.data)
    keys.press(page.main.get_by_role("button", name=page.say("Look at this list")))
    page.is_how_far("waits its turn")
    worker.comes_by()
    page.is_how_far("ready for you")

    first, second, third = brought.doubtful
    keys.take_first(page.row(first).get_by_role("checkbox"))
    keys.take_first(page.row(second).get_by_role("checkbox"))
    keys.press(page.main.get_by_role("button", name=page.say("Take")).first)
    expect(page.row(second)).to_contain_text(page.say("taken"))
    keys.press(page.row(third).get_by_role("button", name=page.say("Leave out")))
    expect(page.row(third)).to_contain_text(page.say("left out"))

    keys.press(page.main.get_by_role("link", name=page.say("Apply this list")))
    keys.press(page.main.get_by_role("button", name=page.say("Apply the list")))
    page.is_how_far("being applied")
    worker.comes_by()
    page.is_how_far("applied")
    keys.press(page.main.get_by_role("link", name=page.say("Undo this list")))
    keys.press(page.main.get_by_role("button", name=page.say("Undo this list")))
    page.is_how_far("undone")


def test_the_page_says_how_far_the_worker_is_without_being_opened_anew(
    visitor: Visitors, site: Site, brought: Listed
) -> None:
    page = Lists(visitor(WHO)).go("/verhuizingen/lijsten/nieuw")
    page.bring(brought.data)
    page.is_how_far("waits its turn")
    _is_at(site, 10)
    page.is_how_far("being looked at")
    page.page.evaluate("window.stays = true")
    expect(page.main).to_contain_text(
        page.say("%(done)s of %(total)s rows.", done="10", total="100")
    )
    _is_at(site, 90)
    expect(page.main).to_contain_text(
        page.say("%(done)s of %(total)s rows.", done="90", total="100")
    )
    assert page.page.evaluate("window.stays")
    is_in_nobodys_way(page.page)


def _is_at(site: Site, done: int) -> None:
    """Say how far the worker is with what it looks at."""
    waits = ListRun.state.in_(["waiting", "looking"])
    far = {"state": "looking", "stage": "comparing", "done": done, "total": 100}
    with site.machine.engine.begin() as db:
        db.execute(update(ListRun).where(waits).values(**far))


def test_without_a_script_somebody_looks_again(
    visitor: Visitors, worker: Worker, brought: Listed
) -> None:
    page = Lists(visitor(WHO, size=SMALL_PHONE, javascript=False)).go("/verhuizingen/lijsten/nieuw")
    page.bring(brought.data)
    page.is_how_far("waits its turn")
    worker.comes_by()
    page.follow("Look again")
    page.is_how_far("ready for you")


def test_before_the_first_list_the_page_is_calm_and_in_nobodys_way(visitor: Visitors) -> None:
    page = Lists(visitor("coordinator-zuid")).open()
    expect(page.main).to_contain_text(page.say("No list came in yet."))
    is_in_nobodys_way(page.page)


def test_a_list_that_came_to_nothing_is_in_nobodys_way(
    visitor: Visitors, site: Site, brought: Listed
) -> None:
    page = Lists(visitor(WHO)).go("/verhuizingen/lijsten/nieuw")
    page.bring(brought.data)
    page.is_how_far("waits its turn")
    failed = {
        "state": "failed",
        "error": {"code": "missing-column", "parameters": {"column": "amv"}},
    }
    with site.machine.engine.begin() as db:
        db.execute(update(ListRun).values(**failed))
    page.page.reload()
    page.is_how_far("did not work")
    is_in_nobodys_way(page.page)

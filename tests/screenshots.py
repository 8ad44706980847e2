"""Takes the pictures of the README and the papers, of a demo world on a day that never changes.

`make screenshots` writes them into docs/pictures; look at them before you commit them.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from playwright.sync_api import ViewportSize, sync_playwright

from caseapp.app import create_app
from caseapp.continuity import queries as continuity_of
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.moves import queries as moves_of
from caseapp.settings import ROOT
from tests import chromium, house
from tests.browser import demo_house
from tests.browser.serving import serve
from tests.browser.visitors import DESKTOP, PHONE, Visitors
from tests.world import World

FOLDER: Final = ROOT / "docs" / "pictures"
CHILDREN: Final = 120
SIZES: Final[dict[str, ViewportSize]] = {"desktop": DESKTOP, "phone": PHONE}
BOTH: Final = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Picture:
    """One page to take: its name, who looks, where; a story stands in the address as {story}."""

    name: str
    who: str | None
    path: str
    languages: tuple[str, ...] = BOTH
    sizes: tuple[str, ...] = ("desktop", "phone")


WIDE: Final = ("desktop",)
PICTURES: Final = (
    Picture("today-coordinator", "coordinator-midden", "/vandaag"),
    Picture("today-cpk", "cpk-azc-lin", "/vandaag", sizes=("phone",)),
    Picture("child", "coordinator-midden", "/kinderen/{therapy}"),
    Picture("board", "coordinator-noord", "/signaleringen", sizes=WIDE),
    Picture("board", "coordinator-noord", "/signaleringen", ("nl",), ("phone",)),
    Picture("observation", "cpk-azc-mee", "/kinderen/{therapy}/observatie", ("nl",), ("phone",)),
    Picture("impact", "coordinator-noord", "/kinderen/{medicine}/verhuizing/{move_medicine}/gevolgen"),
    Picture("impact-list", "coordinator-noord", "/verhuizingen/lijst/{list}", sizes=WIDE),
    Picture("handover-sender", "cpk-azc-vee", "/kinderen/{half_done}/overdracht/{move_half_done}",
            sizes=WIDE),
    Picture("handover-receiver", "cpk-azc-lin", "/kinderen/{half_done}/overdracht/{move_half_done}",
            sizes=("phone",)),
    Picture("held", "coordinator-noord", "/kinderen/{held}/verhuizing/{move_held}", ("nl",), WIDE),
    Picture("alert", "coordinator-noord", "/kinderen/{came_back}/signaleringen/{alert_came_back}",
            sizes=WIDE),
    Picture("precision", "coordinator-noord", "/signaleringen/juistheid", sizes=WIDE),
    Picture("limits", "beheer-1", "/instellingen", sizes=WIDE),
    Picture("mail-choice", "coordinator-noord", "/account/mail", sizes=WIDE),
)  # fmt: skip


def take(visitors: Visitors, keys: Mapping[str, UUID], picture: Picture, folder: Path) -> None:
    """Take one page in each of its languages and sizes."""
    path = picture.path.format_map({name: str(key) for name, key in keys.items()})
    for language in picture.languages:
        for size in picture.sizes:
            page = visitors(picture.who, language=language, size=SIZES[size])
            answer = page.goto(path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{picture.name}: {path} does not answer.")
            page.screenshot(path=folder / f"{picture.name}-{size}-{language}.png")
            page.context.close()


def keys_of(machine: Machine, world: World) -> dict[str, UUID]:
    """Return what an address can name: children, their moves that are to come, their alerts, and the list."""
    work = machine.work(Actor(account_id=None, name="pictures", everywhere=True))
    keys = dict(world.children)
    for name, child_id in world.children.items():
        for move in moves_of.planned(work, [child_id]).get(child_id, ()):
            keys[f"move_{name}"] = move.id
        for known in continuity_of.known_alerts(work, [child_id]).get(child_id, ()):
            if known.alert.rule in {"CAR-1", "CAR-2"}:
                keys[f"alert_{name}"] = UUID(known.alert.id)
    work.actor = replace(work.actor, account_id=world.accounts["coordinator-noord"])
    keys["list"] = moves_of.own_lists(work)[0].id
    work.session.close()
    return keys


def main(folder: Path) -> int:
    """Make a demo world in a folder that goes again, and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        template = demo_house.make_template("sqlite", Path(home), "pictures", CHILDREN)
        machine = house.machine_of(template.settings)
        site = serve(create_app(machine=machine))
        keys = keys_of(machine, template.world)
        browser = playwright.chromium.launch(**chromium.launch_arguments())  # type: ignore[arg-type]
        visitors = Visitors(browser, site, template.world.accounts)
        for picture in PICTURES:
            take(visitors, keys, picture, folder)
        browser.close()
        site.server.shutdown()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")  # noqa: T201
    return 1 if visitors.complaints else 0


if __name__ == "__main__":
    sys.exit(main(FOLDER))

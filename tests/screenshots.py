"""Takes the pictures of the README and the papers, of a demo world on a day that never changes.

`make screenshots` writes them into docs/pictures; look at them before you commit them.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import ViewportSize, sync_playwright

from caseapp.app import create_app
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


PICTURES: Final = (
    Picture("today-coordinator", "coordinator-midden", "/vandaag"),
    Picture("today-cpk", "cpk-azc-lin", "/vandaag", sizes=("phone",)),
    Picture("child", "coordinator-midden", "/kinderen/{therapy}"),
    Picture("board", "coordinator-noord", "/signaleringen", sizes=("desktop",)),
    Picture("board", "coordinator-noord", "/signaleringen", ("nl",), ("phone",)),
    Picture("observation", "cpk-azc-mee", "/kinderen/{therapy}/observatie", ("nl",), ("phone",)),
)


def take(visitors: Visitors, world: World, picture: Picture, folder: Path) -> None:
    """Take one page in each of its languages and sizes."""
    path = picture.path.format_map({name: str(key) for name, key in world.children.items()})
    for language in picture.languages:
        for size in picture.sizes:
            page = visitors(picture.who, language=language, size=SIZES[size])
            answer = page.goto(path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{picture.name}: {path} does not answer.")
            page.screenshot(path=folder / f"{picture.name}-{size}-{language}.png")
            page.context.close()


def main(folder: Path) -> int:
    """Make a demo world in a folder that goes again, and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        template = demo_house.make_template("sqlite", Path(home), "pictures", CHILDREN)
        site = serve(create_app(machine=house.machine_of(template.settings)))
        browser = playwright.chromium.launch(**chromium.launch_arguments())  # type: ignore[arg-type]
        visitors = Visitors(browser, site, template.world.accounts)
        for picture in PICTURES:
            take(visitors, template.world, picture, folder)
        browser.close()
        site.server.shutdown()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")  # noqa: T201
    return 1 if visitors.complaints else 0


if __name__ == "__main__":
    sys.exit(main(FOLDER))

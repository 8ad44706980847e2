"""Looking at a page as axe does, and as somebody with a small phone does."""

from collections.abc import Sequence
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.browser.visitors import DESKTOP, SMALL_PHONE

_RUN: Final = """async () => {
  const found = await axe.run({ resultTypes: ["violations"] });
  const where = one => one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(" | ");
  return found.violations.map(one => one.id + ": " + one.help + " at " + where(one));
}"""
_UNFOLD: Final = """() => {
  for (const fold of document.querySelectorAll("main details")) { fold.open = true; }
}"""
_WIDER: Final = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) { return []; }
  const out = [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll"));
  return ["the page", ...out.slice(0, 3).map(one => one.outerHTML.slice(0, 120))];
}"""
_TEXT: Final = "size => { document.documentElement.style.fontSize = size; }"
_EMPTY: Final = """() => {
  const asks = form => form.querySelector("input:not([type=hidden]), select, textarea");
  const form = [...document.querySelectorAll("main form[method=post]")].find(asks);
  if (!form) { return false; }
  for (const one of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (one.type === "radio" || one.type === "checkbox") { one.checked = false; }
    else { one.value = ""; }
  }
  form.dataset.asked = "yes";
  return true;
}"""
_SEND: Final = (
    "() => HTMLFormElement.prototype.submit.call(document.querySelector('form[data-asked]'))"
)


EVERY_SIZE: Final = (DESKTOP, SMALL_PHONE)


def faults(page: Page, judged: Sequence[ViewportSize] = EVERY_SIZE) -> list[str]:
    """Return what axe finds on a desktop and a small phone, and what sticks out of either or of large text.

    Whatever is folded is opened first. Axe judges the sizes that are asked; the width is looked at in all.
    """
    page.evaluate(_UNFOLD)
    page.evaluate(AXE_SCRIPT)
    page.set_viewport_size(DESKTOP)
    page.evaluate(_TEXT, "200%")
    found = [f"large text: too wide: {one}" for one in _list(page.evaluate(_WIDER))]
    page.evaluate(_TEXT, "")
    for size in EVERY_SIZE:
        page.set_viewport_size(size)
        width = size["width"]
        if size in judged:
            found += [f"{width}: {one}" for one in _list(page.evaluate(_RUN))]
        found += [f"{width}: too wide: {one}" for one in _list(page.evaluate(_WIDER))]
    return found


def is_in_nobodys_way(page: Page) -> None:
    """Say that axe finds nothing on a page in the middle of a journey, and leave its size as it was."""
    size = page.viewport_size
    assert faults(page) == []
    if size is not None:
        page.set_viewport_size(size)


def send_empty(page: Page) -> bool:
    """Send the first form that asks something with nothing in it; False when there is none."""
    if not page.evaluate(_EMPTY):
        return False
    with page.expect_navigation():
        page.evaluate(_SEND)
    return True


def _list(found: Any) -> list[str]:
    return [str(one) for one in found]

"""What a browser sends for the forms on a page: nothing filled in, or something in every field."""

from collections.abc import Iterator
from typing import Any, Final

import html5lib

from tests.strict_client import HTML_NAMESPACE
from tests.world import TODAY

Fields = dict[str, str]
TYPED: Final = {"text", "search", "email", "tel", None}


def blanks(html: str, path: str) -> list[Fields]:
    """Return what is sent for each form that goes back to its page, with nothing filled in."""
    return [
        {one.get("name"): _blank(one) for one in controls if _is_sent(one)}
        for controls in _forms(html, path)
    ]


def filled(html: str, path: str, word: str) -> list[Fields]:
    """Return what is sent for each form that goes back to its page, with a word wherever one can type.

    Days that are not known are today, choices that are not made the first.
    """
    found = []
    for controls in _forms(html, path):
        fields: Fields = {}
        for one in controls:
            value = _value(one, word)
            if value is not None and (
                one.get("checked") is not None or one.get("name") not in fields
            ):
                fields[one.get("name")] = value
        found.append(fields)
    return found


def _forms(html: str, path: str) -> Iterator[list[Any]]:
    for form in html5lib.parse(html).iter(f"{HTML_NAMESPACE}form"):
        if form.get("method") == "post" and (form.get("action") or path) == path:
            yield [one for one in form.iter() if one.get("name")]


def _is_sent(control: Any) -> bool:
    return control.get("type") not in {"radio", "checkbox", "submit"}


def _blank(control: Any) -> str:
    return (control.get("value") or "") if control.get("type") == "hidden" else ""


def _value(control: Any, word: str) -> str | None:
    name = str(control.tag).removeprefix(HTML_NAMESPACE)
    kind = control.get("type")
    if name == "textarea":
        return word
    if name == "select":
        return _chosen(control)
    if kind == "checkbox":
        return control.get("value") if control.get("checked") is not None else None
    if kind in TYPED:
        return _typed(control, word)
    return control.get("value") or ""


def _typed(control: Any, word: str) -> str:
    if "input--date" in (control.get("class") or ""):
        return control.get("value") or TODAY.strftime("%d-%m-%Y")
    if control.get("inputmode") or control.get("type") == "email":
        return control.get("value") or ""
    return word


def _chosen(control: Any) -> str:
    options = list(control.iter(f"{HTML_NAMESPACE}option"))
    chosen = [one for one in options if one.get("selected") is not None]
    return next((one.get("value") for one in [*chosen, *options] if one.get("value")), "")

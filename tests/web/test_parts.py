"""The macros draw what ui.md 3 says: order, names for screen readers, no style or script inside."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict

from caseapp.domain.rules.rule import Severity, Tile, TileKind
from caseapp.settings import ROOT
from caseapp.web.filters import FILTERS
from caseapp.web.forms import Buttons, DayField, Form, LongText, Option, RadioField, VersionField
from caseapp.web.i18n import language, wire_languages
from caseapp.web.labels import SEVERITIES
from caseapp.web.tiles import AlertRow, Holder, board_group, face

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


class Move(Form):
    """A form with a field of each shape."""

    on = DayField("Which day?", required="Give the day")
    why = RadioField("Why?", choices=[Option("age", "Age", "Turned 18"), ("other", "Other")])
    note = LongText("Note")
    version = VersionField()
    do = Buttons("", choices=[("save", "Save it"), ("draft", "Keep it")])


@pytest.fixture(scope="module")
def parts(catalogues: Path) -> Flask:
    """Make an application that can draw the macros."""
    app = Flask("parts", template_folder=str(ROOT / "templates"))
    wire_languages(app, lambda: "en", catalogues)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS, severity_word=lambda s: SEVERITIES[Severity(s)])
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/{name}", csrf_token=lambda: "token", language=language
    )
    return app


def drawn(app: Flask, call: str, **values: object) -> str:
    """Draw a template text that has every macro at hand, with runs of white space as one."""
    text = """
      {% from "_parts/form.html" import field, form as whole, error_summary %}
      {% from "_parts/alert.html" import alert_row %}
      {% from "_parts/board.html" import board_group %}
      {% from "_parts/child.html" import baton %}
      {% from "_parts/section.html" import stepper %}
      {% from "_parts/table.html" import pager, table %}
    """
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        html = app.jinja_env.from_string(text + call).render(**values)
    return " ".join(html.split()).replace(" >", ">")


def wrong_form() -> Move:
    form = Move(MultiDict({"on": "31-02-2026", "version": "3", "why": "money"}))
    assert not form.submitted
    return form


def row(severity: Severity = Severity.CRITICAL, **more: str) -> AlertRow:
    tile = face(Tile(TileKind.SINCE, 15), severity)
    return AlertRow(
        severity, tile, "Yonas Tesfay, 16", "no appointment yet.", name="Yonas Tesfay", **more
    )


def test_a_field_stands_in_the_order_label_hint_error_control(parts: Flask) -> None:
    html = drawn(parts, "{{ field(form.on) }}", form=wrong_form())
    order = [html.index(piece) for piece in ("<label", "field__hint", "field__error", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="on-hint on-error" aria-invalid="true"' in html
    assert 'value="31-02-2026"' in html


def test_a_question_with_several_answers_is_a_fieldset_with_a_hint_at_its_answer(
    parts: Flask,
) -> None:
    html = drawn(parts, "{{ field(form.why) }}", form=Move(values={"why": "age"}))
    assert "<fieldset" in html
    assert re.search(
        r'id="why-1" name="why" value="age" checked aria-describedby="why-1-hint"', html
    )
    assert '<label for="why-2">Other</label>' in html


def test_only_an_optional_field_says_so(parts: Flask) -> None:
    form = Move()
    assert "may stay empty" in drawn(parts, "{{ field(form.note) }}", form=form)
    assert "may stay empty" not in drawn(parts, "{{ field(form.on) }}", form=form)


def test_a_text_keeps_its_first_line_end(parts: Flask) -> None:
    with parts.test_request_context():
        html = parts.jinja_env.from_string(
            '{% from "_parts/form.html" import field %}{{ field(form.note) }}'
        ).render(form=Move(values={"note": "\nsecond line"}))
    assert ">\n\nsecond line</textarea>" in html


def test_the_summary_gets_focus_without_a_script_and_links_to_the_fields(parts: Flask) -> None:
    html = drawn(parts, "{{ error_summary(form) }}", form=wrong_form())
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert "2 things are not right" in html
    assert 'href="#on"' in html
    assert 'href="#why-1"' in html


def test_a_form_without_errors_has_no_summary(parts: Flask) -> None:
    assert drawn(parts, "{{ error_summary(form) }}", form=Move()) == ""


def test_a_whole_form_carries_token_and_version_and_its_own_buttons(parts: Flask) -> None:
    html = drawn(parts, '{{ whole(form, cancel="/back") }}', form=Move(values={"version": 3}))
    assert 'name="csrf_token" value="token"' in html
    assert 'type="hidden" name="version" value="3"' in html
    assert 'class="button button--main" name="do" value="save">Save it<' in html
    assert 'class="button" name="do" value="draft">Keep it<' in html
    assert 'href="/back">Stop<' in html


def test_what_people_write_is_text_and_never_markup(parts: Flask) -> None:
    form = Move(values={"note": "</textarea><script>"})
    html = drawn(parts, "{{ field(form.note) }}", form=form)
    assert "<script" not in html
    assert "&lt;/textarea&gt;" in html


def test_only_a_critical_row_has_the_main_button(parts: Flask) -> None:
    call = "{{ alert_row(row) }}"
    more = {"repair": "Record", "repair_href": "/r", "href": "/c"}
    critical = drawn(parts, call, row=row(**more))
    warning = drawn(parts, call, row=row(Severity.WARNING, **more))
    assert "button--main" in critical
    assert "button--main" not in warning
    assert 'Record<span class="hidden-text"> for Yonas Tesfay</span>' in critical
    assert "Yonas Tesfay, 16</a> – no appointment yet." in critical
    assert "Serious</span>" in critical


def test_a_row_that_came_back_says_so(parts: Flask) -> None:
    again = AlertRow(
        Severity.NOTICE,
        face(Tile(TileKind.SINCE, 1), Severity.NOTICE),
        "Yonas",
        "x.",
        came_back=True,
    )
    assert "Again: <b>Yonas</b>" in drawn(parts, "{{ alert_row(row) }}", row=again)


def test_an_alert_that_nobody_took_says_so_on_the_board(parts: Flask) -> None:
    call = "{% call(row) board_group(group) %}{{ row.key }}{% endcall %}"
    free = drawn(parts, call, group=board_group("CAR-1", "Care", [row(key="k1")]))
    taken = drawn(parts, call, group=board_group("CAR-1", "Care", [row(owner="Noor")]))
    assert "Nobody" in free
    assert "no limit" in free
    assert "k1" in free
    assert "Nobody" not in taken
    assert "1 serious" in taken


def test_the_baton_reads_nobody_when_nobody_holds_it(parts: Flask) -> None:
    assert "Nobody" in drawn(parts, "{{ baton(now) }}", now=Holder())
    held = drawn(parts, "{{ baton(now) }}", now=Holder("Noor", phone="06 0000 0012"))
    assert "Nobody" not in held
    assert 'href="tel:0600000012"' in held


def test_a_stepper_tells_which_step_is_now_and_which_are_done(parts: Flask) -> None:
    html = drawn(parts, '{{ stepper(["Planned", "Away", "Arrived"], 1) }}')
    assert '<li aria-current="step">Away' in html
    assert html.count("is-done") == html.count("(done)") == 1


def test_a_table_that_scrolls_has_a_name_and_takes_focus(parts: Flask) -> None:
    html = drawn(
        parts,
        '{% call table("Stays", ["Place", ("Days", "num"), ("Do", "hidden")]) %}{% endcall %}',
    )
    assert 'role="region" tabindex="0" aria-label="Stays"' in html
    assert '<th scope="col" class="num">Days</th>' in html
    assert '<th scope="col"><span class="hidden-text">Do</span></th>' in html


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [(1, 1, []), (1, 2, ["1", "2"]), (5, 9, ["1", "4", "5", "6", "9"]), (9, 9, ["1", "8", "9"])],
)
def test_a_pager_shows_the_ends_and_what_is_near(
    parts: Flask, page: int, pages: int, shown: list[str]
) -> None:
    call = "{% macro to(n) %}?page={{ n }}{% endmacro %}{{ pager(1, 20, 180, page, pages, to) }}"
    html = drawn(parts, call, page=page, pages=pages)
    assert re.findall(r"Page </span>(\d+)<", html) == shown
    assert ("Next" in html) == (page < pages)
    assert ("Previous" in html) == (page > 1)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_holds_style_script_or_unescaped_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! src)|\|\s*safe\b|autoescape", text)

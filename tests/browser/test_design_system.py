"""The living page in a real Chromium: what the few scripts do, and what works without them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_findings, send, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What one touches, inline links aside; in JavaScript, because the browser knows the sizes.
SMALL_TARGETS = """() => [...document.querySelectorAll(
  ".btn, summary, .menu a, .nav-line a, .bottom-bar a, .pages a, .chip, label.check,"
  + "select, textarea, input:not([type=hidden]):not([type=checkbox]):not([type=radio])")]
  .filter((element) => element.offsetParent !== null)
  .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([html]) => html)"""


@pytest.mark.parametrize(
    ("language", "theme", "contrast"),
    [
        ("de", "dark", "normal"),
        ("ar", "light", "normal"),
        ("de", "light", "more"),
        ("ar", "dark", "more"),
    ],
)
def test_axe_finds_nothing_on_the_living_page(visitor, live_server, language, theme, contrast):
    page = visitor(language=language)
    page.context.add_cookies(
        [
            {"name": "theme", "value": theme, "url": live_server.url},
            {"name": "contrast", "value": contrast, "url": live_server.url},
        ]
    )

    page.goto(f"/{language}/styleguide/")

    assert axe_findings(page) == []


@pytest.mark.parametrize("path", ["", "home/", "start/"])
def test_nothing_scrolls_sideways_on_small_and_middle_screens(visitor, path):
    found = {}

    for language, width in (("de", 320), ("fa", 320), ("de", 768), ("fa", 1024)):
        page = visitor(language=language)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/{language}/styleguide/{path}")
        found[language, width] = sideways(page)

    assert set(found.values()) == {0}


def test_everything_to_touch_is_large_enough(visitor):
    found = []

    for path in ("", "home/", "start/"):
        page = visitor(phone=True)
        page.goto(f"/de/styleguide/{path}")
        found += page.evaluate(SMALL_TARGETS)

    assert found == []


def test_the_switch_for_dark_answers_at_once_and_is_remembered(visitor):
    page = visitor()
    page.goto("/de/styleguide/")

    page.click("[data-theme-toggle]")
    at_once = page.evaluate("document.documentElement.dataset.bsTheme")
    page.reload()
    later = page.evaluate("document.documentElement.dataset.bsTheme")

    assert (at_once, later) == ("dark", "dark")


def test_the_choice_of_appearance_works_without_scripts(visitor):
    page = visitor(scripts=False)
    page.goto("/de/appearance/")

    page.check("[name=theme][value=dark]")
    page.check("[name=contrast][value=more]")
    send(page.locator("main button"))

    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    expect(root).to_have_attribute("data-contrast", "more")
    expect(page.locator(".toast")).to_have_count(1)


def test_a_dialog_opens_takes_the_focus_and_gives_it_back(visitor):
    page = visitor()
    page.goto("/de/styleguide/")

    page.click("[data-dialog=end]")
    is_open = page.locator("#end").evaluate("dialog => dialog.open")
    page.keyboard.press("Escape")

    assert is_open
    expect(page.locator("#end")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.dialog") == "end"


def test_a_step_that_needs_a_yes_asks_first(visitor):
    page = visitor()
    page.goto("/de/styleguide/?tab=ended")
    dialog = page.locator("[data-confirm-dialog]")

    page.click("form[data-confirm] button")
    asked = dialog.evaluate("dialog => dialog.open")
    dialog.locator("[value=no]").click()
    stayed = page.url
    page.click("form[data-confirm] button")
    dialog.locator("[value=yes]").click()
    page.wait_for_url("**/styleguide/?")

    assert asked
    assert stayed.endswith("?tab=ended")


def test_a_menu_closes_with_escape_and_the_focus_stays(visitor):
    page = visitor()
    page.goto("/de/styleguide/")
    menu = page.locator("header details.menu").first

    menu.locator("summary").click()
    opened = menu.evaluate("menu => menu.open")
    page.keyboard.press("Escape")

    assert opened
    assert not menu.evaluate("menu => menu.open")


def test_the_language_menu_keeps_the_page_and_works_without_scripts(visitor):
    page = visitor(scripts=False)
    page.goto("/de/styleguide/?page=3")

    page.locator("header details.menu summary").first.click()
    send(page.locator("header a[lang=fa]"))

    assert page.url.endswith("/fa/styleguide/?page=3")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_the_map_comes_when_one_reaches_it(visitor):
    page = visitor()
    page.goto("/de/styleguide/")
    before = page.locator(".leaflet-container").count()

    page.locator("[data-map]").scroll_into_view_if_needed()
    page.wait_for_selector(".map-outline")

    assert before == 0
    expect(page.locator(".leaflet-marker-icon")).to_have_count(3)


def test_the_list_behind_a_map_is_there_without_scripts(visitor):
    page = visitor(scripts=False)
    page.goto("/de/styleguide/")

    page.click(".map__list summary")

    expect(page.locator(".map__list li")).to_have_count(3)


def test_a_rejected_form_begins_with_its_errors(visitor):
    page = visitor()
    page.goto("/de/appearance/")

    page.locator("[name=theme]").evaluate_all("boxes => boxes.forEach(box => box.value = 'pink')")
    page.click("main button")
    page.wait_for_selector("[data-error-summary]:focus")
    page.locator("[data-error-summary] a").first.click()

    page.wait_for_url("**#div_id_theme")


def test_the_living_page_begins_at_its_beginning(visitor):
    page = visitor()

    page.goto("/de/styleguide/")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.scrollY") == 0


def test_a_toast_goes_when_it_is_closed(visitor):
    page = visitor()
    page.goto("/de/styleguide/")
    toasts = page.locator("main .toast")
    before = toasts.count()

    toasts.first.locator("[data-toast-close]").click()

    expect(toasts).to_have_count(before - 1)

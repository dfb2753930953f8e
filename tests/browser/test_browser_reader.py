"""A reader's own ways: a period by drag and by keyboard, another language, right to left, news on an open page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.test_browser_access import TALL, overflow, violations
from tests.web.sample import NOW
from tests.web.visits import rain
from tracker.types import Place

pytestmark = pytest.mark.browser

PAGES = ["/", "/events/3", "/feeds", "/follow", "/api", "/places/1871859", "/actors/shoigu"]


def drag(page: Page, start: float, end: float) -> None:
    """Drag over the ribbon, from and to parts of its width."""
    box = page.locator(".bars").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + 50, steps=6)


def test_dragging_over_the_ribbon_chooses_the_period_under_it(visit: Opener) -> None:
    page = visit("/t/ports?status=occurred")
    drag(page, 0.30, 0.60)
    expect(page.locator("#picked")).to_be_visible()
    page.mouse.up()
    page.wait_for_url("**from=**to=**")
    assert "status=occurred" in page.url
    expect(page.locator("rect.window")).to_be_visible()
    expect(page.locator(".chip")).to_have_count(3)


def test_escape_gives_a_drag_up(visit: Opener) -> None:
    page = visit("/t/ports")
    drag(page, 0.3, 0.6)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("#pick")).to_be_hidden()
    assert page.url.endswith("/t/ports")


def test_two_sliders_choose_a_period_by_keyboard(visit: Opener) -> None:
    page = visit("/t/ports")
    first, last = page.get_by_role("slider").all()
    expect(first).to_have_accessible_name("First day of the period")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuenow", "2")
    last.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#picked")).to_contain_text("–")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**to=**")
    assert page.get_by_role("slider").first.get_attribute("aria-valuenow") == "2"


def test_a_window_moves_as_a_whole_with_shift(visit: Opener) -> None:
    page = visit("/t/ports?from=2025-03-01&to=2025-05-31")
    slider = page.get_by_role("slider")
    before = [int(slider.nth(n).get_attribute("aria-valuenow") or 0) for n in (0, 1)]
    slider.first.focus()
    page.keyboard.press("Shift+ArrowRight")
    assert [int(slider.nth(n).get_attribute("aria-valuenow") or 0) for n in (0, 1)] == [n + 1 for n in before]


def test_with_right_to_left_the_arrow_to_the_left_goes_ahead_in_time(visit: Opener) -> None:
    page = visit("/t/ports?ui=ar")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "1")


def test_the_language_is_switched_at_the_foot_and_stays(visit: Opener) -> None:
    page = visit("/t/ports?status=planned")
    page.locator(".tongues a[lang=ar]").click()
    page.wait_for_url("**ui=ar**")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".ev")).to_have_count(3)
    page.locator(".top nav a").nth(1).click()
    page.wait_for_url("**/feeds?ui=ar")
    expect(page.locator("h1")).to_have_text("المصادر")


def test_the_browser_s_language_is_spoken_unasked(visit: Opener) -> None:
    expect(visit("/about", locale="ko-KR").locator("h1")).to_have_text("작동 방식")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_arabic(visit: Opener, path: str) -> None:
    page = visit(path, viewport=TALL, reduced_motion="reduce", locale="ar-EG")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/follow", "/t/ports/follow?status=planned", "/places/1871859", "/actors/shoigu"])
def test_axe_finds_nothing_on_the_pages_of_a_reader_in_light_dark_and_on_a_phone(visit: Opener, path: str) -> None:
    page = visit(path, viewport=TALL, reduced_motion="reduce")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert violations(visit(path, viewport=PHONE)) == []


@pytest.mark.parametrize("locale", ["ar", "ru", "ko", "id"])
def test_no_language_widens_the_page(visit: Opener, address: str, locale: str) -> None:
    page = visit("/", viewport={"width": 360, "height": 740}, locale=locale)
    wider = {}
    for path in [*PAGES, "/#filters"]:
        page.goto(address + path)
        wider[path] = overflow(page)
    assert wider == dict.fromkeys(wider, 0)


def test_an_open_page_tells_of_new_events_without_moving_what_one_reads(visit: Opener, serve: Server) -> None:
    stored = [rain(n, f"2025-06-{n:02d}") for n in range(1, 25)]
    base = serve(stored)
    page = visit("/about", base=base)
    page.clock.install()
    page.goto(f"{base}/")
    page.evaluate("scrollTo(0, 400)")
    place = page.locator("#e12").bounding_box()
    stored.append(
        replace(rain(90, "2025-06-25"), first_published=NOW + timedelta(minutes=2), updated=NOW + timedelta(minutes=2))
    )
    page.clock.fast_forward(61_000)
    expect(page.locator("#live")).to_contain_text("New events: 1")
    assert page.locator("#e12").bounding_box() == place
    assert violations(page) == []
    page.locator("#live a").click()
    expect(page.locator("#e90")).to_be_attached()
    expect(page.locator("#live")).to_be_empty()


def away(page: Page, days: int) -> None:
    """Let the last visit to this page lie some days before the sample's newest events were first shown."""
    last = (NOW - timedelta(days=days)).timestamp() * 1000
    page.evaluate(
        "([key, seen]) => localStorage.setItem(key, JSON.stringify({seen}))", [f"kronik-visit:{_path(page)}", last]
    )
    page.reload()


def _path(page: Page) -> str:
    return str(page.evaluate("location.pathname"))


def test_what_is_new_since_the_last_visit_is_marked_and_counted(visit: Opener) -> None:
    page = visit("/t/ports")
    expect(page.locator("#since")).to_be_hidden()
    away(page, 40_000)
    expect(page.locator("#since")).to_contain_text("New here since your last visit")
    marked = page.locator(".ev .t-new")
    assert marked.count() == page.locator(".ev").count()
    page.reload()  # still the same visit
    assert page.locator(".ev .t-new").count() > 0
    away(page, -40_000)
    expect(page.locator(".ev .t-new")).to_have_count(0)
    expect(page.locator("#since")).to_be_hidden()


def test_a_citation_and_a_link_are_copied_by_a_button(visit: Opener) -> None:
    page = visit("/events/1", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".cite summary").click()
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator("#copied")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Shoigu visited Pyongyang")
    assert copied.endswith(f"{page.url}")
    page.get_by_role("button", name="Copy the link").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text === location.href)")


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_each_source_is_a_block_with_named_values_and_no_gaps(visit: Opener, width: int) -> None:
    page = visit("/feeds", viewport={"width": width, "height": 800})
    assert page.locator(".stack").evaluate("e => e.scrollWidth - e.parentElement.clientWidth") <= 0
    heights = page.locator(".stack tbody tr").evaluate_all("rows => rows.map((row) => row.clientHeight)")
    assert max(heights) < 260
    assert "Articles" in page.locator(".stack tbody td").nth(1).evaluate("e => getComputedStyle(e, '::before').content")
    assert violations(page) == []


def test_on_a_phone_the_button_that_applies_filters_stays_in_reach(visit: Opener) -> None:
    page = visit("/", viewport={"width": 360, "height": 740})
    page.locator(".to-filters").click()
    expect(page.locator("#filters .apply button")).to_be_in_viewport()


def test_more_values_unfold_and_are_chosen_without_javascript(visit: Opener, serve: Server) -> None:
    named = [Place(f"Port {n}", "city", "KR", f"key-{n}") for n in range(11)]
    base = serve([rain(n + 1, "2025-06-17", where=tuple(named[: 11 - n])) for n in range(11)])
    page = visit("/", base=base, java_script_enabled=False)
    page.locator(".rest summary").click()
    page.get_by_label("Port 10").check()
    page.locator("#filters .apply button").click()
    page.wait_for_url("**place=key-10**")
    expect(page.locator(".ev")).to_have_count(1)


def test_a_place_in_an_entry_is_a_link_of_its_own(visit: Opener) -> None:
    page = visit("/t/ports")
    page.locator("#e6 .p-location").click()
    page.wait_for_url("**/places/538555")


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_on_a_phone_all_that_is_said_of_a_source_stands_beside_its_name(visit: Opener, ui: str) -> None:
    page = visit(f"/feeds?ui={ui}", viewport={"width": 360, "height": 900})
    places = page.locator(".stack td").evaluate_all(
        """cells => cells.flatMap((cell) => [...cell.children].map((part) => {
          const [inner, outer] = [part.getBoundingClientRect(), cell.getBoundingClientRect()];
          return document.dir === "rtl" ? outer.right - inner.right : inner.left - outer.left;
        }))"""
    )
    assert places
    assert min(places) >= 112

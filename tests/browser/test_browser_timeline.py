"""The timeline in a real browser: by mouse, by keyboard alone, on a phone, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.web.visits import rain
from tracker.types import Status

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """Give the text of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def title_of(page: Page, number: int) -> str:
    return page.locator(f"#e{number} .p-name").inner_text()


def test_the_timeline_shows_dates_titles_and_the_evidence_of_one_event(visit: Opener) -> None:
    page = visit("/t/ports")
    expect(page.locator("h1")).to_have_text("Ports and bridges")
    expect(page.locator("#e20 .when b")).to_have_text("3 May")
    expect(page.locator("#e20 .p-name")).to_be_visible()
    expect(page.locator("#evidence mark").first).to_have_text("3 May 2026")
    assert page.locator("svg.bars a.bar").count() > 5


def test_the_first_dated_event_is_in_sight_without_scrolling_however_many_are_announced(
    visit: Opener, serve: Server
) -> None:
    plans = [rain(n, None, status=Status.PLANNED) for n in range(1, 30)]
    base = serve([*plans, rain(50, "2025-06-17")])
    page = visit("/", base=base)
    box = page.locator("#e50").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 1000


def test_a_click_on_a_title_fills_the_evidence_beside_the_list(visit: Opener) -> None:
    page = visit("/t/ports")
    page.locator("#e6 h3 a").click()
    expect(page.locator("#evidence h3")).to_have_text("The army paper showed the sappers at work on Friday.")
    expect(page.locator("#evidence mark").first).to_have_text("on Friday")
    expect(page.locator("#e6")).to_have_attribute("data-open", "")
    expect(page.locator(".ev[data-open]")).to_have_count(1)
    expect(page.locator("#say")).to_have_text("The army paper showed the sappers at work on Friday., 14 November")
    assert page.url.endswith("/t/ports")


def test_a_click_anywhere_on_an_entry_opens_it(visit: Opener) -> None:
    page = visit("/")
    page.locator("#e6 .meta").click(force=True)
    expect(page.locator("#e6")).to_have_attribute("data-open", "")


def test_where_there_is_no_room_for_evidence_a_title_leads_to_the_event(visit: Opener) -> None:
    page = visit("/t/ports", viewport=PHONE)
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator("#e6 h3 a").click()
    page.wait_for_url("**/events/6")
    expect(page.locator("h1")).to_have_text("The army paper showed the sappers at work on Friday.")


def test_letters_walk_the_list_enter_opens_and_escape_comes_back(visit: Opener) -> None:
    page = visit("/?from=2025-06-01&to=2025-06-30&order=oldest")
    first, second = (page.locator(".ev h3 a").nth(n).inner_text() for n in (0, 1))
    page.evaluate("document.querySelectorAll('.ev[data-open]').forEach((e) => e.removeAttribute('data-open'))")
    page.keyboard.press("j")
    assert focused(page) == first
    page.keyboard.press("j")
    assert focused(page) == second
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("Enter")
    expect(page.locator("#evidence")).to_be_focused()
    page.keyboard.press("Escape")
    assert focused(page) == first


def test_the_first_letter_goes_to_the_first_event_whichever_is_open(visit: Opener) -> None:
    page = visit("/t/ports")
    assert page.locator(".ev").first.get_attribute("data-open") is None
    page.keyboard.press("j")
    assert focused(page) == page.locator(".ev h3 a").first.inner_text()


def test_a_walk_begins_where_the_reader_has_scrolled_to(visit: Opener) -> None:
    page = visit("/", reduced_motion="reduce")
    page.locator(".period .ev").last.scroll_into_view_if_needed()
    page.keyboard.press("j")
    expect(page.locator(".ev h3 a:focus")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 100


def test_the_ring_of_an_event_and_of_a_handle_is_three_pixels_and_not_cut_off(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("j")
    ring = "e => { const s = getComputedStyle(e, '::after'); return [s.outlineWidth, parseFloat(s.outlineOffset)]; }"
    assert page.locator(".ev h3 a:focus").evaluate(ring) == ["3px", -3]
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".handle:focus .ring").evaluate("e => getComputedStyle(e).strokeWidth") == "3px"


def test_the_ends_of_a_period_come_before_the_button_that_shows_it(visit: Opener) -> None:
    page = visit("/")
    order = page.evaluate(
        "[...document.querySelectorAll('.handle, #pick-go')].map((part) => part.id || part.dataset.end)"
    )
    assert order == ["first", "last", "pick-go"]


def test_letters_step_over_what_is_folded_up(visit: Opener) -> None:
    page = visit("/")
    page.evaluate("document.querySelectorAll('.ev[data-open]').forEach((e) => e.removeAttribute('data-open'))")
    seen = []
    for _ in range(3):
        page.keyboard.press("j")
        seen.append(focused(page))
    assert seen == [title_of(page, 21), title_of(page, 20), title_of(page, 6)]


def test_the_slash_leads_to_the_search_and_letters_typed_there_are_letters(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jk/?")
    expect(page.locator("#q")).to_have_value("jk/?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("#q").fill("Pyongyang")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Pyongyang**")
    expect(page.locator(".chip")).to_have_text("“Pyongyang” × remove this filter")


def test_the_list_of_keys_opens_and_single_letters_can_be_switched_off_for_good(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_filters_are_chosen_and_dropped_by_keyboard_alone(visit: Opener) -> None:
    page = visit("/t/ports")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the events"
    reached = False
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "document.activeElement.name === 'status' && document.activeElement.value === 'planned'"
        )
        if reached:
            break
    assert reached
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**status=planned**")
    expect(page.locator(".ev")).to_have_count(3)
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/ports")
    assert page.locator(".ev").count() > 20


def test_the_skip_link_leads_to_the_events(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()


def test_arrows_walk_the_bars_with_one_stop_for_tab_and_enter_chooses_one(visit: Opener) -> None:
    page = visit("/")
    bars = page.locator("a.bar")
    assert page.locator("a.bar[tabindex='0']").count() == 1
    bars.last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    chosen = bars.nth(bars.count() - 2)
    expect(chosen).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**")
    expect(page.locator("rect.window")).to_have_count(1)
    expect(page.locator(".chip")).to_have_count(2)


def test_the_follow_menu_opens_shows_the_address_and_closes_with_escape(visit: Opener) -> None:
    page = visit("/t/ports?status=planned")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    address = page.locator("#feed-address")
    expect(address).to_be_visible()
    assert address.input_value().endswith("/t/ports/feed.rss?status=planned")
    page.keyboard.press("Tab")
    assert page.evaluate("getSelection().toString()") == address.input_value()
    page.keyboard.press("Escape")
    expect(address).to_be_hidden()
    expect(page.locator(".menu summary")).to_be_focused()


def test_on_a_phone_the_filters_are_one_step_away_and_lead_back(visit: Opener) -> None:
    page = visit("/t/ports", viewport=PHONE)
    expect(page.locator("#filters")).to_be_hidden()
    page.locator(".to-filters").click()
    expect(page.locator("#filters")).to_be_visible()
    page.locator("#filters input[value='planned']").check()
    page.locator("#filters .apply button").click()
    page.wait_for_url("**status=planned**")
    expect(page.locator(".ev")).to_have_count(3)


def test_everything_is_reached_without_javascript(visit: Opener) -> None:
    page = visit("/t/ports", java_script_enabled=False)
    page.locator(".menu summary").click()
    expect(page.locator("#feed-address")).to_be_visible()
    page.locator("#filters input[value='planned']").check()
    page.locator("#filters .apply button").click()
    page.wait_for_url("**status=planned**")
    expect(page.locator(".ev")).to_have_count(3)
    page.locator("a.bar").last.click()
    page.wait_for_url("**from=2026-05-01**")
    page.locator("#e20 h3 a").click()
    page.wait_for_url("**/events/20")
    expect(page.locator("blockquote mark")).to_have_text("3 May 2026")


def test_folded_events_open_without_javascript(visit: Opener) -> None:
    page = visit("/", java_script_enabled=False)
    expect(page.locator("#e23")).to_be_hidden()
    page.locator(".tray.quiet summary").click()
    expect(page.locator("#e23")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/events/1", "/feeds", "/about", "/api", "/t/quiet", "/?q=zzz"])
def test_pages_load_without_a_complaint_and_only_from_this_site(visit: Opener, path: str, address: str) -> None:
    page = visit(path)
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert loaded
    assert len(loaded) <= 5
    assert all(name.startswith(address) for name in loaded)


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</template><svg onload=alert(1)>"]
)
def test_hostile_titles_do_nothing_in_list_panel_and_page(visit: Opener, serve: Server, text: str) -> None:
    stored = [rain(1, "2025-06-17", title=text, titles=(("en", text),)), rain(2, "2025-06-18")]
    base = serve(stored)
    page = visit("/", base=base)
    page.locator("#e1 h3 a").click()
    expect(page.locator("#evidence h3")).to_have_text(text)
    page.goto(f"{base}/events/1")
    expect(page.locator("h1")).to_have_text(text)

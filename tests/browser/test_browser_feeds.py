"""A feed opened in a browser can be read, and says what it is."""

import pytest

from tests.browser.conftest import PHONE, Opener

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/feed.rss?ui=ar"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_feed_opened_in_a_browser_says_so_and_lists_its_entries(visit: Opener, path: str, colours: str) -> None:
    page = visit(path, viewport=PHONE, color_scheme=colours)
    said = page.evaluate("getComputedStyle(document.documentElement, '::before').content")
    assert said.startswith('"')
    shown = "e => getComputedStyle(e).display"
    item = "item" if "rss" in path else "entry"
    assert page.locator(f"{item} > title").first.evaluate(shown) == "block"
    assert page.locator(f"{item} > category").first.evaluate(shown) == "none"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

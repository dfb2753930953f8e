"""Web: the chronology as pages and feeds over HTTP. Reads rows, runs no stage; complete without JavaScript."""

from tracker.web.app import create_app
from tracker.web.feeds import announced
from tracker.web.site import Site

__all__ = ["Site", "announced", "create_app"]

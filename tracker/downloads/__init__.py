"""Downloads: one fetcher for feeds, articles, robots.txt and discovery, which no answer can hang, fill or turn inwards."""

from tracker.downloads import guard
from tracker.downloads.fetch import Fetcher, Request
from tracker.downloads.http import HttpFetcher

__all__ = ["Fetcher", "HttpFetcher", "Request", "guard"]

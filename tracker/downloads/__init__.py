"""Downloads: one fetcher for feeds, articles, robots.txt and discovery, which no answer can hang, fill or turn inwards."""

from tracker.downloads import guard
from tracker.downloads.fetch import PAGES, Fetcher, Request
from tracker.downloads.http import HttpFetcher

__all__ = ["PAGES", "Fetcher", "HttpFetcher", "Request", "guard"]

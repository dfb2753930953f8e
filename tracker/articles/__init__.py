"""Articles: from a line of an import file or an entry of a feed to a text to read, in a known language, known from its copies."""

from __future__ import annotations

from tracker.articles.identity import content_hash, fingerprint
from tracker.articles.language import LanguageDetector
from tracker.articles.pages import PageReader
from tracker.articles.reading import Origin, article_from_entry, article_from_json, is_cut

__all__ = [
    "LanguageDetector",
    "Origin",
    "PageReader",
    "article_from_entry",
    "article_from_json",
    "content_hash",
    "fingerprint",
    "is_cut",
]

"""The error tree. Each error carries its subject, so that one line tells what went wrong with what.

KronikError
├── SettingsError            a setting is unknown, malformed or contradicts another
├── EdtfError                a string is no EDTF value of our subset (see tracker.edtf)
├── LanguageDataError        a language's data file is malformed or an example fails to load
├── ArticleError             an article handed to `import` lacks something it needs
├── FetchError               a download failed; expected, recorded on the feed or article
│   └── ForbiddenAddress     the guard refused an address on some hop
├── FeedError                bytes are no feed we can read
├── FilterError              a GET parameter or query has a value we do not know
└── StoreError               the database is missing, too old, or unreachable
    └── LeaseLost            another worker owns the row now; the transaction is rolled back
"""

from __future__ import annotations


class KronikError(Exception):
    """Base of every error Kronik raises on purpose.

    ``subject`` names what the error is about (a key, a URL, an article id); it leads the message.
    """

    def __init__(self, message: str, *, subject: str = "") -> None:
        super().__init__(f"{subject}: {message}" if subject else message)
        self.subject = subject


class SettingsError(KronikError):
    """A setting is unknown, malformed or contradicts another."""


class EdtfError(KronikError, ValueError):
    """A string is no EDTF value of Kronik's subset."""


class LanguageDataError(KronikError):
    """A language's data file breaks its schema."""


class ArticleError(KronikError):
    """An article handed to ``import`` cannot be read."""


class FetchError(KronikError):
    """A download failed. Expected: callers record it, one bad server never stops the rest."""


class ForbiddenAddress(FetchError):
    """The guard refused to connect to an address."""


class FeedError(KronikError):
    """Bytes are no feed Kronik can read."""


class FilterError(KronikError, ValueError):
    """A filter parameter or topic query has a value Kronik does not know."""


class StoreError(KronikError):
    """The database is missing, of another version, or unreachable."""


class LeaseLost(StoreError):
    """Another worker owns the row now; whatever was being written is rolled back."""

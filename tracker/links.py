"""Links: the form to compare by, what may be shown and followed, and what of an address is a secret."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

__all__ = ["canonical_link", "masked", "safe_link"]

_TRACKING = re.compile(r"utm_.*|fbclid|gclid", re.IGNORECASE)
_UNUSABLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)  # bidi overrides show another address
_USER = re.compile(r"(?<=://)[^/?#@\s]*@")
_SECRET = re.compile(
    r"(?<=[?&;])([\w.-]*(?:token|key|secret|passw|pwd|auth|signature|session|credential)[\w.-]*=)[^&#;\s\"'<>]+",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000  # characters of a link that is kept (polling.md, section 4)
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?::[0-9]{1,5})?/(?:[!\"$-:<->@-~]|[?#](?=[!\"$-:<->@-~]))*"
)  # as it is


def canonical_link(url: str) -> str:
    """Give the form of a link to compare by; '' for what is no web address.

    Host in lower case, http for https too, without default port, user, fragment, last slash, ``utm_*``, ``fbclid`` and ``gclid``; the
    query sorted. For comparing only: it may not lead anywhere.
    """
    try:
        parts = urlsplit(_UNUSABLE.sub("", url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    place = f"[{host}]" if ":" in host else host.rstrip(".")
    if parts.scheme.lower() not in _PORTS or not place:
        return ""
    if port is not None and port not in _PORTS.values():
        place = f"{place}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~").rstrip("/")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    query = urlencode(sorted(kept))
    return f"http://{place}{path}" + (f"?{query}" if query else "")


def safe_link(link: str, base: str = "") -> str:
    """Give an absolute http or https link that may be shown and followed; '' for all else.

    ``base`` is the address a relative link counts from. Links with credentials, control characters or more than 2000 characters are refused.
    An empty link stays empty: it is not the base.
    """
    if not link.strip():
        return ""
    if len(link) <= _LONGEST and _PLAIN.fullmatch(link):
        return link
    try:
        whole = urljoin(base, link.strip()) if base else link.strip()
        parts = urlsplit(whole)
        refused = parts.scheme.lower() not in _PORTS or not parts.hostname or parts.username or parts.password
    except ValueError:
        return ""
    if refused or len(whole) > _LONGEST or _UNUSABLE.search(whole.replace(" ", "%20")):
        return ""
    return whole.replace(" ", "%20")


def masked(text: str) -> str:
    """Hide the secrets of the addresses in a text: user names and passwords, and parameters named like a key or a token.

    For logs and pages; where a person needs the address itself, it is kept as it is.
    """
    return _SECRET.sub(r"\1…", _USER.sub("", text))

"""Static files under addresses that hold a digest of their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, redirect
from werkzeug.wrappers import Response as Answer

__all__ = ["address", "blueprint", "digest", "text"]

_KEY = "kronik-assets"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Asset:
    body: bytes
    digest: str


def blueprint(app: Flask) -> Blueprint:
    """Read the static files of this package once, and serve them."""
    folder = Path(app.root_path) / "static"
    bodies = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
    app.extensions[_KEY] = {n: _Asset(body, hashlib.sha256(body).hexdigest()[:12]) for n, body in bodies.items()}
    routes = Blueprint("assets", __name__)
    routes.add_url_rule("/static/<digest>/<name>", view_func=_serve)
    routes.add_url_rule("/favicon.ico", view_func=_icon)
    return routes


def address(name: str) -> str:
    """Give the address of a static file. Raises: KeyError for a name that does not exist."""
    return f"/static/{_assets()[name].digest}/{name}"


def text(name: str) -> str:
    """Give a static file's own text. Raises: KeyError for a name that does not exist."""
    return _assets()[name].body.decode()


def digest() -> str:
    """Give a digest of all static files, another one with each version of the site."""
    return "".join(asset.digest for asset in _assets().values())


def _assets() -> Mapping[str, _Asset]:
    found: Mapping[str, _Asset] = current_app.extensions[_KEY]
    return found


def _icon() -> Answer:
    """Lead to the icon: a feed opened in a browser has no page that names it."""
    return redirect(address("icon.svg"))


def _serve(digest: str, name: str) -> Response:
    asset = _assets().get(name)
    if asset is None or asset.digest != digest:
        abort(404)
    response = Response(asset.body, content_type=_TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = _FOR_GOOD
    response.set_etag(digest)
    return response

"""Places: a gazetteer in many languages, built once into one file, and finding its places in text."""

from __future__ import annotations

from tracker.places.apart import build_apart
from tracker.places.building import ATTRIBUTION, build, is_current
from tracker.places.gazetteer import Gazetteer, PlaceHit

__all__ = ["ATTRIBUTION", "Gazetteer", "PlaceHit", "build", "build_apart", "is_current"]

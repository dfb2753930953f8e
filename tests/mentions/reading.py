"""A reader of articles, as the pipeline reads them: for the tests of this folder."""

from __future__ import annotations

from datetime import datetime

from tracker.languages import shipped
from tracker.mentions import Detection, detect
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.times import relations, tag
from tracker.types import Article, EventMention, Field, TimeMention

LANGUAGES = shipped()
NAMES = NameBook.load()


class Reader:
    """Reads articles published on Wednesday, 14 May 2025, unless told otherwise."""

    def __init__(self, places: Gazetteer) -> None:
        self.places = places

    def detect(
        self, text: str, iso: str = "en", *, title: str = "", published: str | None = "2025-05-14T10:00+00:00"
    ) -> Detection:
        moment = datetime.fromisoformat(published) if published else None
        article = Article("a", title, text, iso, moment)
        times = (*self._times(title, iso, moment, "title"), *self._times(text, iso, moment, "text"))
        return detect(article, times, data=LANGUAGES.mentions(iso), gazetteer=self.places, names=NAMES)

    def _times(self, text: str, iso: str, moment: datetime | None, field: Field) -> tuple[TimeMention, ...]:
        data = LANGUAGES.times(iso)
        assert data is not None
        tagged = tag(text, data=data, dct=moment, field=field)
        return (*tagged, *relations(text, data=data, times=tagged, field=field))

    def all(self, text: str, iso: str = "en", **more: str | None) -> tuple[EventMention, ...]:
        return self.detect(text, iso, **more).mentions  # type: ignore[arg-type]  # the keywords of detect

    def one(self, text: str, iso: str = "en", **more: str | None) -> EventMention:
        found = self.all(text, iso, **more)
        assert len(found) == 1, found
        return found[0]

    def dates(self, text: str, iso: str = "en", **more: str | None) -> list[str]:
        """Give the dates of all mentions in order, '' for none."""
        return [m.date.edtf.text if m.date and m.date.edtf else "" for m in self.all(text, iso, **more)]

    def verdict(self, text: str, iso: str = "en", **more: str | None) -> str:
        """Give the last decision in words."""
        return self.detect(text, iso, **more).decisions[-1].verdict  # type: ignore[arg-type]  # the keywords of detect

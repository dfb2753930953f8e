"""Bring the catalogues up to date with the code: ``python -m tracker.web.translations.update``.

Sentences new in the code are added to every .po file without a translation, those the code no longer has are dropped,
translations are kept. The order is that of the code, so that a translator reads a page from top to bottom.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from tracker.web.translations import FOLDER

__all__ = ["main", "sentences", "updated"]

Sentence = str | tuple[str, str]

_SPOKEN = ("web", "timeline", "formats")  # packages that speak to readers
_PLURAL = (1, 2)
_IN_CODE = {"say": None, "rich": None, "count": _PLURAL}
_IN_TEMPLATES = ("_", "rich", "n_")


def sentences() -> dict[Sentence, str]:
    """Give every sentence of code and templates, with the file it was first found in; pairs are singular and plural."""
    found: dict[Sentence, str] = {}
    root = FOLDER.parents[1]
    for package in _SPOKEN:
        for path in sorted((root / package).rglob("*")):
            for sentence in _of(path):
                found.setdefault(sentence, str(path.relative_to(root.parent)))
    return found


def updated(path: Path) -> Catalog:
    """Give a catalogue with the sentences of today's code."""
    with path.open("rb") as file:
        old = read_po(file, locale=path.stem)
    new = Catalog(locale=path.stem, fuzzy=False, header_comment=old.header_comment)
    new.mime_headers = old.mime_headers  # the plural forms among them: what babel supposes is wrong for some languages
    for sentence, place in sentences().items():
        known = old.get(sentence if isinstance(sentence, str) else sentence[0])
        new.add(sentence, known.string if known else None, locations=[(place, 0)], flags=known.flags if known else ())
    return new


def main() -> None:
    """Rewrite every catalogue of the folder."""
    for path in sorted(FOLDER.glob("*.po")):
        catalogue = updated(path)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, include_lineno=False)


def _of(path: Path) -> Iterator[Sentence]:
    if path.suffix not in (".py", ".html"):
        return
    with path.open("rb") as file:
        if path.suffix == ".py":
            found: list[object] = [row[1] for row in extract("python", file, _IN_CODE, options={"encoding": "utf-8"})]
        else:
            found = [row[2] for row in babel_extract(file, _IN_TEMPLATES, [], {})]
    for message in found:
        given = message if isinstance(message, tuple) else (message,)
        texts = [text for text in given if isinstance(text, str) and text]
        if texts:
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


if __name__ == "__main__":
    main()

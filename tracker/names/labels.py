"""A label table, one name a line, made into aliases: an extract of Wikidata (CC0) or of JRC-Names.

Two forms are read, both separated by tabs. With a line of headings: columns ``id``, ``language`` and ``label`` (or what
Wikidata's query service calls them), and perhaps ``kind``. Without one: the four columns of JRC-Names, id, type (P or O),
language (u where it is not known) and name, blanks written as ``+``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.errors import SettingsError
from tracker.names.keys import split_name

__all__ = ["Labels", "read_labels", "to_toml"]

_HEADINGS = {
    "id": ("id", "item", "entity", "qid"), "language": ("language", "lang", "languagecode", "lg"),
    "label": ("label", "name", "itemlabel", "altlabel", "alias"), "kind": ("kind", "type"),
}  # fmt: skip
_KINDS = {
    "p": "person",
    "person": "person",
    "q5": "person",
    "o": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
}
_JRC_COLUMNS = 4
_ANY_LANGUAGE = "en"  # where a table knows none: a name without a language of its own is written as the world writes it
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MOST_NAMES = 40  # of one actor in one language; misspellings of a much-named person go on for hundreds
_LONGEST = 120  # characters of a name


@dataclass(slots=True)
class Labels:
    """One actor's names by language, in the order they were read."""

    kind: str
    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, language: str, name: str) -> None:
        """Add a name once, as long as there is room."""
        known = self.names.setdefault(language, [])
        if name not in known and len(known) < _MOST_NAMES:
            known.append(name)


def read_labels(lines: Iterable[str], *, kind: str, languages: Sequence[str], subject: str) -> Mapping[str, Labels]:
    """Read a table; give the actors by their id. ``kind`` holds where the table has none; other ``languages`` are left out.

    Raises: SettingsError naming ``subject`` and the line that cannot be read.
    """
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[str, Labels] = {}
    columns: dict[str, int] | None = None
    blank = " "  # what stands for one in a name
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        where = f"{subject}, line {number}"
        if columns is None:
            columns = _headings(row)
            if columns:
                continue
            columns, blank = _jrc(row, where), "+"
        if len(row) <= max(columns.values()):
            raise SettingsError(f"has {len(row)} columns, {max(columns.values()) + 1} are needed", subject=where)
        id_, language, name = (_UNSEEN.sub("", row[columns[key]]).strip() for key in ("id", "language", "label"))
        told = row[columns["kind"]].strip().lower() if "kind" in columns else ""
        own = _KINDS.get(told, kind)
        language = language.partition("-")[0].lower() if _LANGUAGE.fullmatch(language) else _ANY_LANGUAGE
        name = " ".join(name.replace(blank, " ").split())
        if language in languages and id_ and len(name) <= _LONGEST and split_name(name):
            found.setdefault(id_, Labels(own)).add(language, name)
    return found


def to_toml(actors: Mapping[str, Labels], *, known: Iterable[str]) -> Iterator[str]:
    """Write the actors of at least two names as ``[[actor]]``, those left out whose first name is ``known`` already."""
    there = {name.casefold() for name in known}
    for id_, labels in actors.items():
        first = next(iter(labels.names.get("en") or next(iter(labels.names.values()))))
        if first.casefold() in there or sum(map(len, labels.names.values())) < 2:
            continue  # one name alone bridges nothing
        there.add(first.casefold())
        names = ", ".join(
            f"{language} = [{', '.join(map(_quoted, forms))}]" for language, forms in labels.names.items()
        )
        yield f"\n# {id_}\n[[actor]]\nkind = {_quoted(labels.kind)}\nnames = {{ {names} }}\n"


def _quoted(text: str) -> str:
    """Write a text as TOML does: JSON's escapes are TOML's, once what is unseen is gone."""
    return json.dumps(text, ensure_ascii=False)


def _headings(row: Sequence[str]) -> dict[str, int]:
    """Find the columns by their headings; nothing where the line has none."""
    plain = [cell.strip().lstrip("?\ufeff").lower() for cell in row]
    found = {
        name: next(at for at, cell in enumerate(plain) if cell in words)
        for name, words in _HEADINGS.items()
        if any(cell in words for cell in plain)
    }
    return found if {"id", "language", "label"} <= set(found) else {}


def _jrc(row: Sequence[str], where: str) -> dict[str, int]:
    if len(row) != _JRC_COLUMNS or row[1].strip().lower() not in _KINDS:
        raise SettingsError(
            "is neither a line of headings (id, language, label) nor one of JRC-Names (id, P or O, language, name)",
            subject=where,
        )
    return {"id": 0, "kind": 1, "language": 2, "label": 3}

"""`names`: what people, organisations and states are called, in many scripts."""

from __future__ import annotations

import gzip
from pathlib import Path

import click

from tracker.errors import SettingsError
from tracker.languages import shipped
from tracker.names import NameBook
from tracker.names.labels import read_labels, to_toml
from tracker.settings import Settings

__all__ = ["names"]


@click.group()
def names() -> None:
    """Manage names: who is the same in another script."""


@names.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(["person", "organisation"]), default="person", show_default=True,
              help="What the table's names are where it does not say.")  # fmt: skip
@click.pass_obj
def import_(settings: Settings, file: Path, kind: str) -> None:
    """Add the names of a label table FILE (tab-separated, .gz too) to your own list of names.

    Either with headings id, language, label (and kind), as Wikidata's query service writes them, or as JRC-Names has it.
    Names of languages Kronik does not read, and actors it knows or with one name only, are left out. Run `reprocess`
    to read stored articles with the new names.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            actors = read_labels(lines, kind=kind, languages=shipped().codes(), subject=str(file))
    except (OSError, UnicodeDecodeError, EOFError) as cause:
        raise SettingsError(f"cannot be read: {cause}", subject=str(file)) from cause
    own = settings.service.aliases_file
    book = NameBook.load(own if own.is_file() else None)
    known = [first for labels in actors.values() for first in _firsts(labels.names) if book.find(first)]
    blocks = list(to_toml(actors, known=known))
    if blocks:
        own.parent.mkdir(parents=True, exist_ok=True)
        with own.open("a", encoding="utf-8") as list_:
            list_.writelines(blocks)
        NameBook.load(own)  # what was written can be read
    click.echo(f"{len(blocks)} of {len(actors)} added to {own}", err=True)


def _firsts(by_language: dict[str, list[str]]) -> list[str]:
    return (by_language.get("en") or next(iter(by_language.values())))[:1]

"""`tag` and `languages`: the date reader by itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import IO, Literal

import click

from tracker.articles import LanguageDetector
from tracker.errors import ArticleError
from tracker.languages import TimesData, check, coverage, generate, shipped
from tracker.settings import Settings
from tracker.times import TagOptions, relations
from tracker.times import tag as tag_text
from tracker.types import TimeMention

Prefer = Literal["news", "past", "future"]


@click.command()
@click.option(
    "--language", "-l", default="", metavar="ISO", help="Language of the text (id, en, …); detected without it."
)
@click.option(
    "--reference", "-r", default="", metavar="YYYY-MM-DD", help="The day the text was written; today without it."
)
@click.option(
    "--prefer", type=click.Choice(["news", "past", "future"]), help="Where a bare Monday points; default: times.prefer."
)
@click.option("--jsonl", is_flag=True, help='Read documents {"id","lang","dct","text"}, one JSON object a line.')
@click.option(
    "--relations", "related", is_flag=True, help='Also give phrases that count from an event ("after the visit").'
)
@click.pass_obj
def tag(settings: Settings, language: str, reference: str, prefer: Prefer | None, jsonl: bool, related: bool) -> None:
    """Tag the dates in a text on standard input.

    Prints one JSON object per document; offsets count Unicode characters.
    """
    languages = shipped()
    detector = LanguageDetector()
    options = TagOptions(prefer=prefer or settings.times.prefer, hemisphere=settings.times.hemisphere)  # type: ignore[arg-type]  # checked by settings
    stream = sys.stdin.buffer  # bytes: line ends keep their length, and what is no UTF-8 is told in a line
    documents = _documents(stream) if jsonl else iter([_plain(stream, language=language, reference=reference)])
    for document in documents:
        text = str(document["text"])
        iso = str(document.get("lang") or "") or language or detector.detect("", text, declared="")
        data = languages.times(iso)
        mentions = tag_text(text, data=data, dct=_reference(document.get("dct")), options=options) if data else ()
        line: dict[str, object] = {"id": document.get("id"), "timexes": [time_object(mention) for mention in mentions]}
        if related:
            found = relations(text, data=data, times=mentions) if data else ()
            line["relations"] = [relation_object(mention) for mention in found]
        click.echo(_json(line))


def tagger(text: str, data: TimesData, day: date, prefer: str) -> tuple[TimeMention, ...]:
    """Tag a text as the examples of a language want it."""
    return tag_text(text, data=data, dct=day, options=TagOptions(prefer=prefer))  # type: ignore[arg-type]  # a word of the file


def time_object(mention: TimeMention) -> dict[str, object]:
    """Give the object of `tag --jsonl` for one time mention."""
    edtf = mention.edtf
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.timex_type,
        "value": mention.timex_value,
        "edtf": edtf.text if edtf else None,
        "earliest": edtf.earliest.isoformat() if edtf and edtf.earliest else None,
        "latest": edtf.latest.isoformat() if edtf and edtf.latest else None,
        "anchor": str(mention.anchor),
        "rule": mention.rule,
    }


def relation_object(mention: TimeMention) -> dict[str, object]:
    """Give the object of `tag --jsonl` for a phrase that places something after or before an event."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "bound": mention.bound,
        "event": mention.bound_by,
    }


def _json(line: object) -> str:
    """Write letters as they are; where one has no UTF-8 (half of a surrogate pair), all others but ASCII are escaped too."""
    text = json.dumps(line, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(line)
    return text


def _decoded(raw: bytes, subject: str, *, first: bool) -> str:
    try:
        return raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as cause:
        raise ArticleError(f"is not UTF-8 ({cause.reason} at byte {cause.start})", subject=subject) from cause


def _plain(stream: IO[bytes], *, language: str, reference: str) -> dict[str, object]:
    return {
        "id": None,
        "text": _decoded(stream.read(), "standard input", first=False),
        "lang": language,
        "dct": reference or datetime.now(UTC).date().isoformat(),
    }


def _documents(stream: Iterable[bytes]) -> Iterator[dict[str, object]]:
    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        line = _decoded(raw, f"line {number}", first=number == 1)
        try:
            document = json.loads(line)
        except (ValueError, RecursionError) as cause:
            raise ArticleError(f"is no JSON object: {cause}", subject=f"line {number}") from cause
        if not isinstance(document, dict) or not isinstance(document.get("text"), str):
            raise ArticleError('has no "text"', subject=f"line {number}")
        yield document


def _reference(value: object) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as cause:
        raise click.BadParameter(f"{value!r} is no day like 2025-06-17", param_hint="--reference / dct") from cause
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.group()
def languages() -> None:
    """Show what each language covers, and run its examples."""


@languages.command("list")
def list_() -> None:
    """Print a line per language: what its data covers."""
    for line in coverage.lines(shipped()):
        click.echo(line)


@languages.command("generate")
@click.argument("iso", nargs=-1)
def generate_(iso: tuple[str, ...]) -> None:
    """Write base.toml of each ISO, or of every language, from CLDR and dateparser's locale data.

    A language there is none of gets its folder. The same versions of the data give the same files.
    """
    known = shipped()
    for code in iso or known.codes():
        click.echo(f"{generate.write(known.root, code).relative_to(known.root)} written")


@languages.command("check")
@click.argument("iso", required=False)
def check_(iso: str | None) -> None:
    """Run the examples of ISO, or of every language; exit 1 if one fails."""
    results = check.run(shipped(), iso, tagger)
    failures = [result for result in results if not result.ok]
    for failure in failures:
        click.echo(str(failure), err=True)
    click.echo(f"{len(results)} examples, {len(failures)} failed")
    if failures:
        sys.exit(1)

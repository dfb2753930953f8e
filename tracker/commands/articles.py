"""`import`, `export` and `explain`: articles in, events out, and why."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

import click

from tracker import events, pipeline, wiring
from tracker.articles import article_from_json, is_cut
from tracker.commands.shared import opened, run_steps
from tracker.errors import ArticleError, StoreError
from tracker.filters import NEWEST, OLDEST, Filter
from tracker.formats import Channel, Words, atom, geojson, ics, jsonfeed, jsonl, rss, spreadsheet, timelinejs
from tracker.pipeline import Parts, Step
from tracker.settings import Settings, WebSettings
from tracker.store import Store, work
from tracker.store import articles as article_rows
from tracker.timeline import plain_speech
from tracker.types import Article, ArticleId, Event, EventId, Topic
from tracker.web.feeds import item_words

_BATCH = 200  # articles stored in one transaction
_LINE_BYTES = 20_000_000
_LISTED = 5  # articles set aside that are named one by one
_READING = (Step.READ, Step.EXTRACT, Step.MERGE)


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.pass_obj
def import_(settings: Settings, files: tuple[Path, ...]) -> None:
    """Read articles from JSON Lines FILES (.gz too, - is standard input) and find their events.

    One object a line: {"id", "title", "text", "published", "lang"?, "url"?, "source"?}. A bad line is named and skipped.
    Importing a file again changes nothing; an import that was broken off is completed.
    """
    with opened(settings) as parts:
        read = bad = new = cut = 0
        for path in files:
            for batch, problems in _batches(path, settings):
                for problem in problems:
                    click.echo(f"{path}: {problem}", err=True)
                bad += len(problems)
                read += len(batch)
                cut += sum(is_cut(article, settings.articles.max_chars) for article in batch)
                new += pipeline.accept(parts, batch)
        run_steps(parts, _READING, "reading")
        lost = _report_set_aside(parts)
        if cut:
            click.echo(f"{cut} texts cut after {settings.articles.max_chars} characters (articles.max_chars)", err=True)
        click.echo(f"{read} articles read, {new} new or changed, {bad} bad lines, {lost} set aside", err=True)
    if bad or lost:
        sys.exit(1)


def _batches(path: Path, settings: Settings) -> Iterator[tuple[list[Article], list[str]]]:
    """Give articles and the problems of bad lines, a batch at a time."""
    batch: list[Article] = []
    problems: list[str] = []
    with _opened(path) as stream:
        for number, raw in enumerate(_lines(stream, path), 1):
            if not raw.strip():
                continue
            if len(raw) >= _LINE_BYTES:
                problems.append(f"line {number}: is longer than {_LINE_BYTES / 1e6:g} MB")
                continue
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                batch.append(article_from_json(line, number=number, max_chars=settings.articles.max_chars))
            except ArticleError as problem:
                problems.append(str(problem))
            except UnicodeDecodeError as problem:
                problems.append(f"line {number}: is not UTF-8 ({problem.reason} at byte {problem.start})")
            if len(batch) >= _BATCH:
                yield batch, problems
                batch, problems = [], []
    yield batch, problems


def _opened(path: Path) -> IO[bytes]:
    if str(path) == "-":
        return sys.stdin.buffer
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]  # both read bytes


def _lines(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    """Give the lines of a file; of one that is too long its beginning. Raises: ArticleError for one that is no gzip file or broken off."""
    try:
        while line := stream.readline(_LINE_BYTES):
            yield line
            while len(line) == _LINE_BYTES and not line.endswith(b"\n"):
                line = stream.readline(_LINE_BYTES)
    except (EOFError, OSError) as cause:
        raise ArticleError(f"cannot be read to its end: {cause}", subject=str(path)) from cause


def _report_set_aside(parts: Parts) -> int:
    with parts.store.read() as db:
        rows = work.set_aside(db, limit=10_000)
        named = [(step, article_rows.load(db, ArticleId(row)).id, error) for step, row, error in rows[:_LISTED]]
    for step, public_id, error in named:
        click.echo(f"set aside: article {public_id} at {step}: {error}", err=True)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is exported from where: the events of a filter, of a topic or of everything."""

    store: Store
    web: WebSettings
    filter: Filter
    topic: Topic | None

    @property
    def slug(self) -> str:
        """The topic's slug, '' for everything."""
        return self.topic.slug if self.topic else ""

    @property
    def title(self) -> str:
        """What a document of it is called."""
        return f"{self.topic.title} \u2014 {self.web.site_name}" if self.topic else self.web.site_name

    @property
    def words(self) -> Words:
        """How dates are said: in English, as no reader asks for another language here."""
        speech = plain_speech()
        return lambda event: item_words(event, speech)

    def events(self) -> Iterator[Event]:
        """Give every matching event by date, the undated last."""
        return self.store.queries.export(self.filter, topic=self.slug)

    def channel(self, name: str) -> Channel:
        """Build what a feed says of itself: what the site's feed of that name says."""
        base = self.web.base_url.rstrip("/") or "http://localhost"
        place = f"/t/{self.slug}" if self.slug else ""
        query = replace(self.filter, order=NEWEST).query_string()
        asked = f"?{query}" if query else ""
        return Channel(
            title=self.title,
            description=(self.topic.description if self.topic else "") or self.title,
            link=f"{base}{place or '/'}{asked}",
            self_url=f"{base}{place}/{name}{asked}",
            base_url=base,
            tag=self.store.tag(),
            author=self.web.site_name,
        )


def _jsonl(wanted: _Wanted) -> Iterator[str]:
    return jsonl.lines(wanted.events(), base_url=wanted.web.base_url)


def _csv(wanted: _Wanted) -> Iterator[str]:
    return spreadsheet.rows(wanted.events(), base_url=wanted.web.base_url)


def _geojson(wanted: _Wanted) -> Iterator[str]:
    return geojson.features(wanted.events(), base_url=wanted.web.base_url)


def _timelinejs(wanted: _Wanted) -> Iterator[str]:
    count = wanted.store.queries.state(wanted.filter, topic=wanted.slug).events
    if count > timelinejs.MOST:
        click.echo(f"{count} events: TimelineJS is slow above {timelinejs.MOST}; narrow them down", err=True)

    def left_out(n: int) -> str:
        return f"{n} without a known date or with an open one are not shown."

    return timelinejs.slides(wanted.events(), title=wanted.title, words=wanted.words, left_out=left_out)


def _ics(wanted: _Wanted) -> Iterator[str]:
    fitting = (event for event in wanted.events() if ics.fits(event))
    yield ics.calendar(wanted.channel("calendar.ics"), fitting, words=wanted.words).decode()


def _newest(write: Callable[..., bytes], name: str) -> Callable[[_Wanted], Iterator[str]]:
    """Write what the site's feed of that name holds."""

    def written(wanted: _Wanted) -> Iterator[str]:
        newest = replace(wanted.filter, order=NEWEST)
        found = wanted.store.queries.newest(newest, topic=wanted.slug, limit=wanted.web.feed_events)
        yield write(wanted.channel(name), found, words=wanted.words).decode() + "\n"

    return written


_WRITERS: Mapping[str, Callable[[_Wanted], Iterator[str]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "geojson": _geojson,
    "timelinejs": _timelinejs,
    "ics": _ics,
    "rss": _newest(rss.feed, "feed.rss"),
    "atom": _newest(atom.feed, "feed.atom"),
    "jsonfeed": _newest(jsonfeed.feed, "feed.json"),
}


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_WRITERS)),
    default="jsonl",
    show_default=True,
    help="What to write.",
)
@click.option("--topic", default="", metavar="SLUG", help="Only the events of a topic.")
@click.option("--query", "-q", default="", metavar="Q", help="Only events that hold these words.")
@click.option("--from", "from_", type=click.DateTime(["%Y-%m-%d"]), help="Only what happened on that day or later.")
@click.option("--to", type=click.DateTime(["%Y-%m-%d"]), help="Only what happened on that day or before.")
@click.option("--bom", is_flag=True, help="Begin csv with a byte order mark, for spreadsheets that need one.")
@click.pass_obj
def export(
    settings: Settings, format_: str, topic: str, query: str, from_: date | None, to: date | None, bom: bool
) -> None:
    """Write events to standard output, ordered by date, undated last; rss, atom and jsonfeed the newest, newest first."""
    if bom and format_ != "csv":
        raise click.BadParameter(f"is for csv, not {format_}", param_hint="--bom")
    days = {name: [day.strftime("%Y-%m-%d")] for name, day in (("from", from_), ("to", to)) if day}
    chosen = Filter.read({"q": [query], "order": [OLDEST], **days})
    store = wiring.open_store(settings)
    try:
        found = {row.topic.slug: row.topic for row in store.queries.topics()}
        if topic and topic not in found:
            raise click.BadParameter(f"there is no topic {topic!r}; see `topics list`", param_hint="--topic")
        wanted = _Wanted(store, settings.web, chosen, found.get(topic))
        if bom:
            click.echo(spreadsheet.BOM, nl=False)
        for piece in _WRITERS[format_](wanted):
            sys.stdout.write(piece)
    finally:
        store.close()


@click.command()
@click.argument("id_", metavar="ARTICLE_ID|EVENT_ID")
@click.pass_obj
def explain(settings: Settings, id_: str) -> None:
    """Tell why: the rules, phrases and anchors behind an article's events, or what an event's date and reports rest on."""
    with opened(settings) as parts:
        with parts.store.read() as db:
            row = article_rows.find(db, id_)
            article = article_rows.load(db, row) if row is not None else None
        if article is not None:
            _explain_article(parts, article)
            return
        event = parts.store.queries.event(EventId(int(id_))) if id_.isdecimal() and len(id_) < 18 else None
        if event is None:
            raise StoreError("is the id of no article and no event", subject=id_)
        for line in events.describe(event):
            click.echo(line)


def _explain_article(parts: Parts, article: Article) -> None:
    published = article.published.isoformat() if article.published else "unknown"
    click.echo(f"article {article.id}: {article.title or '(no title)'} [{article.language or 'language unknown'}]")
    click.echo(f"published {published} by {article.outlet or 'unknown outlet'}")
    click.echo("times:")
    for time in pipeline.tag(parts, article):
        value = time.edtf or f"{time.timex_type} {time.timex_value}"
        click.echo(
            f"  {time.field} {time.start}-{time.end} {time.text!r} -> {value} ({time.rule}, anchor {time.anchor})"
        )
    detection = pipeline.detect(parts, article)
    click.echo("sentences:")
    for decision in detection.decisions:
        words = " ".join(article.body(decision.field)[decision.start : decision.end].split())
        click.echo(f"  {decision.field} {decision.start}-{decision.end} {words[:100]!r}: {decision.verdict}")
        if decision.features:
            click.echo(f"    {'; '.join(decision.features)}")
    click.echo("mentions:")
    for mention in detection.mentions:
        lead = ", lead" if mention.lead else ""
        click.echo(
            f"  {mention.type} ({mention.status}{lead}, {mention.date.edtf if mention.date else 'no date'}): {mention.quote!r}"
        )
        for line in mention.trace:
            click.echo(f"    {line}")

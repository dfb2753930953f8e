"""`topics`: named queries, each with a timeline and feeds of its own."""

from __future__ import annotations

import click

from tracker import pipeline, wiring
from tracker.commands.shared import opened
from tracker.errors import StoreError
from tracker.events import check_topic
from tracker.settings import Settings
from tracker.store import topics as topic_rows
from tracker.types import Topic


@click.group()
def topics() -> None:
    """Manage topics: named queries, each with a timeline at /t/SLUG."""


@topics.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Print a line per topic: slug, number of events, title, query."""
    store = wiring.open_store(settings)
    for row in store.queries.topics():
        query = " ".join(row.topic.query.split())
        click.echo(f"{row.topic.slug}\t{row.events}\t{row.topic.title}\t{query}")
    store.close()


@topics.command()
@click.argument("slug")
@click.argument("query")
@click.option("--title", default="", help="What pages call it; the slug without it.")
@click.option("--description", default="", help="A sentence for readers.")
@click.pass_obj
def add(settings: Settings, slug: str, query: str, title: str, description: str) -> None:
    """Add a topic, or change the one of that SLUG; events that are stored already are sorted into it.

    QUERY: words, "phrases", OR, -not, brackets, place: who: type: lang: — config/topics.toml explains it with examples.
    """
    topic = Topic(slug, title or slug.replace("-", " ").capitalize(), query, description)
    check_topic(topic)
    with opened(settings) as parts:
        with parts.store.write() as db:
            topic_rows.put(db, topic)
        found = pipeline.assign_topic(parts, topic)
    click.echo(f"{slug}: {found} events")


@topics.command()
@click.argument("slug")
@click.pass_obj
def remove(settings: Settings, slug: str) -> None:
    """Remove a topic; its events stay."""
    store = wiring.open_store(settings)
    with store.write() as db:
        there = topic_rows.remove(db, slug)
    store.close()
    if not there:
        raise StoreError("is no topic", subject=slug)
    click.echo(f"{slug}: removed")

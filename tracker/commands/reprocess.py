"""`reprocess`: a newer extractor reads what is stored."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tracker.commands.shared import opened, run_steps
from tracker.pipeline import Step
from tracker.settings import Settings
from tracker.store import articles

__all__ = ["reprocess"]


@click.command()
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only articles published on this day or later; all without it."
)
@click.pass_obj
def reprocess(settings: Settings, since: datetime | None) -> None:
    """Read stored articles again, as this version of Kronik reads them, and merge what it finds anew.

    Events keep their addresses, their history and what was first published when. Needs no network. Broken off, it is
    completed by the next `reprocess`, `import` or `serve`.
    """
    with opened(settings) as parts:
        with parts.store.write() as db:
            chosen = articles.reread(db, since=since.replace(tzinfo=UTC) if since else None, now=parts.now())
        run_steps(parts, (Step.EXTRACT, Step.MERGE), "reading again")
        click.echo(f"{chosen} articles read again", err=True)

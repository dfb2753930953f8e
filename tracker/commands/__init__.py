"""The command line: one click group, one module per family of commands, loaded when called.

Every command exits 0 on success, 1 on a failure it reports in one line, 2 on wrong usage.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

import click

from tracker import __version__, logs, settings
from tracker.errors import KronikError

FAMILIES = {
    "serve": "serving",
    "web": "serving",
    "demo": "serving",
    "migrate": "serving",
    "poll": "feeds",
    "feeds": "feeds",
    "import": "articles",
    "export": "articles",
    "explain": "articles",
    "reprocess": "reprocess",
    "digest": "digest",
    "topics": "topics",
    "names": "names",
    "tag": "dates",
    "languages": "dates",
    "doctor": "doctor",
}
"""Command name -> module of this package that holds it under that name (``import`` as ``import_``)."""


class Family(click.Group):
    """A group whose commands are imported when they are asked for: `tag` starts without the web and the store."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        del ctx
        return list(FAMILIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in FAMILIES:
            return None
        module = importlib.import_module(f"tracker.commands.{FAMILIES[cmd_name]}")
        attribute = f"{cmd_name}_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(module, attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own signature
        """Run the command; report an expected failure in one line."""
        try:
            return super().invoke(ctx)
        except KronikError as failure:
            raise click.ClickException(str(failure)) from failure


@click.group(cls=Family, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kronik")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Kronik: what happened, when, how sure that is, and which sentence says so.

    Settings: config/default.toml, then the file named by TRACKER_CONFIG, then TRACKER_* variables.
    """
    ctx.obj = settings.load(os.environ)
    logs.configure(level=ctx.obj.service.log_level, form=ctx.obj.service.log_format)

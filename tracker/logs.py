"""Structured logs: one line an occurrence, with the ids of the step bound once.

`bind(feed=…)` or `bind(article=…)` adds its fields to every line written inside the block, in this thread only.
"""

from __future__ import annotations

import contextlib
import contextvars
import json
import logging
from collections.abc import Iterator
from typing import Literal

_BOUND: contextvars.ContextVar[tuple[tuple[str, object], ...]] = contextvars.ContextVar("kronik_log_fields", default=())


def configure(*, level: str, form: Literal["text", "json"] | str) -> None:
    """Send Kronik's log lines to standard error, as text for people or as one JSON object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonFormatter() if form == "json" else _TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("apscheduler", "urllib3", "alembic", "waitress", "trafilatura", "htmldate", "py3langid"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


@contextlib.contextmanager
def bind(**fields: object) -> Iterator[None]:
    """Add fields to every log line written inside the block."""
    token = _BOUND.set((*_BOUND.get(), *fields.items()))
    try:
        yield
    finally:
        _BOUND.reset(token)


class _TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {key}={_one_line(value)}" for key, value in _BOUND.get())
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {_one_line(record.getMessage())}{fields}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{key: str(value) for key, value in _BOUND.get()},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _one_line(value: object) -> str:
    """Keep foreign text from forging further log lines."""
    return "".join(c if c.isprintable() else " " for c in str(value))

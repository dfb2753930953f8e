"""Polling: due feeds asked side by side, each host in its turn, and what they bring stored together."""

from tracker.polling.ask import Result, ask, incoming
from tracker.polling.rounds import run

__all__ = ["Result", "ask", "incoming", "run"]

"""Sample feeds of invented outlets, and the local server they are polled from.

In: the files beside this module. Out: feeds, topics and a server for `python -m tracker demo`. Nothing of it ever
belongs into a real database.
"""

from tracker.demo.content import DemoFeed, demo_feeds, demo_topics
from tracker.demo.server import DemoServer

__all__ = ["DemoFeed", "DemoServer", "demo_feeds", "demo_topics"]

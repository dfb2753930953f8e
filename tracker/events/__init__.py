"""Mentions that tell the same happening become one event, with one date, one title and the evidence of all.

In: an article's stored mentions and a `Shelf` to ask for what is near. Out: a `MergePlan` for the store to apply. Nothing here
reads or writes a database by itself.
Also here: what follows from an event's mentions alone (date, status, title, importance), topics' queries, and the words of
``explain``.
"""

from tracker.events.blocking import blocking_keys, lookup_keys
from tracker.events.describe import describe
from tracker.events.facts import facts_of
from tracker.events.fuse import date_dispute, fuse
from tracker.events.importance import importance, importance_parts
from tracker.events.merge import merge
from tracker.events.nearby import Neighbourhood, Shelf, nearby, prepare, prepare_told
from tracker.events.options import MergeOptions, PlaceRelations, Weights
from tracker.events.query import Query, parse_query
from tracker.events.topics import Resolver, Searchable, check_topic, matches, read_topics, searchable
from tracker.events.verdicts import Memory

__all__ = [
    "Memory",
    "MergeOptions",
    "Neighbourhood",
    "PlaceRelations",
    "Query",
    "Resolver",
    "Searchable",
    "Shelf",
    "Weights",
    "blocking_keys",
    "check_topic",
    "date_dispute",
    "describe",
    "facts_of",
    "fuse",
    "importance",
    "importance_parts",
    "lookup_keys",
    "matches",
    "merge",
    "nearby",
    "parse_query",
    "prepare",
    "prepare_told",
    "read_topics",
    "searchable",
]

"""Find the events an article tells: what happened, who, where, when, how sure, who says so, and which words say it.

For every sentence there is a decision in words, kept for `explain`: which rule took it, or why it tells no event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.languages import MentionsData
from tracker.mentions.candidates import candidates
from tracker.mentions.lead import headline_dated, lead_placed, with_lead, without_spare
from tracker.mentions.lexicon import compiled
from tracker.mentions.narration import Thread, news_day
from tracker.mentions.publish import REPEATED, refusal, repeats
from tracker.mentions.scene import scene_of
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.types import Article, EventMention, Field, TimeMention

__all__ = ["Decision", "Detection", "detect"]

_MOST_MENTIONS = 40  # of one article: beyond it is a list, not a report


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one sentence or clause, in words; ``features`` are what it rests on."""

    field: Field
    start: int
    end: int
    verdict: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """The event mentions of an article, and a decision for each of its sentences."""

    mentions: tuple[EventMention, ...]
    decisions: tuple[Decision, ...]


def detect(
    article: Article, times: Sequence[TimeMention], *, data: MentionsData | None, gazetteer: Gazetteer, names: NameBook
) -> Detection:
    """Give the event mentions of an article in reading order. Never raises on any text.

    ``times`` are its time mentions, with those that only place something after or before an event among them.
    A language without words of events gives none, and says so.
    """
    if data is None:
        said = f"no words of events for language {article.language or 'unknown'}"
        return Detection((), (Decision("text", 0, len(article.text), said),))
    lexicon = compiled(data)
    decisions: list[Decision] = []
    found: list[EventMention] = []
    text = scene_of(article, "text", times, lexicon, gazetteer, names)
    heading = scene_of(article, "title", times, lexicon, gazetteer, names, told=text.actors)
    if _is_beginning(article):
        heading = replace(heading, sentences=())
    heading = replace(heading, dct=text.dct)
    thread = Thread(news_day(text, heading))
    for scene in (heading, text):
        for sentence in scene.sentences:
            if len(found) >= _MOST_MENTIONS:
                said = f"more events than a report tells ({_MOST_MENTIONS}): not read from here on"
                decisions.append(Decision(scene.field, sentence.start, len(scene.text), said))
                break
            for candidate, mention in candidates(scene, sentence, thread):
                reason = refusal(candidate, mention) or repeats(mention, found, sentence.number)
                if len(found) >= _MOST_MENTIONS:
                    reason = "more events than a report tells"
                verdict = reason or f"{mention.type}, {mention.status}"
                features = (*mention.trace, *candidate.features(mention))
                decisions.append(Decision(scene.field, mention.start, mention.end, verdict, features))
                if not reason:
                    found.append(mention)
                if not reason or reason == REPEATED:  # what is told again is told of its day, too
                    thread.follow(mention, sentence.number)
    kept = with_lead(headline_dated(without_spare(found, text.dct)), text.dct)
    return Detection(lead_placed(kept, text), tuple(decisions))


def _is_beginning(article: Article) -> bool:
    """Tell whether a title only repeats how the text begins, as that of a post does: what it cuts short the text tells in full."""
    title = article.title.rstrip(".… ")
    return bool(title) and len(title) < len(article.text) and article.text.startswith(title)

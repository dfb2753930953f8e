"""Who says it: the actor beside a word of saying, or behind "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.mentions.lexicon import Found, Lexicon
from tracker.mentions.sentences import Sentence
from tracker.mentions.who import Named

__all__ = ["speaker", "speech_at"]

_REACH = 90  # characters between a word of saying and its subject, titles and offices in between


def speech_at(folded: str, sentence: Sentence, lexicon: Lexicon) -> tuple[Found, ...]:
    """Find the words of saying outside the quoted parts of a sentence."""
    found = lexicon.find("speech.verbs", folded, sentence.start, sentence.end)
    found += lexicon.find("speech.according", folded, sentence.start, sentence.end)
    return tuple(f for f in found if not any(a < f.start < b for a, b in sentence.quoted))


def speaker(sentence: Sentence, said: Sequence[Found], actors: Sequence[Named]) -> str:
    """Name the person or organisation nearest to a word of saying, '' for none."""
    candidates = [
        (abs(min(actor.start - word.end, word.start - actor.end, key=abs)), actor.start, actor.actor.name)
        for word in said
        for actor in actors
        if sentence.start <= actor.start < sentence.end
        and actor.actor.kind in ("person", "organisation")
        and not any(a < actor.start < b for a, b in sentence.quoted)
    ]
    near = [candidate for candidate in candidates if candidate[0] <= _REACH]
    return min(near)[2] if near else ""

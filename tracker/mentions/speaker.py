"""Who says it: the subject of a word of saying, or whoever stands beside "according to".

The subject stands before its verb, behind it where the words said or a comma come first (", said Ann Lee"), and first of all where
verbs stand last. Whom something is told, and who is only spoken of, says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.mentions.lexicon import Found, Lexicon
from tracker.mentions.sentences import Sentence
from tracker.mentions.who import Named

__all__ = ["speaker", "speech_at"]

_REACH = 90  # characters between a word of saying and its subject, titles and offices in between
_FAR = 200  # the same where the verb stands last, what is said in between
_BESIDE = 45  # characters of a title between a word for "according to" and a name
_MARKS = ",;:،؛，；：、"
_CLOSING = "”»“」』’\"'"
_VERBS = "speech.verbs"  # a label


def speech_at(folded: str, sentence: Sentence, lexicon: Lexicon) -> tuple[Found, ...]:
    """Find the words of saying outside the quoted parts of a sentence."""
    found = lexicon.find(_VERBS, folded, sentence.start, sentence.end)
    found += lexicon.find("speech.according", folded, sentence.start, sentence.end)
    return tuple(f for f in found if not any(a < f.start < b for a, b in sentence.quoted))


def speaker(text: str, sentence: Sentence, said: Sequence[Found], actors: Sequence[Named], lexicon: Lexicon) -> str:
    """Name the person or organisation that says what a sentence of ``text`` tells, '' for none."""
    speaking = [
        actor for actor in actors
        if sentence.start <= actor.start < sentence.end and actor.end <= sentence.end
        and actor.actor.kind in ("person", "organisation")
        and not any(a < actor.start < b for a, b in sentence.quoted)
    ]  # fmt: skip
    if not speaking:
        return ""
    for word in said:
        if word.label == _VERBS:
            found = _subject(text, sentence, word, speaking, lexicon)
        else:
            found = _source(text, word, speaking, lexicon)
        if found is not None:
            return found.actor.name
    return ""


def _subject(text: str, sentence: Sentence, word: Found, actors: Sequence[Named], lexicon: Lexicon) -> Named | None:
    """Give who does a verb of saying."""
    before = [actor for actor in actors if actor.end <= word.start]
    if lexicon.data.verbs_last:
        near = [actor for actor in before if word.start - actor.end <= _FAR]
        return near[0] if near else None
    lead = text[sentence.start : word.start].rstrip()
    closes = lead[-1:] in (*_MARKS, *_CLOSING)
    behind = next((actor for actor in actors if actor.start >= word.end), None)
    if behind is not None and (behind.start - word.end > _REACH or _marked(text, word.end, behind.start)):
        behind = None
    said_before = lead[-1:] in _CLOSING or lead[-2:-1] in _CLOSING
    if before and not said_before and (subject := _beside(text, before, word)):
        return subject
    return behind if closes or not lead or not before else None


def _beside(text: str, before: Sequence[Named], word: Found) -> Named | None:
    """Give the actor right before a verb, or the one whom an aside between commas before the verb describes."""
    last = before[-1]
    between = text[last.end : word.start]
    if len(between) > _REACH:
        return None
    bare = between.strip()
    if bare and (bare[-1] in _MARKS or any(mark in bare for mark in _MARKS)):
        aside = bare[0] in _MARKS and bare[-1] in _MARKS
        if not aside:
            return _described(text, before, last) if bare[-1] in _MARKS and len(before) > 1 else None
    return _described(text, before, last) or last


def _described(text: str, before: Sequence[Named], last: Named) -> Named | None:
    """Give the person whom an organisation named behind a comma belongs to: "Ann Lee, of the Bank of Oslo, said"."""
    if last.actor.kind != "organisation" or len(before) < 2 or before[-2].actor.kind != "person":
        return None
    between = text[before[-2].end : last.start]
    return before[-2] if between[:1] in _MARKS and not _marked(between, 1, len(between)) else None


def _source(text: str, word: Found, actors: Sequence[Named], lexicon: Lexicon) -> Named | None:
    """Give whom words for "according to" name: behind them, or before where the language has them behind."""
    behind = next((a for a in actors if a.start >= word.end), None)
    before = next((a for a in reversed(actors) if a.end <= word.start), None)
    near_behind = (
        behind is not None and behind.start - word.end <= _BESIDE and not _marked(text, word.end, behind.start)
    )
    near_before = (
        before is not None and word.start - before.end <= _BESIDE and not _marked(text, before.end, word.start)
    )
    if lexicon.data.verbs_last:
        return before if near_before else None
    return behind if near_behind else before if near_before else None


def _marked(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in _MARKS)

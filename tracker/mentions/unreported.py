"""Sentences that report nothing, whatever words stand in them.

Questions; calls to subscribe, advertisements, captions and links to other articles; forecasts of the weather; what is usual or true
at any time; what would be if. Words are the language's own: `boilerplate`, `weather`, `general`, `conditional`.
"""

from __future__ import annotations

from typing import Literal

from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Sentence

__all__ = ["Unreported", "unreported"]

Unreported = Literal["", "boilerplate", "condition", "general", "question", "weather"]


def unreported(scene: Scene, sentence: Sentence) -> Unreported:
    """Say what kind of text a sentence is when it reports nothing, '' when it may."""
    lexicon, folded = scene.lexicon, scene.folded
    if sentence.asks:
        return "question"
    if lexicon.find("boilerplate", folded, sentence.start, sentence.end):
        return "boilerplate"
    conditions = lexicon.find("conditional", folded, sentence.start, sentence.end)
    if conditions and not any(letter.isalnum() for letter in folded[sentence.start : conditions[0].start]):
        return "condition"  # an "if" further on has a sentence of its own before it
    if lexicon.find("general", folded, sentence.start, sentence.end):
        return "general"
    return "weather" if lexicon.find("weather", folded, sentence.start, sentence.end) else ""

"""Sentences that report nothing, whatever words stand in them.

Questions, and headlines that promise to answer one; calls to subscribe, advertisements, captions and links to other articles; forecasts of the weather; what is usual or true
at any time; what would be if. Words are the language's own: `boilerplate`, `weather`, `general`, `conditional`.
"""

from __future__ import annotations

import re
from typing import Literal

from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Sentence

__all__ = ["Unreported", "unreported"]

_HEADING = re.compile(r"[:：–—]\s*|\s[-|]\s+")  # between what a headline is about and what it says

Unreported = Literal["", "boilerplate", "condition", "general", "question", "weather"]


def unreported(scene: Scene, sentence: Sentence) -> Unreported:
    """Say what kind of text a sentence is when it reports nothing, '' when it may."""
    lexicon, folded = scene.lexicon, scene.folded
    if sentence.asks or _explains(scene, sentence):
        return "question"
    if lexicon.find("boilerplate", folded, sentence.start, sentence.end):
        return "boilerplate"
    conditions = lexicon.find("conditional", folded, sentence.start, sentence.end)
    if conditions and not any(letter.isalnum() for letter in folded[sentence.start : conditions[0].start]):
        return "condition"  # an "if" further on has a sentence of its own before it
    if lexicon.find("general", folded, sentence.start, sentence.end):
        return "general"
    return "weather" if lexicon.find("weather", folded, sentence.start, sentence.end) else ""


def _explains(scene: Scene, sentence: Sentence) -> bool:
    """Tell whether a headline that names no event promises to say how or why: "Trade row: how Ann Lee wants to save the bank"."""
    folded, low = scene.folded, sentence.start
    if scene.field != "title" or scene.lexicon.triggers(folded, low, sentence.end):
        return False
    begins = {low} | {mark.end() for mark in _HEADING.finditer(folded, low, sentence.end)}
    return any(word.start in begins for word in scene.lexicon.find("asking", folded, low, sentence.end))

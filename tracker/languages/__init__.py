"""Languages as data: one folder each, read, checked and tried by their own examples."""

from tracker.languages.load import Languages, shipped
from tracker.languages.mentions_schema import TYPES, MentionsData
from tracker.languages.times_schema import CLASSES, UNITS, TimesData, Value, fold, unaccented
from tracker.languages.words import LETTER, MARKS, WORD_AFTER, WORD_BEFORE, WORD_ENDS, alternation

__all__ = [
    "CLASSES", "LETTER", "MARKS", "TYPES", "UNITS", "WORD_AFTER", "WORD_BEFORE", "WORD_ENDS", "Languages", "MentionsData", "TimesData", "Value", "alternation", "fold", "shipped", "unaccented",
]  # fmt: skip

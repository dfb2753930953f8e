"""Timeline: events -> periods, bands and trays in reading order; dates, status and reasons in words; ribbon bins.

Pure: no database, no clock, no web. The interface language is a `Speech`, handed in.
"""

from tracker.timeline.group import Chronology, Mark, Period, PeriodKind, Row, chronology, mark_of
from tracker.timeline.kinds import kind_words, place_kind_words
from tracker.timeline.likeness import in_common
from tracker.timeline.moments import CANDIDATES, key_moments
from tracker.timeline.reasons import Reason, agreement, because, chief_report
from tracker.timeline.ribbon import Bin, Ribbon, Unit, ribbon
from tracker.timeline.speech import Catalogue, Speech, language_name, plain_speech, unturned
from tracker.timeline.status import Tag, status_words, tags
from tracker.timeline.words import DateWords, day_words, in_words, month_words, range_words

__all__ = [
    "CANDIDATES",
    "Bin",
    "Catalogue",
    "Chronology",
    "DateWords",
    "Mark",
    "Period",
    "PeriodKind",
    "Reason",
    "Ribbon",
    "Row",
    "Speech",
    "Tag",
    "Unit",
    "agreement",
    "because",
    "chief_report",
    "chronology",
    "day_words",
    "in_common",
    "in_words",
    "key_moments",
    "kind_words",
    "language_name",
    "mark_of",
    "month_words",
    "place_kind_words",
    "plain_speech",
    "range_words",
    "ribbon",
    "status_words",
    "tags",
    "unturned",
]

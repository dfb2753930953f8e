"""The temporal tagger: time expressions of a text with their values. No word of any language stands in this package.

Flow: fold -> scan for triggers -> tokens of a window -> reduced row -> productions -> symbol -> point -> EDTF + TIMEX3.
"""

from tracker.times.tag import TagOptions, tag

__all__ = ["TagOptions", "tag"]

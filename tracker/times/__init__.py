"""The temporal tagger: time expressions of a text with their values. No word of any language stands in this package.

Flow: fold -> scan for triggers -> tokens of a window -> reduced row -> productions -> symbol -> point -> EDTF + TIMEX3.

    from datetime import date
    from tracker.languages import shipped
    from tracker.times import tag

    text = "Sergei Shoigu tiba di Pyongyang dua pekan lalu."
    for mention in tag(text, data=shipped().times("id"), dct=date(2025, 7, 1)):
        print(mention.text, mention.timex_value, mention.edtf.text if mention.edtf else None)

Safe to call from many threads; the data of a language is read when it is first asked for, and compiled once.
"""

from tracker.times.relations import relations
from tracker.times.tag import TagOptions, tag

__all__ = ["TagOptions", "relations", "tag"]

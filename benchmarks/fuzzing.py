"""Coverage-guided fuzzing of the date reader: python -m benchmarks.fuzzing [seconds] (needs `pip install atheris`, not among the pins).

Input bytes choose a language, a day of writing, a preference, and pieces: words of the language, figures, marks or any characters at all. It must hold that nothing
is raised, that every offset is exact, that phrases neither overlap nor go back, that a value's bounds are in order, and that a megabyte takes no more
than ten seconds of processor time even with instrumentation, for texts long enough to tell (`hostile_text` measures the bound itself).
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tracker.languages import Languages, shipped

SECONDS = 600
LONG = 20_000  # characters from which the time per megabyte is held against its bound
INSTRUMENTED_S_PER_MB = 10.0
SLACK_S = 2.0  # for the first budget of a text, which is not spread over a megabyte
MARKS = (
    " ",
    ", ",
    ". ",
    "-",
    "/",
    "(",
    ")",
    "\n",
    ":",
    "'",
    "17",
    "2025",
    "3",
    "31",
    "12:30",
    "1/2/2025",
    "9-11",
    "0",
    "99999",
    "\u200f",
    "\u0301",
    "\x00",
    "年",
    "월",
)


def main() -> None:
    """Fuzz for a number of seconds, ten minutes without one."""
    import atheris

    with atheris.instrument_imports(include=["tracker.times", "tracker.edtf"]):
        from tracker import times
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    languages = shipped()
    words = {iso: sorted(data.lexicon) for iso in languages.codes() if (data := languages.times(iso))}

    def one(raw: bytes) -> None:
        _check(atheris.FuzzedDataProvider(raw), times, languages, words)

    Path("var").mkdir(exist_ok=True)  # where a text that broke something is kept
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-max_len=512",
            "-artifact_prefix=var/",
            "-timeout=20",
            "-print_final_stats=1",
        ],
        one,
    )
    atheris.Fuzz()


def _check(source: Any, times: Any, languages: Languages, words: dict[str, list[str]]) -> None:
    iso = sorted(words)[source.ConsumeIntInRange(0, len(words) - 1)]
    dct = date(1900, 1, 1) + timedelta(days=source.ConsumeIntInRange(0, 73_000)) if source.ConsumeBool() else None
    prefer = ("news", "past", "future")[source.ConsumeIntInRange(0, 2)]
    repeats = 4_000 if source.ConsumeIntInRange(0, 63) == 0 else 1
    text = _text(source, words[iso]) * repeats
    begun = time.process_time()
    data = languages.times(iso)
    found = times.tag(text, data=data, dct=dct, options=times.TagOptions(prefer=prefer))
    taken_s = time.process_time() - begun
    related = times.relations(text, data=data, times=found)
    assert all(text[m.start : m.end] == m.text for m in (*found, *related)), (iso, text)
    assert all(a.end <= b.start for a, b in pairwise(found)), (iso, text)
    for mention in found:
        if mention.edtf and mention.edtf.earliest and mention.edtf.latest:
            assert mention.edtf.earliest <= mention.edtf.latest, (iso, text, mention)
    if len(text) >= LONG:
        assert taken_s <= SLACK_S + INSTRUMENTED_S_PER_MB * len(text) / 1e6, (iso, text[:200], len(text), taken_s)


def _text(source: Any, words: list[str]) -> str:
    pieces = []
    for _ in range(source.ConsumeIntInRange(0, 24)):
        kind = source.ConsumeIntInRange(0, 3)
        if kind == 0:
            pieces.append(MARKS[source.ConsumeIntInRange(0, len(MARKS) - 1)])
        elif kind == 1:
            pieces.append(source.ConsumeUnicode(6))
        else:
            pieces.append(words[source.ConsumeIntInRange(0, len(words) - 1)] + " ")
    return "".join(pieces)


if __name__ == "__main__":
    main()

"""Run the examples of a language: what its data promises to read, and what it must leave alone.

A file `examples.toml` holds ``[[example]]`` tables: ``text``, ``dct`` (the day it was written, default 2025-05-14, a
Wednesday), ``expect`` (a list of ``{text, edtf, value, type}``, each but ``text`` optional; an empty list says: no date
here), and perhaps ``prefer``, or ``skip`` with a reason. Who tags is passed in, so that this package stays below `times`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.errors import LanguageDataError
from tracker.languages.load import Languages
from tracker.languages.times_schema import TimesData
from tracker.types import TimeMention

__all__ = ["Example", "Result", "examples", "judge", "run"]

DEFAULT_DCT = "2025-05-14"
Tagger = Callable[[str, TimesData, date, str], Sequence[TimeMention]]
"""Text, data, day and preference in; time mentions out."""
_KEYS = {"text", "dct", "expect", "prefer", "skip"}
_EXPECTED = {"text", "edtf", "value", "type"}


@dataclass(frozen=True, slots=True)
class Example:
    """One example; ``name`` is iso:number. ``expect`` holds pairs of (key, wanted) for each phrase."""

    name: str
    iso: str
    text: str
    dct: date
    expect: tuple[tuple[tuple[str, str], ...], ...]
    prefer: str = "news"
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """How an example went. ``problem`` is '' when all is well or the example is skipped."""

    example: Example
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problem

    def __str__(self) -> str:
        return f"{self.example.name}: {self.example.text!r}: {self.problem or 'ok'}"


def examples(languages: Languages, iso: str) -> tuple[Example, ...]:
    """Read a language's examples. Raises: LanguageDataError naming the example and key."""
    tables = languages.read(iso, "examples") or {}
    rows = tables.get("example", [])
    if not isinstance(rows, list):
        raise LanguageDataError("examples.toml: write examples as [[example]]", subject=iso)
    return tuple(_example(row, iso, number) for number, row in enumerate(rows, 1))


def run(languages: Languages, iso: str | None, tagger: Tagger) -> tuple[Result, ...]:
    """Run the examples of one language, or of all. Raises: LanguageDataError for a language there is none of."""
    if iso is not None and iso not in languages.codes():
        raise LanguageDataError(f"is no language Kronik has; it has {', '.join(languages.codes())}", subject=iso)
    return tuple(_results(languages, [iso] if iso else languages.codes(), tagger))


def judge(example: Example, found: Sequence[TimeMention]) -> Result:
    """Compare what was found with what an example wants."""
    return Result(example, _problem(example, found))


def _results(languages: Languages, codes: Sequence[str], tagger: Tagger) -> Iterator[Result]:
    for code in codes:
        data = languages.times(code)
        for example in examples(languages, code):
            if example.skip or data is None:
                yield Result(example)
                continue
            yield judge(example, tagger(example.text, data, example.dct, example.prefer))


def _problem(example: Example, found: Sequence[TimeMention]) -> str:
    seen = "; ".join(f"{m.text!r} {m.timex_type} {m.timex_value} {m.edtf}" for m in found) or "nothing"
    if len(found) != len(example.expect):
        return f"wanted {len(example.expect)} phrases, got {seen}"
    for wanted, mention in zip(example.expect, found, strict=True):
        actual = {
            "text": mention.text,
            "edtf": mention.edtf.text if mention.edtf else "",
            "value": mention.timex_value,
            "type": mention.timex_type,
        }
        wrong = [f"{key} {value!r}" for key, value in wanted if actual[key] != value]
        if wrong:
            return f"wanted {', '.join(wrong)}, got {seen}"
    return ""


def _example(row: object, iso: str, number: int) -> Example:
    subject = f"{iso}:{number}"
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str) or not isinstance(row.get("expect"), list):
        raise LanguageDataError("an example needs text and expect", subject=subject)
    for key in row:
        if key not in _KEYS:
            raise LanguageDataError(f"unknown key {key}; known: {', '.join(sorted(_KEYS))}", subject=subject)
    expect = []
    for phrase in row["expect"]:
        if not isinstance(phrase, Mapping) or not set(phrase) <= _EXPECTED:
            raise LanguageDataError(f"expect holds {phrase!r}; known: {', '.join(sorted(_EXPECTED))}", subject=subject)
        expect.append(tuple((str(key), str(value)) for key, value in phrase.items()))
    try:
        dct = date.fromisoformat(str(row.get("dct", DEFAULT_DCT)))
    except ValueError as cause:
        raise LanguageDataError(f"dct {row['dct']!r} is no day", subject=subject) from cause
    return Example(
        subject, iso, row["text"], dct, tuple(expect), str(row.get("prefer", "news")), str(row.get("skip", ""))
    )

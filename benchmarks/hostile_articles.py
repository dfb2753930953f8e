"""Articles made to be slow, through `import` as an operator runs it: seconds, peak memory, events, and what is said of what was cut.

Times are of the processor. Bound: an article of any size is cut after `articles.max_chars`, so that each of these takes about what a long report takes.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator

from benchmarks.product import Product

SIZE = 10_000_000
NAMES = 100_000
BOUND_S, BOUND_MB = 30, 500
_EVENT = "Mayor Ann Lee visited Lima on 12 May 2025. "
_REPEATED = {
    "one line": "soldiers came to the city of Lima on Monday and ",
    "one word": "a",
    "capitals": "ANN LEE OF OSLO ",
    "nested quotes": "“He said “she said ‘they went to Lima’ and left” on Monday” ",
    "quotes that never end": "“He said ",
    "bidi and zero width": "\u202eVisit\u202c to\u200b Li\u200dma\ufeff on 3\u2066 May\u2069. ",
    "null bytes": "Mayor Ann Lee visited\x00 Lima on Monday.\x00 ",
    "event words": "attack visit talks explosion vote ",
    "days": "on Monday and on 3 May 2025 ",
    "marks": "e\u0301\u0302\u0303",
    "figures": "12 thousand 5 million ",
    "places": "Lima, Oslo, Bonn, ",
}
_HAN = "军队12日抵达利马并举行会谈，"


def run() -> None:
    """Print a line for each text; the first is an ordinary report, for comparison."""
    print(f"{'text':24} {'MB':>6} {'seconds':>8} {'peak MB':>8} {'events':>7}  said")
    for name, language, text in _texts():
        product = Product()
        product.run("migrate")
        article = {
            "id": "hostile",
            "title": "Ann Lee visits Lima",
            "text": text,
            "lang": language,
            "published": "2025-05-14",
        }
        path = product.folder / "article.jsonl"
        path.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
        begun = _processor_s()
        done = product.run("import", str(path))
        seconds = _processor_s() - begun
        said = " | ".join(done.errors.strip().splitlines()[-2:])
        over = " OVER" if seconds > BOUND_S or done.peak_mb > BOUND_MB else ""
        size = f"{len(text) / 1e6:6.1f} {seconds:8.1f} {done.peak_mb:8.0f}"
        print(f"{name:24} {size} {len(product.events()):7}{over}  {said}", flush=True)


def _texts() -> Iterator[tuple[str, str, str]]:
    """Give a name, a language and a text each."""
    yield "an ordinary report", "en", _EVENT * 70
    yield "100,000 names", "en", _EVENT + " ".join(f"{_name(n)} {_name(n * 7)}," for n in range(NAMES))
    for name, piece in _REPEATED.items():
        yield name, "en", _EVENT + piece * (SIZE // len(piece))
    yield "han", "zh", _HAN * (SIZE // len(_HAN))


def _processor_s() -> float:
    """Give the processor's seconds of all commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _name(number: int) -> str:
    """Make a name of syllables for a number: every number has another."""
    syllables = ("ba", "ne", "ri", "so", "tu", "la", "mo", "ki", "de", "va")
    return "".join(syllables[int(figure)] for figure in str(number)).capitalize() + "n"

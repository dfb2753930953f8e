"""Hand-made mentions as merging meets them: names keyed as in production, places with gazetteer-like keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zlib import crc32

from tracker.edtf import parse
from tracker.events import MergeOptions, Neighbourhood, merge
from tracker.events.score import Comparer
from tracker.events.story import Story, story_of
from tracker.events.units import build_units
from tracker.names import name_key
from tracker.types import (
    Actor,
    Anchor,
    ArticleId,
    EventId,
    EventMention,
    MentionDate,
    MentionId,
    MergePlan,
    Place,
    Quantity,
    Status,
    StoredMention,
)

PLACES = {
    "Pyongyang": Place("Pyongyang", "city", "KP", "1871859"),
    "Moscow": Place("Moscow", "city", "RU", "524901"),
    "Kursk": Place("Kursk", "city", "RU", "538560"),
    "Kursk Oblast": Place("Kursk Oblast", "region", "RU", "region:RU.KRS"),
    "Wonsan": Place("Wonsan", "city", "KP", "1871374"),
    "Jakarta": Place("Jakarta", "city", "ID", "1642911"),
    "Lumajang": Place("Lumajang", "city", "ID", "1636816"),
    "Russia": Place("Russia", "country", "RU", "country:RU"),
    "North Korea": Place("North Korea", "country", "KP", "country:KP"),
}
_WITHIN = {("538560", "region:RU.KRS")}
WEIGHTS = {Anchor.EXPLICIT: 1.0, Anchor.DCT: 0.8, Anchor.PUBLISHED: 0.2, Anchor.EVENT: 0.5}


class Atlas:
    """Place relations of the few places above."""

    def related(self, a_key: str, b_key: str) -> bool:
        return a_key == b_key or (a_key, b_key) in _WITHIN or (b_key, a_key) in _WITHIN


@dataclass(frozen=True)
class Paper:
    """An article to tell from. Ids follow the name, not the order of creation."""

    name: str
    language: str
    published: str
    outlet: str = ""
    copy_of: "Paper | None" = None

    @property
    def id(self) -> ArticleId:
        return ArticleId(crc32(self.name.encode()))


@dataclass(frozen=True)
class Said:
    """What a test says of one mention; the rest is filled in."""

    type: str = "visit"
    date: str | None = None
    anchor: Anchor = Anchor.EXPLICIT
    weight: float | None = None
    status: Status = Status.OCCURRED
    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    numbers: tuple[tuple[float, str], ...] = ()
    lead: bool = False
    salience: float = 0.0
    title: bool = False
    start: int = field(default=0)


def tell(paper: Paper, quote: str, said: Said) -> StoredMention:
    """Build a stored mention; tokens are the longer words of the quote, cut to six letters as a stemmer would."""
    published = datetime.fromisoformat(paper.published).replace(tzinfo=UTC) if paper.published else None
    mention = EventMention(
        field="title" if said.title else "text",
        start=said.start,
        end=said.start + len(quote),
        quote=quote,
        type=said.type,
        status=said.status,
        date=_date(said),
        who=tuple(Actor(name, "person", name_key(name)) for name in said.who),
        where=tuple(PLACES[name] for name in said.where),
        quantities=tuple(Quantity(value, unit, f"{value:g} {unit}") for value, unit in said.numbers),
        lead=said.lead,
        salience=said.salience,
        tokens=tuple(word.strip(".,").casefold()[:6] for word in quote.split() if len(word) > 3),
    )
    return StoredMention(
        id=MentionId(crc32(f"{paper.name}|{said.title}|{said.start}|{quote}".encode())),
        article_id=paper.id,
        article_public_id=paper.name,
        language=paper.language,
        outlet=paper.outlet or paper.name,
        published=published,
        mention=mention,
        copy_of=paper.copy_of.id if paper.copy_of else None,
    )


def _date(said: Said) -> MentionDate | None:
    if said.date is None:
        return None
    weight = WEIGHTS.get(said.anchor, 0.7) if said.weight is None else said.weight
    return MentionDate(
        parse(said.date), said.anchor, "test", weight, phrase="" if said.anchor is Anchor.PUBLISHED else "p"
    )


def stories_of(mentions: Iterable[StoredMention]) -> dict[ArticleId, Story]:
    """Sum up each article; its text is what its mentions quote."""
    told: dict[ArticleId, list[StoredMention]] = {}
    for mention in mentions:
        told.setdefault(mention.article_id, []).append(mention)
    return {article: story_of(own, language=own[0].language, text=text_of(own)) for article, own in told.items()}


def text_of(mentions: Iterable[StoredMention]) -> str:
    """Give the text of an article: what its mentions quote."""
    return "\n".join(mention.mention.quote for mention in mentions)


def merged(
    *mentions: StoredMention,
    current: dict[MentionId, EventId] | None = None,
    born: dict[EventId, datetime] | None = None,
    fresh: bool = True,
) -> MergePlan:
    """Merge with the shipped options, as if one article had brought all of it (``fresh``)."""
    by_id = {mention.id: mention for mention in mentions}
    stories = stories_of(mentions)
    comparer = Comparer(stories, MergeOptions(), Atlas())
    new = frozenset(by_id if fresh else ())
    near = Neighbourhood(tuple(build_units(mentions, stories)), comparer, current or {}, {}, new)
    return merge(near, born=born or {}, options=MergeOptions(), tell=lambda ids: [by_id[i] for i in ids])


def together(plan: MergePlan) -> set[frozenset[MentionId]]:
    """Give the clusters as sets of mention ids."""
    return {frozenset(cluster.mention_ids) for cluster in plan.clusters}


def home(plan: MergePlan, mention: StoredMention) -> frozenset[MentionId]:
    """Give the cluster a mention is in."""
    return next(ids for ids in together(plan) if mention.id in ids)


def dates(plan: MergePlan) -> list[str]:
    """Give the dates of all clusters, sorted, '-' for none."""
    return sorted(c.facts.date.edtf.text if c.facts.date.edtf else "-" for c in plan.clusters)

"""The pages: one short function each. They read rows, build what is shown, and render."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from tracker.errors import FilterError
from tracker.filters import NEWEST, OLDEST, Filter
from tracker.rows import FacetValue
from tracker.timeline import CANDIDATES, Chronology, chronology, key_moments, ribbon
from tracker.types import Event, EventId, Topic
from tracker.web import context, drawing, history, linked, narrow, scopes, translations
from tracker.web.headers import embed_policy
from tracker.web.keeping import kept
from tracker.web.scopes import Scope

__all__ = ["blueprint", "find_topic"]

_LARGEST_ID = 2**63 - 1  # what a database integer holds
_MERGED_MAX_AGE = "public, max-age=86400"  # a merge can be undone; an unlimited 301 cannot
_BESIDE = 8  # names of places and actors that are offered beside a timeline
_BESIDE_FIELD = {"place": ("who",), "who": ("place",)}  # a field's own counts leave it aside, so they are no neighbours
_EMBEDDED = 12  # events in a frame on another site
_FEEDS = 100  # a page of sources
_TROUBLE = "trouble"
_POLL_S = 60  # how often an open page asks whether there is something new; a feed may be kept for 300


def blueprint() -> Blueprint:
    """Give the routes of all pages; reads the catalogues of the interface languages."""
    translations.speeches()
    routes = Blueprint("pages", __name__, template_folder="templates")
    for path, subject in (
        ("/", scopes.everything),
        ("/t/<slug>", scopes.topic_scope),
        ("/places/<path:key>", scopes.place_scope),
        ("/actors/<path:key>", scopes.actor_scope),
    ):
        name = subject.__name__
        routes.add_url_rule(path, endpoint=name, view_func=_of(subject, _chronology_page))
        for page_name, show in (("follow", _follow_page), ("embed", _embed_page)):
            address = f"{path.rstrip('/')}/{page_name}"
            routes.add_url_rule(address, endpoint=f"{page_name}_{name}", view_func=_of(subject, show))
    routes.add_url_rule("/events/<int:number>", view_func=event)
    routes.add_url_rule("/feeds", view_func=feeds)
    routes.add_url_rule("/about", view_func=about)
    routes.add_url_rule("/healthz", view_func=healthz)
    routes.add_url_rule("/robots.txt", view_func=robots)
    for helper in (context.to, context.permalink, context.place_path, context.actor_path):
        routes.add_app_template_global(helper)
    return routes


def find_topic(slug: str) -> Topic | None:
    """Give the topic of a slug, None where there is none."""
    found = scopes.topic_scope(slug)
    return found.topic if found else None


def _of(find: Callable[..., Scope | None], show: Callable[[Scope], Response]) -> Callable[..., Answer]:
    """Make a view: find the subject of the path, send a name on to its key, show the page."""

    def view(**named: str) -> Answer:
        if "" in request.args.values():  # a form sends every field; an address that is shared holds what was chosen
            return redirect(context.link("/" + quote(request.path.lstrip("/")), context.given_filter()), code=302)
        return kept(lambda: written(named)) if show is _chronology_page else written(named)

    def written(named: Mapping[str, str]) -> Answer:
        scope = find(**named)
        if scope is None:
            abort(404)
        if scope.key and scope.key != named["key"]:
            return redirect(context.link(scope.path, context.given_filter()), code=302)
        return show(scope)

    return view


@dataclass(frozen=True, slots=True)
class _View:
    """A scope under the filter a reader chose. ``given`` is the choice, ``asked`` what the store is asked."""

    scope: Scope
    given: Filter
    asked: Filter
    counted: Mapping[str, Sequence[FacetValue]]

    def here(self, filter_: Filter) -> str:
        """Give the address of this timeline under another filter."""
        return context.link(self.scope.path, filter_)

    @property
    def groups(self) -> tuple[narrow.Group, ...]:
        """The filter form, without the field that the path fixes."""
        built = narrow.groups(self.counted, self.given, context.speech())
        return tuple(group for group in built if group.name != self.scope.field)

    def beside(self, field: str) -> Sequence[FacetValue]:
        """The most frequent names of a field the path does not fix."""
        return self.counted.get(field, ())[:_BESIDE]


def _view(scope: Scope) -> _View:
    given = scope.given(context.given_filter())
    asked = scope.asked(given)
    return _View(scope, given, asked, context.site().reads.facets(asked, topic=scope.slug))


def _chronology_page(scope: Scope) -> Response:
    reads, speech, today = context.site().reads, context.speech(), context.today()
    view = _view(scope)
    given, asked, here = view.given, view.asked, view.here
    listing = reads.listing(asked, topic=scope.slug, size=context.site().web.page_events)
    built = view.groups
    bins = ribbon(reads.masses(asked, topic=scope.slug, today=today), today=today)
    newest = given.order == NEWEST
    grouped = chronology((*listing.events, *listing.undated), today=today, newest_first=newest)
    first = _first_shown(grouped)
    return context.page(
        "chronology.html",
        scope=scope,
        topic=scope.topic,
        topics=reads.topics() if scope.path == "/" else (),
        counts=reads.counts(topic=scope.slug),
        beside={field: view.beside(field) for field in _BESIDE_FIELD.get(scope.field, ())},
        filter=given,
        path=context.to(scope.path),
        own_path=scope.path,
        here=here,
        listing=listing,
        grouped=grouped,
        moments=_moments(view, listing.total),
        line=_today_line(grouped, given, listing.pages),
        groups=built,
        chips=narrow.chips(given, built, speech, link=here),
        ribbon=bins,
        drawing=drawing.draw(bins, given, link=here, speech=speech, today=today),
        selected=reads.event(first) if first is not None else None,
        turned=here(replace(given, order=OLDEST if newest else NEWEST, page=1)),
        pages=_page_links(given, listing.pages),
        feeds=context.feeds_of(scope.slug, asked),
        exports=context.exports_of(scope.slug, asked),
        feeds_name=scope.name,
        follow=_follow_link(scope, given),
        poll_s=_POLL_S,
        language_asked=context.language_asked(),
    )


def _moments(view: _View, total: int) -> tuple[Event, ...]:
    """Give the key moments of a subject; the list of everything has none, and later pages do not repeat them."""
    if view.scope.path == "/" or view.given.page > 1:
        return ()
    found = context.site().reads.weightiest(view.asked, topic=view.scope.slug, limit=CANDIDATES)
    return key_moments(found, total=total)


def _follow_link(scope: Scope, given: Filter) -> str:
    return context.link(f"{scope.path.rstrip('/')}/follow", replace(given, order=NEWEST, page=1))


def _follow_page(scope: Scope) -> Response:
    """Explain what a feed is, and give the addresses of the one that holds this view."""
    view = _view(scope)

    def here(filter_: Filter) -> str:
        return _follow_link(scope, filter_)

    given = replace(view.given, order=NEWEST, page=1)
    return context.page(
        "follow.html",
        scope=scope,
        filter=given,
        path=context.to(scope.path),
        back=view.here(given),
        chips=narrow.chips(given, view.groups, context.speech(), link=here),
        feeds=context.feeds_of(scope.slug, view.asked),
        exports=context.exports_of(scope.slug, view.asked),
        feeds_name=scope.name,
        frame=context.base_url() + context.link(f"{scope.path.rstrip('/')}/embed", given),
        newest=context.site().reads.newest(view.asked, topic=scope.slug, limit=1),
    )


def _embed_page(scope: Scope) -> Response:
    """Show the newest events of a view in a frame of another site: no script, no controls, links open outside it."""
    given = replace(scope.given(context.given_filter()), order=NEWEST, page=1)
    response = context.page(
        "embed.html",
        scope=scope,
        back=context.base_url() + context.link(scope.path, given),
        events=context.site().reads.newest(scope.asked(given), topic=scope.slug, limit=_EMBEDDED),
    )
    response.headers["Content-Security-Policy"] = embed_policy(context.site().web.embed_on)
    return response


def _first_shown(grouped: Chronology) -> EventId | None:
    """Choose whose evidence is open at first: the most important placed event of the first periods."""
    rows = [row for period in grouped.periods[:6] for row in (*period.rows, *period.band)]
    best = max(rows, key=lambda row: row.event.facts.importance, default=None)
    if best is None:
        best = next(iter((*grouped.announced, *grouped.undated)), None)
    return best.event.id if best else None


def _today_line(grouped: Chronology, given: Filter, pages: int) -> int | None:
    """Draw the today line between periods only where both of its sides are on this page or at the list's own end."""
    at, today = grouped.today_before, context.today()
    if (given.to and given.to < today) or (given.from_ and given.from_ > today):
        return None
    if (at == 0 and given.page > 1) or (at == len(grouped.periods) and given.page < pages):
        return None
    return at


def _page_links(given: Filter, pages: int) -> tuple[Filter | None, Filter | None]:
    """Give the filters of the page before and the page after."""
    before = replace(given, page=min(given.page - 1, pages)) if given.page > 1 else None
    return before, replace(given, page=given.page + 1) if given.page < pages else None


def event(number: int) -> Answer:
    """Show one event with its evidence; 301 to the event it was merged into, 410 where a curator hid it."""
    return kept(lambda: _event_page(number))


def _event_page(number: int) -> Answer:
    reads = context.site().reads
    found = reads.event(EventId(number)) if number <= _LARGEST_ID else None
    if found is None:
        abort(404)
    if found.merged_into is not None:
        moved = redirect(context.to(f"/events/{found.merged_into}"), code=301)
        moved.headers["Cache-Control"] = _MERGED_MAX_AGE
        return moved
    if found.revisions and found.revisions[-1].kind == "hidden":
        abort(410)
    url = context.permalink(found.id)
    return context.page(
        "event.html",
        event=found,
        topics=reads.topics(),
        alike=reads.alike(found.id),
        changes=history.changes(found, context.shown()),
        url=url,
        json_ld=linked.json_ld(found, url=url),
    )


def feeds() -> Response:
    """Show which feeds are polled and how they fare, a hundred a page; ``state=trouble`` leaves out those that are well.

    Raises: FilterError for a value that is none.
    """
    page, state = context.given_filter().page, request.args.get("state", "")
    if state not in ("", _TROUBLE):
        raise FilterError(f"{state!r} is not {_TROUBLE}", subject="state")
    found = context.site().reads.feeds(sick=bool(state), first=(page - 1) * _FEEDS, size=_FEEDS)
    pages = max(1, -(-(found.sick if state else found.known) // _FEEDS))

    def here(number: int, *, state: str = state) -> str:
        return context.to(
            "/feeds", **({"state": state} if state else {}), **({"page": str(number)} if number > 1 else {})
        )

    return context.page(
        "feeds.html",
        found=found,
        state=state,
        everything=here(1, state=""),
        trouble=here(1, state=_TROUBLE),
        number=page,
        pages=pages,
        before=here(min(page - 1, pages)) if page > 1 else "",
        after=here(page + 1) if page < pages else "",
    )


def about() -> Response:
    """Explain the method, its limits, and whose data is used."""
    return context.page("about.html", counts=context.site().reads.counts(topic=""))


def healthz() -> Response:
    """Say that the process answers; reads nothing, so that a slow database does not get it restarted."""
    response = Response("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def robots() -> Response:
    """Keep crawlers out of filter combinations, which are without end."""
    text = "User-agent: *\nDisallow: /*?\nDisallow: /admin/\nDisallow: /api/\n"
    return Response(text, content_type="text/plain; charset=utf-8")

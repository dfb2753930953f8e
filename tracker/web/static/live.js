// An open page asks its own feed now and then whether there is something new, and says so without moving anything.
// The feed's ETag decides: an unchanged feed is answered in a few bytes.
// What is new since the reader's last visit is marked. When that was is kept in this browser alone and sent nowhere; a visit ends
// with half an hour away: until then pages turned and filters changed belong to it.

const bar = document.getElementById("live");
const SLOWEST = 15; // times the usual pause, after failures

if (bar?.dataset.feed) begin();

function begin() {
  const since = new Date(bar.dataset.since);
  const pause = Number(bar.dataset.every) * 1000;
  const numbers = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  let known = ""; // the feed's ETag when it was last read
  let told = 0;
  let slower = 1;

  setTimeout(ask, pause);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && slower > 1) slower = 1; });

  async function ask() {
    if (!document.hidden) await look();
    setTimeout(ask, pause * slower);
  }

  async function look() {
    try {
      const answer = await fetch(bar.dataset.feed, { cache: "no-cache" });
      if (!answer.ok) throw new Error(String(answer.status));
      slower = 1;
      const tag = answer.headers.get("ETag") ?? "";
      if (tag && tag === known) return;
      known = tag;
      tell(await answer.text());
    } catch {
      slower = Math.min(SLOWEST, slower * 2); // the server may be restarting: ask less often, say nothing
    }
  }

  // The page's moment is rounded down to the minute, so what is on the page already is asked for by its id too.
  function isNew(item) {
    const id = item.querySelector("link")?.textContent.match(/\/events\/(\d+)/)?.[1];
    return new Date(item.querySelector("pubDate")?.textContent) > since && !document.getElementById(`e${id}`);
  }

  function tell(text) {
    const feed = new DOMParser().parseFromString(text, "text/xml");
    const fresh = [...feed.querySelectorAll("item")].filter(isNew).length;
    if (fresh <= told) return;
    told = fresh;
    const words = document.createElement("span");
    words.textContent = bar.dataset.words.replace("{n}", numbers.format(fresh));
    const show = document.createElement("a");
    show.className = "btn main";
    show.href = location.href.split("#")[0];
    show.textContent = bar.dataset.show;
    show.addEventListener("click", (event) => { event.preventDefault(); location.reload(); }); // a link may be answered from what the browser keeps
    const later = document.createElement("button");
    later.type = "button";
    later.className = "btn";
    later.textContent = bar.dataset.later;
    later.addEventListener("click", () => bar.replaceChildren());
    bar.replaceChildren(words, show, later);
  }
}

const AWAY_MS = 30 * 60 * 1000;
const note = document.getElementById("since");
const place = `kronik-visit:${location.pathname}`;

if (note) mark(lastVisit());

// Gives the end of the visit before this one, null for a first one or where the browser keeps nothing.
function lastVisit() {
  try {
    const now = Date.now();
    const kept = JSON.parse(localStorage.getItem(place) ?? "null");
    const before = kept && now - kept.seen > AWAY_MS ? kept.seen : (kept?.before ?? null);
    localStorage.setItem(place, JSON.stringify({ seen: now, before }));
    return before;
  } catch {
    return null; // private mode, or something else's value: as if it were the first visit
  }
}

function mark(since) {
  if (typeof since !== "number") return;
  const fresh = [...document.querySelectorAll(".ev[data-first]")].filter((entry) => Date.parse(entry.dataset.first) > since);
  if (!fresh.length) return;
  for (const entry of fresh) {
    const tag = document.createElement("span");
    tag.className = "tag t-new";
    tag.textContent = note.dataset.tag;
    entry.querySelector(".meta")?.append(tag);
  }
  const language = `${document.documentElement.lang}-u-nu-latn`;
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(since);
  note.textContent = note.dataset.words.replace("{n}", new Intl.NumberFormat(language).format(fresh.length)).replace("{date}", date);
  note.hidden = false;
}

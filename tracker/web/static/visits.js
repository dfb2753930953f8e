// Marks what is new since the reader's last visit. When that was is kept in this browser alone and sent nowhere.
// A visit ends with half an hour away: until then pages turned and filters changed belong to it.

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

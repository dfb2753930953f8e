// An open page asks its own feed now and then whether there is something new, and says so without moving anything.
// The feed's ETag decides: an unchanged feed is answered in a few bytes.

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

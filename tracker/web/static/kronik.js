// Refines pages that are complete without it: keys, evidence beside the list, arrow keys on the ribbon.
// Nothing is sent anywhere but to this site; the one thing remembered (keys off) stays in the browser.

const panel = document.getElementById("evidence");
const body = document.getElementById("evidence-body");
const list = document.getElementById("list");
const say = document.getElementById("say");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const COVERED = 48; // pixels at the top of the window, under the heading of a period
const KEYS_OFF = "kronik-keys-off";
const titles = () => [...document.querySelectorAll(".ev h3 a")].filter((link) => !link.closest("details:not([open])"));
let opened = 0;

const panelShown = () => panel && getComputedStyle(panel).display !== "none";

function announce(entry) {
  const date = entry.querySelector(".when b").textContent;
  say.textContent = `${entry.querySelector(".p-name").textContent}, ${date}`;
}

async function open(link) {
  const turn = ++opened;
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.href = link.href; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById("evidence-body");
  if (turn !== opened) return;
  if (!part) { location.href = link.href; return; }
  body.replaceChildren(...part.content.cloneNode(true).childNodes);
  panel.scrollTop = 0;
  const entry = link.closest(".ev");
  document.querySelectorAll(".ev[data-open]").forEach((other) => other.removeAttribute("data-open"));
  entry.setAttribute("data-open", "");
  announce(entry);
}

// Where a walk stands: the entry with the focus or, from its evidence, the open one; -1 where it has not begun.
function standing(all) {
  const here = document.activeElement;
  const entry = panel?.contains(here) ? document.querySelector(".ev[data-open]") : here.closest(".ev");
  return all.findIndex((link) => link.closest(".ev") === entry);
}

// A walk that has not begun starts from the first entry in the window that nothing sticky covers.
function move(step) {
  const all = titles();
  const at = standing(all);
  const seen = all.findIndex((link) => link.getBoundingClientRect().bottom > COVERED);
  const first = (seen < 0 ? all.length : seen) - (step > 0 ? 1 : 0);
  const next = all[Math.min(all.length - 1, Math.max(0, (at < 0 ? first : at) + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
  if (event.key === "Escape") { back(event); return; }
  if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") || keysAreOff()) return;
  const actions = { j: () => move(1), k: () => move(-1), "/": () => document.getElementById("q")?.focus(), "?": () => keys?.showModal() };
  const action = actions[event.key.toLowerCase()];
  if (action) { event.preventDefault(); action(); }
}

function back(event) {
  const menu = event.target.closest("details[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
  const entry = document.querySelector(".ev[data-open] h3 a");
  if (entry && (panel.contains(document.activeElement) || document.activeElement.id === "q")) entry.focus();
}

function keysAreOff() {
  try { return localStorage.getItem(KEYS_OFF) === "1"; } catch { return false; }
}

function rememberKeys() {
  try { localStorage.setItem(KEYS_OFF, keysOn.checked ? "" : "1"); } catch { /* private mode: keys stay as they are */ }
}

function walkRibbon(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const bars = [...event.currentTarget.querySelectorAll("a.bar")];
  const at = bars.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const forward = document.dir === "rtl" ? -step : step;
  const next = bars[Math.min(bars.length - 1, Math.max(0, at + forward))];
  bars.forEach((bar) => bar.setAttribute("tabindex", bar === next ? "0" : "-1"));
  next.focus();
}

list?.addEventListener("click", (event) => {
  const link = event.target.closest(".ev h3 a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !panelShown()) return;
  event.preventDefault();
  const byKey = event.detail === 0;
  open(link).then(() => { if (byKey) panel.focus({ preventScroll: true }); });
});
document.addEventListener("keydown", onKey);
const ribbon = document.querySelector(".bars");
if (ribbon) {
  ribbon.addEventListener("keydown", walkRibbon);
  const bars = [...ribbon.querySelectorAll("a.bar")];
  bars.forEach((bar, index) => bar.setAttribute("tabindex", index === bars.length - 1 ? "0" : "-1"));
  const end = ribbon.parentElement.scrollWidth; // a ribbon too long for its frame is shown from its newest end
  ribbon.parentElement.scrollTo({ left: document.dir === "rtl" ? -end : end, behavior: "instant" });
}
if (keysOn) {
  keysOn.checked = !keysAreOff();
  keysOn.addEventListener("change", rememberKeys);
}
document.getElementById("feed-address")?.addEventListener("focus", (event) => event.target.select());
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return; // only over https; the address can be selected by hand
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.innerText);
    const said = document.getElementById("copied");
    said.textContent = said.dataset.words;
    button.textContent = said.dataset.words;
  });
});

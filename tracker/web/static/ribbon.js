// The ribbon: a period is chosen by dragging over it, or with two sliders by keyboard. Without script every bar is a link.

const svg = document.querySelector(".bars");
const NS = "http://www.w3.org/2000/svg";
const NEAR = 5; // pixels a pointer may tremble before a click becomes a drag

if (svg?.dataset.days) begin();

function begin() {
  const rtl = document.dir === "rtl";
  const starts = svg.dataset.days.split(" ");
  const count = starts.length;
  const days = new Intl.DateTimeFormat(`${svg.dataset.locale}-u-nu-latn`, { dateStyle: "long", timeZone: "UTC" });
  const box = document.getElementById("pick");
  const go = document.getElementById("pick-go");
  const known = chosen();
  let [first, last] = known ?? [0, count - 1];
  let before = null; // what was chosen when a drag or a walk began
  let dragged = false; // a drag that ends over a bar is no click on it
  let from = null; // where the pointer went down

  const frame = svg.querySelector(".window") ?? svg.appendChild(shape("rect", { class: "window", y: 1, height: 96, rx: 4 }));
  const handles = [handle("first"), handle("last")];
  draw();
  frame.setAttribute("visibility", known ? "visible" : "hidden");
  document.querySelectorAll(".with-script").forEach((part) => { part.hidden = false; });

  svg.addEventListener("pointerdown", (event) => {
    if (event.button || (event.pointerType === "touch" && !event.target.closest(".handle"))) return;
    const grip = event.target.closest(".handle");
    from = { x: event.clientX, bin: grip ? null : binAt(event.clientX), grip: grip?.dataset.end, moved: false };
    before = [first, last];
  });
  addEventListener("pointermove", (event) => {
    if (!from || (!from.moved && Math.abs(event.clientX - from.x) < NEAR)) return;
    from.moved = true;
    event.preventDefault();
    const at = binAt(event.clientX);
    if (from.grip) set(from.grip, at);
    else [first, last] = [Math.min(from.bin, at), Math.max(from.bin, at)];
    show();
  });
  addEventListener("pointerup", () => {
    dragged = Boolean(from?.moved);
    from = null;
    if (dragged) location.assign(address());
  });
  addEventListener("pointercancel", stop);
  svg.addEventListener("click", (event) => { if (dragged) event.preventDefault(); dragged = false; }, true);
  svg.addEventListener("mousedown", (event) => { if (!event.target.closest(".handle")) event.preventDefault(); }); // no focus for a bar that is only dragged over
  svg.addEventListener("dragstart", (event) => event.preventDefault()); // a bar is a link, and links are dragged away
  document.getElementById("pick-stop").addEventListener("click", stop);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !box.hidden) { event.preventDefault(); stop(); } });

  // Bins hold days: `first` and `last` are indexes of bins, both included.
  function chosen() {
    const [low, high] = svg.dataset.chosen.split("/");
    if (!low && !high) return null;
    const begin_ = low ? Math.max(0, starts.findLastIndex((day) => day <= low)) : 0;
    const end_ = high ? Math.max(begin_, starts.findLastIndex((day) => day <= high)) : count - 1;
    return [begin_, end_];
  }

  function shape(name, attributes) {
    const made = document.createElementNS(NS, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function handle(end) {
    const made = shape("svg", { class: "handle", overflow: "visible", y: 0, width: 1, height: 118, role: "slider", tabindex: 0, "data-end": end, "aria-label": svg.dataset[end], "aria-valuemin": 0, "aria-valuemax": count - 1 });
    made.append(shape("rect", { class: "grab", x: -12, y: 30, width: 24, height: 36 }), shape("rect", { class: "grip", x: -4.5, y: 36, width: 9, height: 24, rx: 3 }), shape("rect", { class: "ring", x: -9, y: 31.5, width: 18, height: 33, rx: 6 }));
    made.addEventListener("keydown", (event) => walk(event, end));
    return svg.appendChild(made);
  }

  function binAt(x) {
    const area = svg.getBoundingClientRect();
    const part = (x - area.left) / area.width;
    return Math.min(count - 1, Math.max(0, Math.floor((rtl ? 1 - part : part) * count)));
  }

  function set(end, bin) {
    const at = Math.min(count - 1, Math.max(0, bin));
    if (end === "first") first = Math.min(at, last);
    else last = Math.max(at, first);
  }

  function walk(event, end) {
    const ahead = rtl ? "ArrowLeft" : "ArrowRight";
    const back = rtl ? "ArrowRight" : "ArrowLeft";
    const steps = { [ahead]: 1, [back]: -1, ArrowUp: 1, ArrowDown: -1, PageUp: 6, PageDown: -6, Home: -count, End: count };
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); location.assign(address()); return; }
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    before ??= [first, last];
    if (event.shiftKey) shift(step);
    else set(end, (end === "first" ? first : last) + step);
    show();
  }

  // Shift moves the whole window, as far as the ribbon reaches.
  function shift(step) {
    const by = Math.min(count - 1 - last, Math.max(-first, step));
    [first, last] = [first + by, last + by];
  }

  function lastDay() {
    if (last === count - 1) return svg.dataset.end;
    const next = new Date(`${starts[last + 1]}T00:00Z`);
    return new Date(next - 86_400_000).toISOString().slice(0, 10);
  }

  function address() {
    return svg.dataset.href.replace("0001-01-01", starts[first]).replace("9999-12-31", lastDay());
  }

  function words(day) { return days.format(new Date(`${day}T00:00Z`)); }

  function draw() {
    const slot = 100 / count;
    const [low, high] = [first * slot, (last + 1) * slot];
    frame.setAttribute("x", `${rtl ? 100 - high : low}%`);
    frame.setAttribute("width", `${high - low}%`);
    [low, high].forEach((at, index) => handles[index].setAttribute("x", `${rtl ? 100 - at : at}%`));
    handles.forEach((one, index) => {
      one.setAttribute("aria-valuenow", index ? last : first);
      one.setAttribute("aria-valuetext", words(index ? lastDay() : starts[first]));
    });
  }

  function show() {
    frame.setAttribute("visibility", "visible");
    box.hidden = false;
    document.getElementById("picked").textContent = `${words(starts[first])} – ${words(lastDay())}`;
    go.href = address();
    draw();
  }

  function stop() {
    if (before) [first, last] = before;
    before = from = null;
    box.hidden = true;
    frame.setAttribute("visibility", known ? "visible" : "hidden");
    draw();
  }
}

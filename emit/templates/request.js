"use strict";
(() => {
  const pane = document.getElementById("pages");
  const reading = document.getElementById("fields");
  const caption = document.getElementById("caption");
  const beside = matchMedia("(min-width: 1000px)");
  const gather = (key) => {
    const found = new Map();
    for (const element of document.querySelectorAll(`[data-${key}]`)) {
      const id = element.dataset[key];
      found.set(id, [...(found.get(id) ?? []), element]);
    }
    return found;
  };
  const fields = gather("id");
  const marks = gather("for");
  let lit = [];
  let waiting = 0;

  const bring = (element, frame) => {
    if (!element || !frame) return;
    element.closest("details")?.setAttribute("open", "");
    const inner = element.getBoundingClientRect();
    const outer = beside.matches ? frame.getBoundingClientRect() : { top: 0, left: 0, bottom: innerHeight, right: innerWidth };
    const scroller = beside.matches ? frame : document.scrollingElement;
    const below = inner.top < outer.top + 24 || inner.bottom > outer.bottom - 24;
    const aside = inner.left < outer.left || inner.right > outer.right;
    if (below) scroller.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
    if (aside && beside.matches) scroller.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
  };

  const light = (id, { page = false, field = false, place = 1 } = {}) => {
    for (const element of lit) element.classList.remove("lit");
    const places = marks.get(id) ?? [];
    lit = [...(fields.get(id) ?? []), ...places];
    for (const element of lit) element.classList.add("lit");
    const shown = places.find((mark) => mark.id.endsWith(`-${place}`)) ?? places[0];
    if (page) bring(shown, pane);
    if (field) bring((fields.get(id) ?? [])[0], reading);
    if (shown) say(shown.dataset.say, shown.dataset.quote);
  };

  const say = (label, quote) => {
    const strong = document.createElement("b");
    strong.textContent = label;
    caption.replaceChildren(strong, quote ? ` \u2014 on the page: \u201c${quote}\u201d` : "");
  };

  const follow = (event, now) => {
    const mark = event.target.closest("[data-for]");
    const field = event.target.closest("[data-id]");
    clearTimeout(waiting);
    if (!mark && !field) return;
    const place = Number(event.target.closest("[data-place]")?.dataset.place ?? 1);
    const act = () => (mark ? light(mark.dataset.for, { field: true }) : light(field.dataset.id, { page: now || beside.matches, place }));
    // A moment of rest, so that crossing the list with the mouse does not make the pages jump.
    if (now) act();
    else waiting = setTimeout(act, 70);
  };

  document.addEventListener("pointerover", (event) => follow(event, false));
  document.addEventListener("focusin", (event) => follow(event, true));
  document.addEventListener("click", (event) => {
    const field = event.target.closest("[data-id]");
    if (field && !event.target.closest("a")) light(field.dataset.id, { page: true });
  });
  document.addEventListener("keydown", (event) => {
    const chip = event.target.closest(".chip, .place");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!chip || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...reading.querySelectorAll(".chip, .place")];
    all[all.indexOf(chip) + step]?.focus();
    event.preventDefault();
  });

  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (fields.has(id)) light(id, { page: true, field: true });
    else if (id.startsWith("at-")) light(document.getElementById(id)?.dataset.for, { page: true });
  };
  addEventListener("hashchange", open);

  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });

  let zoom = 1;
  const tools = {
    boxes: (button) => button.setAttribute("aria-pressed", String(!pane.classList.toggle("bare"))),
    out: () => (zoom = Math.max(0.5, zoom / 1.25)),
    fit: () => (zoom = 1),
    in: () => (zoom = Math.min(4, zoom * 1.25)),
  };
  const group = document.querySelector(".tools");
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (!button) return;
    tools[button.dataset.tool](button);
    pane.style.setProperty("--zoom", zoom);
    bring(lit.find((element) => element.dataset.for), pane);
  });

  const thumbs = new Map([...document.querySelectorAll("[data-page]")].map((thumb) => [thumb.dataset.page, thumb]));
  const seen = new Map();
  const watch = new IntersectionObserver((changes) => {
    for (const change of changes) seen.set(change.target.dataset.key, change.intersectionRect.height);
    const [key] = [...seen].reduce((best, next) => (next[1] > best[1] ? next : best), ["", 0]);
    for (const [name, thumb] of thumbs) thumb.classList.toggle("current", name === key);
    thumbs.get(key)?.scrollIntoView({ block: "nearest" });
  }, { root: beside.matches ? pane : null, threshold: [0, 0.25, 0.5, 0.75, 1] });
  for (const page of document.querySelectorAll(".page")) watch.observe(page);
  open();
  if (!location.hash) {
    // Begin at the page with the most fields, which is the form, wherever it lies in the packet.
    const pages = [...document.querySelectorAll(".page")];
    const fields = (page) => page.querySelectorAll(".mark:not(.quiet)").length;
    const richest = pages.reduce((best, page) => (fields(page) > fields(best) ? page : best), pages[0]);
    if (beside.matches && richest) pane.scrollTop = richest.offsetTop - 12;
  }
})();

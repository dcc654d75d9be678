/* The questions beside a walk: tabs, answers to choose from, and what they light in the picture. */
function questions(root, walk) {
  "use strict";
  const tabs = [...root.querySelectorAll("[role=tab]")];
  const panels = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
  const picture = root.querySelector(".picture");
  const lamps = new Map();
  for (const lamp of root.querySelectorAll(".lamp")) lamps.set(lamp.dataset.k, lamp);
  const name = (at) => panels[at].id;
  let front = 0;

  /* What is open in the panel in front is lit; what is pointed at, more strongly. */
  const opened = ".choice:not(.x) > details[open][data-lights], .choice[data-lights]:not(.x), .question[data-lights]";
  let hot = null;

  /* The larger a gradient, the stronger the colour of its block; exactly 0 has one of its own. */
  function heat(told) {
    for (const [, key, share] of (told ?? "").matchAll(/(\w+):(\S+)/g)) {
      const lamp = lamps.get(key);
      lamp.classList.add(share < 0 ? "dead" : "warm");
      if (share >= 0) lamp.style.fillOpacity = 0.05 + 0.31 * share;
    }
  }

  function light() {
    for (const lamp of lamps.values()) {
      lamp.classList.remove("on", "hot", "warm", "dead");
      lamp.style.fillOpacity = "";
    }
    heat(panels[front].querySelector("[data-heat]")?.dataset.heat);
    const put = (element, kind) => {
      for (const key of element.dataset.lights.split(" ")) lamps.get(key)?.classList.add(kind);
    };
    for (const each of panels[front].querySelectorAll(opened)) put(each, "on");
    if (hot && root.contains(hot)) put(hot, "hot");
  }

  function point(event) {
    const now = event.target.closest?.("[data-lights]") ?? null;
    const one = now?.matches("details, .choice, .question") ? null : now;
    if (one !== hot) {
      hot = one;
      light();
    }
  }

  /* What has the keyboard is not to lie below the picture, which stays in sight. */
  function clear() {
    const stays = getComputedStyle(picture).position === "sticky";
    document.documentElement.style.scrollPaddingTop = stays ? `${picture.offsetHeight + 8}px` : "";
  }

  function turn(to) {
    front = to;
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", at === to);
      tab.tabIndex = at === to ? 0 : -1;
      panels[at].classList.toggle("x", at !== to);
    });
    root.dataset.front = name(to);
    root.classList.toggle("asking", to > 0);
    clear();
    light();
    root.dispatchEvent(new CustomEvent("turned", { detail: name(to) }));
  }

  const ways = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  root.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    if (!(event.key in ways) || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = tabs.length - 1;
    const step = ways[event.key];
    const to = Number.isFinite(step) ? (front + step + tabs.length) % tabs.length : step < 0 ? 0 : last;
    turn(to);
    tabs[to].focus();
    event.preventDefault();
    event.stopPropagation();
  });
  tabs.forEach((tab, at) => tab.addEventListener("click", () => turn(at)));

  /* Of several answers the one is shown that is chosen. */
  for (const list of root.querySelectorAll(".choose select")) {
    const answers = [...list.closest(".choose").parentElement.children].filter((each) =>
      each.classList.contains("choice"),
    );
    const choose = () => {
      answers.forEach((each, at) => each.classList.toggle("x", at !== list.selectedIndex));
      light();
    };
    list.addEventListener("change", choose);
    choose();
  }

  /* Of several paths one is open. */
  for (const path of root.querySelectorAll("details.path"))
    path.addEventListener("toggle", () => {
      if (path.open)
        for (const other of path.parentElement.querySelectorAll(":scope > details[open]"))
          if (other !== path) other.open = false;
      light();
    });

  /* A slider over nudges shows the secant of one, and what is said of it. */
  for (const slider of root.querySelectorAll(".nudge input")) {
    const words = slider.dataset.words.split("|");
    const within = slider.closest(".choice, .answer");
    const slide = () => {
      for (const each of within.querySelectorAll(".h"))
        each.classList.toggle("x", !each.classList.contains(`h${slider.value}`));
      slider.setAttribute("aria-valuetext", words[slider.value]);
    };
    slider.addEventListener("input", slide);
    slider.closest(".nudge").hidden = false;
    slide();
  }

  function go(event) {
    const row = event.target.closest("[data-step]");
    if (!row || (event.key && (event.key !== "Enter" || event.target !== row))) return;
    walk.go(Number(row.dataset.step));
  }

  /* The row of the step that the walk stands on is lit. */
  function follow() {
    for (const row of root.querySelectorAll("tr.now")) row.classList.remove("now");
    for (const row of root.querySelectorAll(`tr[data-step="${walk.at()}"]`)) row.classList.add("now");
  }

  root.addEventListener("walked", follow);
  addEventListener("resize", clear);
  root.addEventListener("pointerover", point);
  root.addEventListener("focusin", point);
  root.addEventListener("click", go);
  root.addEventListener("keydown", go);
  root.querySelector("[role=tablist]").hidden = false;
  root.classList.add("tabbed");
  turn(0);
  follow();
  return {
    front: () => name(front),
    light,
    turn: (to) => turn(Math.max(panels.findIndex((panel) => panel.id === to), 0)),
  };
}

/* Answers to choose from, and what they light in the picture; `front` gives those in front. */
function answers(root, front) {
  "use strict";
  const lamps = new Map();
  for (const lamp of root.querySelectorAll(".lamp")) lamps.set(lamp.dataset.k, lamp);

  /* What is open in front is lit; what is pointed at, more strongly. */
  const opened = ["details[open]", ".choice", ".question"].map((kind) => `${kind}[data-lights]`).join();
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
    heat(front().querySelector("[data-heat]")?.dataset.heat);
    const put = (element, kind) => {
      for (const key of element.dataset.lights.split(" ")) lamps.get(key)?.classList.add(kind);
    };
    for (const each of front().querySelectorAll(opened))
      if (!each.closest(".choice.x")) put(each, "on");
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

  /* Of the rows of a table one is reached by Tab, and the others from there with the arrow keys. */
  for (const body of root.querySelectorAll("tbody")) {
    const rows = [...body.rows].filter((row) => row.tabIndex === 0);
    const reach = (to) => rows.forEach((row) => (row.tabIndex = row === to ? 0 : -1));
    reach(rows[0]);
    body.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const next = rows[rows.indexOf(event.target) + by];
      if (!by || !next || !rows.includes(event.target)) return;
      event.preventDefault();
      reach(next);
      next.focus();
    });
  }

  root.addEventListener("pointerover", point);
  root.addEventListener("focusin", point);
  light();
  return light;
}

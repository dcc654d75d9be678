/* The questions beside a walk, each behind a tab of its own. */
function questions(root, walk) {
  "use strict";
  const tabs = [...root.querySelectorAll("[role=tab]")];
  const panels = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
  const picture = root.querySelector(".picture");
  const name = (at) => panels[at].id;
  let front = 0;
  const light = answers(root, () => panels[front]);

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

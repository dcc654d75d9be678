/* Walks in one element that holds a walk: shows what its marks say, and gives the buttons life. */
function gradwalk(root) {
  "use strict";
  const PACE = 1100;
  const [PART, WHOLE] = [0.001, 0.999];
  const steps = [...root.querySelectorAll(".line input")];
  const picture = root.querySelector(".picture");
  const [first, back, play, next, last] = root.querySelectorAll(".buttons button");
  const marks = [...root.querySelectorAll(".k,.z")].map((mark) => {
    const told = { f: 0, u: Infinity, p: 0, q: 0 };
    for (const [, kind, step] of mark.getAttribute("class").matchAll(/\b([fuspq])(\d+)\b/g)) {
      if (kind === "s") [told.f, told.u] = [Number(step), Number(step) + 1];
      else told[kind] = Number(step);
    }
    /* After a whole step, all of its contributions are there: they count in thousandths. */
    return { mark, from: told.f + told.p * PART, until: told.u + told.q * PART, seen: undefined };
  });
  let clock = 0;
  let hides = () => false;
  let finer = null; /* what goes within a step, where steps are finer than blocks */

  /* What was copied with its names, as a cell of a notebook can be, is a row of its own again. */
  const name = `walk-${Math.random()}`;
  const begin = steps.find((step) => step.defaultChecked);
  for (const step of steps) step.name = name;
  begin.checked = true;

  const at = () => steps.findIndex((step) => step.checked);

  function follow() {
    const here = at();
    const arrived = finer?.arrived() ?? Infinity;
    const shown = hides(here) ? here - 1 + WHOLE : here + Math.min(arrived * PART, WHOLE);
    for (const one of marks) {
      const seen = one.from <= shown && shown < one.until;
      if (seen !== one.seen) one.mark.classList.toggle("x", !seen);
      one.seen = seen;
    }
    back.disabled = first.disabled = here === 0;
    next.disabled = last.disabled = here === steps.length - 1 && !finer?.goes(1);
    const lit = picture.querySelector(".k:not(.x) > .r1, .z:not(.x) > .r1");
    if (lit && picture.scrollWidth > picture.clientWidth) {
      const [box, room] = [lit.getBoundingClientRect(), picture.getBoundingClientRect()];
      const aside = box.left + box.width / 2 - room.left - room.width / 2;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      picture.scrollBy({ left: aside, behavior: still ? "auto" : "smooth" });
    }
    root.dispatchEvent(new CustomEvent("walked", { detail: here }));
  }

  function go(to) {
    const here = Math.min(Math.max(to, 0), steps.length - 1);
    steps[here].checked = true;
    if (steps.includes(document.activeElement)) steps[here].focus();
    follow();
  }

  const on = (by) => {
    if (finer?.goes(by)) finer.go(by);
    else go(at() + by);
  };

  function rest() {
    clearInterval(clock);
    clock = 0;
    play.setAttribute("aria-label", "Play");
    play.title = "Play";
    play.classList.remove("playing");
  }

  function start() {
    if (next.disabled) go(0);
    play.setAttribute("aria-label", "Pause");
    play.title = "Pause";
    play.classList.add("playing");
    clock = setInterval(() => {
      on(1);
      if (next.disabled || !root.isConnected) rest();
    }, PACE);
  }

  const moves = {
    ArrowLeft: () => on(-1),
    ArrowRight: () => on(1),
    Home: () => go(0),
    End: () => {
      go(steps.length - 1);
      finer?.end();
    },
  };

  function press(move) {
    rest();
    move();
  }

  function key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target === picture && picture.scrollWidth > picture.clientWidth) return;
    if (!steps.includes(event.target) && event.target.closest?.("input, select, [role=grid]")) return;
    if (event.key in moves) press(moves[event.key]);
    else if (event.key !== " " || event.target.closest?.("button, summary")) return;
    else if (clock) rest();
    else start();
    event.preventDefault();
    event.stopPropagation();
  }

  first.addEventListener("click", () => press(moves.Home));
  back.addEventListener("click", () => press(moves.ArrowLeft));
  next.addEventListener("click", () => press(moves.ArrowRight));
  last.addEventListener("click", () => press(moves.End));
  play.addEventListener("click", () => (clock ? rest() : start()));
  root.querySelector(".line").addEventListener("change", () => press(follow));
  root.addEventListener("keydown", key);
  root.querySelector(".buttons").hidden = false;
  root.classList.add("live"); /* from now on the style sheet leaves it to the script */
  follow();
  const hide = (when) => {
    hides = when;
    follow();
  };
  const refine = (by) => {
    finer = by;
    follow();
  };
  return { go: (to) => press(() => go(to)), key, at, hide, follow, refine };
}

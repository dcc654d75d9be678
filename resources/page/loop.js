/* Lights the lines of code that run in a step, and goes from line to line where that is wished. */
function loop(root, walk) {
  "use strict";
  const panel = root.querySelector(".loop");
  if (!panel) return;
  const steps = JSON.parse(panel.querySelector(".loop-data").textContent);
  const turn = root.querySelectorAll(".line .fw").length;
  const [fore, back] = [".fore", ".back"].map((kind) => panel.querySelector(`.code${kind}`));
  const list = panel.querySelector(".waiting");
  const choices = [...panel.querySelectorAll(".grains input")];
  let stood = walk.at();
  let part = 0; /* which of the stops within the step */

  /* What was copied with its names, as a cell of a notebook can be, is a row of its own again. */
  const name = `grain-${Math.random()}`;
  for (const choice of choices) choice.name = name;
  choices.find((choice) => choice.defaultChecked).checked = true;

  const grain = () => choices.find((choice) => choice.checked).value;

  /* The lines at which the walk stands still within a step; none where it is shown as a whole. */
  function stops() {
    const step = steps[walk.at()];
    if (!step.parts || grain() === "block") return [];
    return grain() === "line" ? step.parts.map((_, at) => at) : step.stops;
  }

  const stop = () => stops()[Math.min(part, stops().length - 1)];

  const finer = {
    arrived: () => (stop() === undefined ? Infinity : steps[walk.at()].parts[stop()][2]),
    goes: (by) => part + by >= 0 && part + by < stops().length,
    go: (by) => {
      part += by;
      walk.follow();
    },
    end: () => finer.go(Math.max(stops().length - 1, 0) - part),
  };

  function show() {
    const here = walk.at();
    if (here !== stood) part = here < stood ? Math.max(stops().length - 1, 0) : 0;
    const moved = here !== stood;
    stood = here;
    if (moved && stops().length) return walk.follow(); /* once more, for what has arrived */
    const step = steps[here];
    const last = stop() ?? (step.parts?.length ?? 0) - 1;
    fore.hidden = here >= turn;
    back.hidden = here < turn;
    const lines = [...(here < turn ? fore : back).children];
    for (const line of lines) {
      line.className = "";
      line.lastChild.textContent = "";
    }
    (step.parts ?? []).slice(0, last + 1).forEach(([at, said]) => {
      lines[at].lastChild.textContent = said;
      lines[at].className = "ran";
    });
    const running = stop() === undefined ? step.running : step.parts[last][0];
    lines[running].className = "running";
    lines[running].setAttribute("aria-current", "step");
    for (const line of lines) if (line !== lines[running]) line.removeAttribute("aria-current");
    list.textContent = stop() === undefined ? step.list : step.parts[last][3];
  }

  for (const choice of choices)
    choice.addEventListener("change", () => {
      part = 0;
      walk.follow();
    });
  root.addEventListener("walked", show);
  panel.hidden = false;
  walk.refine(finer);
}

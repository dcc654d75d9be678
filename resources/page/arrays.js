/* Shows the arrays of a step, and lights what an element has to do with while it is pointed at. */
function arrays(root, walk, asking) {
  "use strict";
  const data = root.querySelector(".arrays-data");
  if (!data) return;
  const { steps, words } = JSON.parse(data.textContent);
  const panel = root.querySelector("#arrays");
  const said = panel.querySelector(".said");
  const room = panel.querySelector(".grids");
  let stood = -1;
  let grids = [];

  const make = (kind, name, text) => {
    const made = document.createElement(kind);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  };

  function grid(picture, at) {
    const figure = make("figure");
    const caption = make("figcaption");
    caption.append(make("b", picture.back ? "orange" : "blue", picture.head));
    if (picture.shape) caption.append(make("span", "", picture.shape));
    if (picture.rule) caption.append(make("code", "", picture.rule));
    const copy = make("button", "", "Copy");
    copy.type = "button";
    copy.setAttribute("aria-label", `Copy ${picture.head}`);
    copy.addEventListener("click", () => navigator.clipboard?.writeText(picture.copy));
    caption.append(copy);
    const table = make("table", picture.back ? "grid back" : "grid");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", picture.head);
    const [, columns] = picture.rows;
    const cells = picture.cells.map((text, index) => {
      const cell = make("td", "", text);
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-label", `${picture.names[index]} = ${text}`);
      cell.style.setProperty("--s", picture.shades[index]);
      cell.tabIndex = index ? -1 : 0;
      cell.addEventListener("pointerenter", () => point(at, index));
      cell.addEventListener("focus", () => point(at, index));
      return cell;
    });
    for (let first = 0; first < cells.length; first += columns) {
      const row = table.insertRow();
      row.setAttribute("role", "row");
      row.append(...cells.slice(first, first + columns));
    }
    table.addEventListener("keydown", (event) => move(event, cells, columns));
    table.addEventListener("pointerleave", rest);
    table.addEventListener("focusout", rest);
    figure.append(caption, table);
    return [figure, cells];
  }

  function move(event, cells, columns) {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const at = cells.indexOf(event.target);
    const to = { ...moves, Home: -at, End: cells.length - 1 - at }[event.key];
    if (to === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = cells[at + to];
    if (!next) return;
    for (const cell of cells) cell.tabIndex = cell === next ? 0 : -1;
    next.focus();
  }

  function point(at, index) {
    const one = steps[walk.at()].lit[at];
    const [sentence, masks] = one[index] ?? one[0] ?? [words.hint, []];
    said.textContent = sentence;
    grids.forEach((cells, other) => {
      const mask = masks[other];
      cells.forEach((cell, each) => {
        cell.classList.toggle("here", other === at && each === index);
        const is = !mask || mask.includes(each);
        cell.classList.toggle("off", Boolean(masks.length) && other !== at && !is);
      });
    });
  }

  function rest() {
    said.textContent = words.hint;
    for (const cell of grids.flat()) cell.classList.remove("here", "off");
  }

  function follow() {
    const front = asking.front() === "arrays";
    if (!front || stood === walk.at()) return;
    stood = walk.at();
    const step = steps[stood];
    grids = [];
    room.replaceChildren();
    panel.querySelector("h3")?.remove();
    if (!step?.pictures) {
      said.textContent = words[step ?? "single"];
      return;
    }
    const title = make("h3", "", step.title);
    said.before(title);
    step.pictures.forEach((picture, at) => {
      const [figure, cells] = grid(picture, at);
      grids.push(cells);
      if (!picture.times) room.append(make("div", "pair"));
      room.lastElementChild.append(figure);
    });
    rest();
  }

  root.addEventListener("walked", follow);
  root.addEventListener("turned", follow);
  follow();
}

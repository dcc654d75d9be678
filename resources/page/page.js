/* The page has one walk: all keys are for it, and its address tells the step and the question. */
{
  const root = document.querySelector(".gradwalk");
  const asked = () => /^#step-(\d+)(?:-(\w+))?$/.exec(location.hash) ?? [];
  const [, begin, question] = asked();
  const walk = gradwalk(root);
  loop(root, walk);
  const asking = questions(root, walk);
  arrays(root, walk, asking);
  predict(root, walk, asking);
  const tell = () => {
    const front = asking.front();
    const tail = front === "step" ? "" : `-${front}`;
    history.replaceState(null, "", `#step-${walk.at() + 1}${tail}`);
  };
  if (question) asking.turn(question);
  root.addEventListener("walked", tell);
  root.addEventListener("turned", tell);
  document.addEventListener("keydown", walk.key);
  addEventListener("hashchange", () => {
    const [, step, front] = asked();
    asking.turn(front);
    walk.go(Number(step ?? 0) - 1);
  });
  if (begin) walk.go(begin - 1);

  const look = root.querySelector(".look");
  const page = document.documentElement;
  look.addEventListener("click", () => {
    const dark = getComputedStyle(page).getPropertyValue("--dark").trim() === "1";
    page.classList.toggle("dark", !dark);
    page.classList.toggle("light", dark);
  });
  look.hidden = false;
}

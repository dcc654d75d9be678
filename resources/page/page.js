/* The page has one walk: all keys are for it, and its address tells the step. */
{
  const root = document.querySelector(".gradwalk");
  const asked = () => Number(/^#step-(\d+)$/.exec(location.hash)?.[1] ?? 0);
  const begin = asked();
  const walk = gradwalk(root);
  const tell = (step) => history.replaceState(null, "", `#step-${step + 1}`);
  root.addEventListener("walked", (event) => tell(event.detail));
  document.addEventListener("keydown", walk.key);
  addEventListener("hashchange", () => walk.go(asked() - 1));
  if (begin) walk.go(begin - 1);
}

/* Asks for each number before it is shown, and holds what is typed against what is right. */
function predict(root, walk, asking) {
  "use strict";
  const form = root.querySelector(".quiz");
  if (!form) return;
  const { steps, words, close, coarsest, constants } = JSON.parse(
    root.querySelector(".quiz-data").textContent,
  );
  const [line, tell, on] = [form.querySelector("input"), ...form.querySelectorAll("[type=button]")];
  const [question, prompt, tables] = [".question", ".prompt", ".tables"].map((each) => form.querySelector(each));
  const [symbol, reply, score] = [".symbol", ".reply", ".score"].map((each) => form.querySelector(each));
  const submit = form.querySelector("[type=submit]");
  const done = new Map(); /* how many of the questions of a step are through */
  const count = { asked: 0, told: 0, once: 0 };
  let wrong = 0;

  const flat = (value) => [value].flat(Infinity).map(Number);

  function judge(asked, text) {
    let given;
    try {
      given = read(text, constants);
    } catch (kind) {
      if (typeof kind !== "string") throw kind;
      return [false, words[kind].replace("%", () => text.trim().split(/\s+/).join(" "))];
    }
    const digits = /^[^.]*\.(\d+)$/.exec(text.trim());
    const slack = digits ? 0.5 * 10 ** -digits[1].length : 0;
    const fits = (right) => shape(given).join() === shape(right).join();
    const each = (right, test) => {
      const there = flat(given);
      return flat(right).every((number, at) => test(Math.abs(there[at] - number), Math.abs(number)));
    };
    const exact = (off, size) => off <= slack && size >= slack;
    const near = (off, size) =>
      off <= Math.max(close * size, size >= slack ? Math.min(slack, coarsest) : 0);
    for (const test of [exact, near]) {
      if (fits(asked.answer) && each(asked.answer, test)) return [true, asked.why];
      for (const [trap, hint] of asked.traps)
        if (fits(trap) && each(trap, test)) return [false, hint];
    }
    if (!fits(asked.answer)) return [false, asked.misfit];
    const negative = [asked.answer].flat(Infinity).map((number) => -number);
    if (flat(given).every((number, at) => near(Math.abs(number - negative[at]), Math.abs(negative[at]))))
      return [false, words.sign];
    return [false, asked.not];
  }

  const current = () => steps[walk.at()]?.[done.get(walk.at()) ?? 0];
  const asks = () => asking.front() === "predict" && current() !== undefined;

  function follow() {
    const asked = current();
    const away = (part, when) => part.classList.toggle("away", when);
    for (const part of [line.parentElement, submit, tell]) away(part, !asked);
    away(on, Boolean(asked));
    prompt.textContent = asked ? asked.prompt : words.on;
    tables.textContent = asked?.tables ?? "";
    symbol.textContent = asked ? `${asked.symbol} =` : "";
    if (asked?.lights) question.dataset.lights = asked.lights;
    else delete question.dataset.lights;
    const told = { t: count.told, a: count.asked, o: count.once };
    score.textContent = count.asked ? words.score.replace(/%([tao])/g, (_, key) => told[key]) : "";
    if (asking.front() === "predict") asking.light();
  }

  function say(sentence, kind) {
    reply.textContent = sentence;
    reply.className = `reply ${kind}`;
  }

  function through() {
    done.set(walk.at(), (done.get(walk.at()) ?? 0) + 1);
    wrong = 0;
    line.value = "";
    walk.follow();
    (current() ? line : on).focus();
  }

  function answer() {
    const asked = current();
    if (!asked) return;
    const text = line.value;
    if (!wrong) count.asked += 1;
    if (words.tell.includes(text.trim())) {
      say(`→ ${asked.why}`, "");
      return through();
    }
    const [right, sentence] = judge(asked, text);
    if (right) {
      count.told += 1;
      if (!wrong) count.once += 1;
      say(`✓ ${words.right} ${sentence}`, "good");
      return through();
    }
    wrong += 1;
    say(`✗ ${sentence}`, "bad");
    line.select();
    follow();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
  tell.addEventListener("click", () => {
    line.value = "";
    answer();
  });
  on.addEventListener("click", () => {
    walk.go(walk.at() + 1);
    if (current()) line.focus();
  });
  let stood = walk.at();
  root.addEventListener("walked", () => {
    if (walk.at() !== stood) {
      wrong = 0;
      say("", "");
      line.value = "";
    }
    stood = walk.at();
    follow();
  });
  root.addEventListener("turned", () => walk.follow());
  form.hidden = false;
  walk.hide(asks);
  follow();
}

/* Reads a number, a fraction like pi/4, or an array like [1, 2], as `parse_value` does. It gives
   nested lists of numbers; what is no value is thrown as "nothing", rows of other lengths as "uneven". */
function read(text, constants) {
  "use strict";
  const pieces =
    /\s*(?:((?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/()[\],])|(\S))/y;
  const plain = text.replaceAll("−", "-").trim();
  const tokens = [];
  while (pieces.lastIndex < plain.length) {
    const found = pieces.exec(plain);
    if (!found || found[4]) throw "nothing";
    const [, number, name, sign] = found;
    if (number) tokens.push(Number(number.replaceAll("_", "")));
    else if (name && Object.hasOwn(constants, name)) tokens.push(Number(constants[name].toString().replace("inf", "Infinity")));
    else if (name) throw "nothing";
    else tokens.push(sign);
  }
  let at = 0;
  const take = (sign) => tokens[at] === sign && ++at;
  const numbers = (...all) => {
    if (!all.every((each) => typeof each === "number")) throw "nothing";
  };

  function listed(end) {
    const items = [];
    let commas = 0;
    while (at < tokens.length && tokens[at] !== end) {
      items.push(sum());
      if (!take(",")) break;
      commas += 1;
    }
    return [items, commas];
  }

  function atom() {
    const token = tokens[at++];
    if (typeof token === "number") return token;
    if (token === "[") {
      const [items] = listed("]");
      if (!take("]")) throw "nothing";
      return items;
    }
    if (token === "(") {
      const [items, commas] = listed(")");
      if (!take(")")) throw "nothing";
      return items.length === 1 && !commas ? items[0] : items;
    }
    throw "nothing";
  }

  function power() {
    const base = atom();
    if (!take("**")) return base;
    const raised = signed();
    numbers(base, raised);
    return base ** raised;
  }

  function signed() {
    const sign = take("-") ? -1 : take("+") ? 1 : 0;
    if (!sign) return power();
    const value = signed();
    numbers(value);
    return sign * value;
  }

  function product() {
    let found = signed();
    while (tokens[at] === "*" || tokens[at] === "/") {
      const times = tokens[at++] === "*";
      const next = signed();
      numbers(found, next);
      found = times ? found * next : found / next;
    }
    return found;
  }

  function sum() {
    let found = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      const plus = tokens[at++] === "+";
      const next = product();
      numbers(found, next);
      found = plus ? found + next : found - next;
    }
    return found;
  }

  const [items, commas] = listed();
  if (at < tokens.length || !items.length) throw "nothing";
  const value = items.length === 1 && !commas ? items[0] : items;
  shape(value);
  return value;
}

/* Gives the lengths along the axes of nested lists; thrown as "uneven" where they differ. */
function shape(value) {
  if (!Array.isArray(value)) return [];
  const inner = value.map((each) => shape(each).join());
  if (inner.some((each) => each !== inner[0])) throw "uneven";
  return [value.length, ...(value.length ? shape(value[0]) : [])];
}

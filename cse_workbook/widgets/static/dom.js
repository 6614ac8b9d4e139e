/* Make elements. Every text becomes a text node: nothing that a person wrote is ever markup. */

/** Make an element. A name that begins with "on" is a listener; true is an empty attribute. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined && value !== "") {
      element.setAttribute(name, value);
    }
  }
  const wanted = children.flat(Infinity).filter((child) => child || child === 0);
  element.append(...wanted);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  tick: "M10 0a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 14.6 4 10.1l1.6-1.6 2.9 2.9 5.9-5.9L16 7.1z",
  triangle: "M10 1 0 19h20zM9 7h2v6H9zm0 7.5h2v2H9z",
};

/** Draw a shape that says a state once more; the words beside it say it already. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  path.setAttribute("fill-rule", "evenodd");
  for (const [key, value] of [["viewBox", "0 0 20 20"], ["aria-hidden", "true"]]) {
    svg.setAttribute(key, value);
  }
  svg.setAttribute("class", "cse-icon");
  svg.append(path);
  return svg;
}

/** Words that are read out and not seen. */
export function unseen(text) {
  return h("span", { class: "visually-hidden" }, text);
}

/** Make a link that does something here: it leads nowhere, so that it cannot be opened elsewhere. */
export function link(act, content, attributes) {
  const onclick = (event) => {
    event.preventDefault();
    act(event.currentTarget);
  };
  return h("a", { class: "cse-link", href: "#", onclick, ...attributes }, content);
}

/** Make a link that presses something; `acts` has `press(to, how)`. */
export function pressLink(acts, to, content, attributes) {
  return link((element) => acts.press(to, { element }), content, { "data-to": to, ...attributes });
}

/** The element that has the focus, as far as the tree that this one stands in can tell. */
export function focusedBeside(element) {
  return element.getRootNode().activeElement ?? null;
}

/** Let a word as long as an address break where there is no room for it; what it says is the same. */
export function breakable(words) {
  if (!/\S{25}/.test(words)) return words;
  return words.match(/\s*\S{1,20}|\s+/g).flatMap((part, place) => (place ? [h("wbr"), part] : [part]));
}

const OUTSIDE = ["https:", "mailto:", "tel:"];

/** Turn runs of text into nodes. `acts` has `press(to, how)` and `jump(id)`. */
export function rich(runs, acts) {
  return (runs ?? []).map((run) => {
    if (typeof run === "string") return breakable(run);
    if (run.strong !== undefined) return h("strong", {}, breakable(run.strong));
    if (run.key !== undefined) return h("kbd", {}, run.key);
    if (run.mark !== undefined) return h("span", { class: "cse-mark", "aria-hidden": "true" }, run.mark);
    const text = [breakable(run.text), run.hidden && unseen(`${run.text ? " " : ""}${run.hidden}`)];
    if (run.to !== undefined) return pressLink(acts, run.to, text);
    if (run.focus !== undefined) return link(() => acts.jump(run.focus), text);
    if (run.href !== undefined && OUTSIDE.includes(new URL(run.href, "about:blank").protocol)) {
      return h("a", { class: "cse-link", href: run.href, rel: "noreferrer" }, text);
    }
    return h("span", {}, text);
  });
}

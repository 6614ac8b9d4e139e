/* Find things on a page, and bring the focus to them. */
import { focusedBeside } from "./dom.js";
import { idOf } from "./form.js";

const FOCUSABLE = "a, button, input, textarea, summary, [tabindex]";

function find(root, id) {
  return id ? root.querySelector(`#${CSS.escape(id)}`) : null;
}

const outside = (element) => element.parentElement ?? element.getRootNode().host;

/** What scrolls around an element: the window, or in a notebook a part of it. */
export function scrollerOf(element) {
  for (let each = outside(element); each; each = outside(each)) {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(each).overflowY);
    if (scrolls && each.scrollHeight > each.clientHeight) return each;
  }
  return document.scrollingElement;
}

/** Bring the focus to an element, and open what it is folded away in. */
export function jump(root, id) {
  const element = find(root, id);
  if (element === null) return;
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  const inside = element.matches("fieldset") && element.querySelector("input:checked, input");
  const target = inside ? (element.querySelector("input:checked") ?? inside) : element;
  if (!target.matches(FOCUSABLE)) target.tabIndex = -1;
  (element.querySelector("legend") ?? element).scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

/** Find an element again, or what stands in its place on the page as it is now. */
function sameAs(element, root, content) {
  if (element === null || root.contains(element)) return element;
  const to = element.dataset.to && `[data-to="${CSS.escape(element.dataset.to)}"]`;
  return find(content, element.id) ?? (to ? content.querySelector(to) ?? root.querySelector(to) : null);
}

/** Bring the focus to the first box of a field. */
export function jumpToField(root, field) {
  const id = idOf(field);
  jump(root, [id, `${id}-day`, `q-${field.split(".").at(-1)}`].find((each) => find(root, each)));
}

/** What is to be kept of a page that is shown again: where it stands, what has the focus, what is open. */
export function stateOf({ root, content }) {
  const focused = focusedBeside(root);
  const open = [...content.querySelectorAll("details[open] > summary")];
  return {
    scrolled: scrollerOf(root).scrollTop,
    focused,
    unfolded: open.map((each) => each.textContent),
  };
}

/**
 * Bring the focus to where it belongs on a page that is shown in `frame` in place of the page
 * `before`; the same page shown again keeps it, its place and its folds, as far as they still are. A
 * page with another heading is another one.
 */
export function focusOn({ root, content, alert }, page, before, { focused, scrolled, unfolded }) {
  const summary = content.querySelector(".cse-errors");
  const same = before?.id === page.id && before.heading === page.heading;
  for (const each of same ? content.querySelectorAll("details > summary") : []) {
    if (unfolded.includes(each.textContent)) each.parentElement.open = true;
  }
  if (find(content, page.focus)) jump(content, page.focus);
  else if (page.alert) alert.focus();
  else if (summary) summary.focus();
  else if (same) {
    scrollerOf(root).scrollTop = scrolled;
    const likely = [sameAs(focused, root, content), ...content.querySelectorAll("button.cse-button")];
    const kept = likely.find((each) => each?.offsetParent) ?? content.querySelector("h1");
    kept?.focus({ preventScroll: true });
  } else if (before !== null) {
    root.scrollIntoView({ block: "start" });
    content.querySelector("h1")?.focus();
  }
}

/** Make all boxes read only. */
export function freeze(content) {
  for (const box of content.querySelectorAll("input, textarea")) {
    if (box.matches("textarea, [type=text]")) box.readOnly = true;
    else box.disabled = true;
  }
}

/** Open everything that is folded away, for print; give what closes it again. */
export function unfold(root) {
  const folded = [...root.querySelectorAll("details:not([open])")];
  for (const each of folded) each.open = true;
  return () => folded.forEach((each) => (each.open = false));
}

/* Find things on a page, and bring the focus to them. */
import { idOf } from "./form.js";

const FOCUSABLE = "a, button, input, textarea, summary, [tabindex]";

function find(root, id) {
  return id ? root.querySelector(`#${CSS.escape(id)}`) : null;
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

/** Bring the focus to the first box of a field. */
export function jumpToField(root, field) {
  const id = idOf(field);
  jump(root, [id, `${id}-day`, `q-${field.split(".").at(-1)}`].find((each) => find(root, each)));
}

/**
 * Bring the focus to where it belongs on a page that is shown in `frame` in place of the page
 * `before`; the same page shown again keeps it, and its place, as far as that is still there.
 */
export function focusOn({ content, alert }, page, before, { focused, scrolled }) {
  const summary = content.querySelector(".cse-errors");
  if (page.focus) jump(content, page.focus);
  else if (page.alert) alert.focus();
  else if (summary) summary.focus();
  else if (before?.id === page.id) {
    window.scrollTo(0, scrolled);
    const same = find(content, focused);
    const kept = same?.offsetParent ? same : content.querySelector("button.cse-button");
    (kept ?? content.querySelector("h1"))?.focus({ preventScroll: true });
  } else if (before !== null) {
    window.scrollTo(0, 0);
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

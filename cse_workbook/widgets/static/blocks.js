/* The parts of a page that are read or pressed, and the one place that knows all kinds of parts. */
import { h, link, pressLink, rich, unseen } from "./dom.js";
import { area, checkboxes, date, input, radios } from "./fields.js";
import { blanks, letter, question } from "./question.js";

const HEARD = 100; // a screen reader has to know a place before it hears what changes there

/** Make a block of a page, shown only while its conditions hold. */
export function build(form, block) {
  const make = KINDS[block.kind];
  if (make === undefined) throw new Error(`No block of the kind ${block.kind}`);
  const inner = (each) => build(form, each);
  const element = make(form, block, inner);
  if (block.id) element.id = block.id;
  const announced = block.kind === "emergency" && block.alert;
  if (block.when && !announced) form.when(block.when, (shown) => (element.hidden = !shown));
  return element;
}

const text = (form, { text: runs, style }) =>
  h("p", { class: `cse-text cse-text--${style ?? "body"}` }, rich(runs, form.acts));

const heading = (form, { text: words, level }) => h(`h${level}`, {}, words);

const quote = (form, { text: words, source }) =>
  h("figure", { class: "cse-quote" }, h("blockquote", {}, h("p", {}, `“${words}”`)), h("figcaption", {}, source));

const boxed = (kind) => (form, block, inner) => h("div", { class: `cse-${kind}` }, block.blocks.map(inner));

/** With `sheet` it is printed on pages of its own; with `large` it can be read across a room. */
function section(form, { label, blocks: inside, sheet, large }, inner) {
  const classes = `${sheet ? "cse-sheet" : ""} ${large ? "cse-across-a-room" : ""}`.trim();
  return h("section", { "aria-label": label, class: classes }, inside.map(inner));
}

function details(form, block, inner) {
  const summary = h("summary", {}, h("span", {}, rich(block.summary, form.acts)));
  return h("details", { class: "cse-details" }, summary, h("div", { class: "cse-details__text" }, block.blocks.map(inner)));
}

/** The red box. As an alert its place is there from the start and is filled when it is called for. */
function emergency(form, block) {
  const box = h("p", { class: "cse-emergency" }, rich(block.text, form.acts));
  if (!block.alert) return box;
  const place = h("div", { role: "alert" });
  if (!block.when) place.append(box);
  else form.when(block.when, (shown) => place.replaceChildren(...(shown ? [box] : [])));
  return place;
}

const dangerLine = () =>
  h("p", { class: "cse-danger" }, h("strong", {}, "Immediate danger?"), " Call ", h("strong", {}, "999"), " now.");

const letters = (form, { items }) =>
  h("dl", { class: "cse-letters" }, items.map((item) =>
    h("div", {},
      h("dt", {}, letter({ mark: item.mark, text: item.text }), h("span", { "aria-hidden": "true" }, item.text)),
      item.questions.map((each) => h("dd", {}, link(() => form.acts.jump(each.focus), each.text))))));

function buttons(form, { items }) {
  return h("div", { class: "cse-buttons" }, items.map((item) => {
    if (item.style === "link") return pressLink(form.acts, item.to, item.text);
    const act = item.print ? () => form.acts.print() : (event) =>
      form.acts.press(item.to, { element: event.currentTarget, working: item.working });
    const classes = `cse-button ${item.style === "secondary" ? "cse-button--secondary" : ""}`;
    return h("button", { type: "button", class: classes, onclick: act, "data-to": item.to }, item.text);
  }));
}

function tasks(form, { groups }) {
  let n = 0;
  const task = (item) => {
    n += 1;
    const [hint, status] = [`task-${n}-hint`, `task-${n}-status`];
    const described = `${item.hint ? `${hint} ` : ""}${status}`;
    const name = item.to
      ? pressLink(form.acts, item.to, item.text, { "aria-describedby": described })
      : h("span", {}, item.text);
    const tone = `cse-tag cse-tag--${item.status.tone}`;
    return h("li", { class: "cse-task" },
      h("div", {}, name, item.hint && h("div", { class: "cse-hint", id: hint }, item.hint)),
      h("div", { id: status, class: "cse-task__status" }, h("span", { class: tone }, item.status.text)));
  };
  return h("div", {}, groups.map((group) => [
    h("h2", {}, group.heading),
    h("ul", { class: "cse-tasks" }, group.items.map(task)),
  ]));
}

/**
 * A table that stays a table for a screen reader when a narrow page shows it as blocks; with
 * `scroll` it is never shown so. A cell is one text, or a list of them: a line each.
 */
function table(form, { caption, columns, rows, widths, scroll, row_headers: named }) {
  const head = columns.map((words, place) =>
    h("th", { role: "columnheader", scope: "col", width: widths?.[place] }, words || unseen("Choice")));
  const lines = (runs) =>
    Array.isArray(runs[0])
      ? runs.map((each) => h("span", { class: "cse-table__line" }, rich(each, form.acts)))
      : h("span", {}, rich(runs, form.acts));
  const cell = (runs, place) => {
    const leads = named && place === 0;
    return h(leads ? "th" : "td", leads ? { role: "rowheader", scope: "row" } : { role: "cell" },
      place ? h("span", { class: "cse-table__head", "aria-hidden": "true" }, `${columns[place]}: `) : null,
      lines(runs));
  };
  const made = h("table", { class: `cse-table cse-table--${scroll ? "scroll" : "stack"}`, role: "table" },
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
    h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" }, row.map(cell)))));
  return scroll ? scrolling(scroll, made) : made;
}

/** The one kind of place that scrolls sideways: it can be reached by the keyboard, and has a name. */
const scrolling = (label, inside) =>
  h("div", { class: "cse-scroll", role: "region", "aria-label": label, tabindex: "0" }, inside);

/** A drawing is shown as an image: nothing in it can run, be pressed or be asked for elsewhere. */
function picture(form, { svg, alt, label, width, height }) {
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  return scrolling(label, h("img", { class: "cse-picture", src, alt, width, height }));
}

function summary(form, block) {
  const change = (to) => to && pressLink(form.acts, to.to, ["Change", unseen(` ${to.hidden}`)]);
  const row = (each) =>
    h("div", { class: "cse-summary__row" },
      h("dt", {}, each.key),
      h("dd", {},
        each.value.map((runs) => h("p", {}, rich(runs, form.acts))),
        each.small && h("p", { class: "cse-small" }, rich(each.small, form.acts))),
      each.change && h("dd", { class: "cse-summary__change" }, change(each.change)));
  return h("div", { class: "cse-summary" },
    h("div", { class: "cse-summary__head" }, h("h2", {}, block.heading), change(block.change)),
    h("dl", {}, block.rows.map(row)));
}

/** The two views, equal in size; the left one is the heading of the page. */
function views(form, { left, right, below, emergency: urgent }) {
  const words = (side) => (side.text ?? []).map((runs) => h("p", {}, rich(runs, form.acts)));
  const side = (view, level) => [h("p", {}, view.over), h(level, level === "h1" ? { tabindex: "-1" } : {}, view.heading), words(view)];
  return h("div", { class: `cse-views ${urgent ? "cse-views--emergency" : ""}` },
    h("section", { class: "cse-views__left", "aria-label": left.over }, side(left, "h1")),
    h("section", { class: "cse-views__right", "aria-label": right.over }, side(right, "h2")),
    below?.length && h("div", { class: "cse-views__below" }, h("p", {}, rich(below, form.acts))));
}

const links = (form, { items }) =>
  h("ul", { class: "cse-links" }, items.map((item) => h("li", {}, pressLink(form.acts, item.to, item.text))));

const list = (form, { items }) =>
  h("ul", { class: "cse-list" }, items.map((runs) => h("li", {}, rich(runs, form.acts))));

const facts = (form, { items }) =>
  h("dl", { class: "cse-facts" }, items.map(({ key, value }) =>
    h("div", {}, h("dt", {}, key), h("dd", {}, rich(value, form.acts)))));

/** Two statements side by side, neither larger than the other. */
function pair(form, { left, right }) {
  const side = ({ heading: over, title, text: words }) =>
    h("div", {},
      h("h2", {}, over),
      h("p", { class: "cse-pair__title" }, h("strong", {}, title)),
      words.map((runs) => h("p", {}, rich(runs, form.acts))));
  return h("div", { class: "cse-pair" }, side(left), side(right));
}

const counts = (form, { items }) =>
  h("ul", { class: "cse-counts" }, items.map(({ to, text: words, n }) =>
    h("li", {}, pressLink(form.acts, to, words), " ", h("strong", {}, n.toLocaleString("en-GB")))));

/** A line that is said when it changes: its place is there first, and filled when it is known. */
function status(form, { text: runs }) {
  const line = h("p", { class: "cse-text cse-status", role: "status" });
  setTimeout(() => line.replaceChildren(...rich(runs, form.acts)), HEARD);
  return line;
}

const KINDS = {
  text, heading, quote, section, details, emergency, letters, buttons, tasks, table, summary, views, links,
  list, facts, pair, counts, status, picture,
  danger_line: dangerLine,
  inset: boxed("inset"), frame: boxed("frame"), panel: boxed("panel"),
  question, radios, checkboxes, input, area, date, blanks,
};

/* What a person fills in: radios, checkboxes, boxes for a line, for words and for a date. */
import { breakable, h, rich, unseen } from "./dom.js";
import { idOf } from "./form.js";

/** Make hint, error and mark of a field, and the list of ids that describe it. */
export function about(form, field, hint, id = idOf(field)) {
  const problem = form.problems.get(field);
  const hinted = hint?.length ? h("div", { class: "cse-hint", id: `${id}-hint` }, rich(hint, form.acts)) : null;
  const error = problem
    ? h("p", { class: "cse-error", id: `${id}-error` }, unseen("Error: "), problem)
    : null;
  const ids = [hinted, error].filter(Boolean).map((element) => element.id).join(" ");
  return { hint: hinted, error, ids, mark: form.mark(field) };
}

/** Make one radio or checkbox with its label. */
export function choice(type, { id, name, option, checked, onchange }) {
  const hint = option.hint ? h("div", { class: "cse-hint", id: `${id}-hint` }, breakable(option.hint)) : null;
  const input = h("input", {
    type, id, name, value: option.value, onchange, "aria-describedby": hint?.id, autocomplete: "off",
  });
  input.checked = checked;
  return h("div", { class: "cse-choice" }, input, h("label", { for: id }, h("span", {}, breakable(option.label))), hint);
}

/** The radios of a field; the first has the id that an error links to. */
export function radioChoices(form, field, options, value) {
  return options.map((option, place) =>
    choice("radio", {
      id: place ? `${idOf(field)}-${place + 1}` : idOf(field),
      name: field,
      option,
      checked: option.value === value,
      onchange: () => form.set(field, option.value),
    }),
  );
}

function group(block, told, inside, kind) {
  const classes = `cse-field cse-group ${kind} ${told.error ? "cse-wrong" : ""}`;
  const legend = h("legend", { class: `cse-label cse-label--${block.legend ?? "small"}` }, block.label);
  return h("fieldset", { class: classes, "aria-describedby": told.ids }, legend, told.hint, told.error, inside, told.mark);
}

export function radios(form, block) {
  const value = form.add(block.field, block.value, block.label);
  const told = about(form, block.field, block.hint);
  const kind = `${block.large ? "cse-large" : ""} ${block.inline ? "cse-inline" : ""}`;
  const choices = h("div", { class: "cse-choices" }, radioChoices(form, block.field, block.options, value));
  return group(block, told, choices, kind);
}

/** With `counted` it says how many are chosen: “12 chosen”. */
export function checkboxes(form, block) {
  const { field, options, counted } = block;
  const chosen = new Set(form.add(field, block.value ?? [], block.label));
  const told = about(form, field, block.hint);
  const count = counted ? h("p", { class: "cse-hint cse-count", role: "status" }) : null;
  const tell = () => count && (count.textContent = `${chosen.size} ${counted}`);
  tell();
  const choices = options.map((option, place) =>
    choice("checkbox", {
      id: place ? `${idOf(field)}-${place + 1}` : idOf(field),
      name: field,
      option,
      checked: chosen.has(option.value),
      onchange: (event) => {
        if (event.target.checked) chosen.add(option.value);
        else chosen.delete(option.value);
        const inOrder = options.map((each) => each.value).filter((each) => chosen.has(each));
        form.set(field, inOrder);
        tell();
      },
    }),
  );
  return group(block, told, h("div", { class: "cse-choices" }, choices, count), "");
}

/** Make a box: what is typed counts at once and is saved after a pause, or on leaving the box. */
function box(form, tag, field, value, attributes) {
  const made = h(tag, {
    id: idOf(field),
    name: field,
    autocomplete: "off",
    spellcheck: "false", // a browser's spelling service would send the words away
    oninput: () => form.set(field, made.value, true),
    onchange: () => form.acts.left(),
    ...attributes,
  });
  made.value = value ?? "";
  return made;
}

function labelled(form, block, told, boxes, advice) {
  const label = h("label", { class: `cse-label cse-label--${block.legend ?? "small"}`, for: idOf(block.field) }, block.label);
  const classes = `cse-field ${told.error ? "cse-wrong" : ""}`;
  return h("div", { class: classes }, label, told.hint, told.error, boxes, told.mark, advice);
}

export function input(form, block) {
  const value = form.add(block.field, block.value, block.label);
  const told = about(form, block.field, block.hint);
  const line = box(form, "input", block.field, value, {
    type: "text",
    class: `cse-input cse-input--${block.width ?? "wide"}`,
    inputmode: block.numeric ? "numeric" : null,
    "aria-describedby": told.ids,
  });
  return labelled(form, block, told, line, block.numeric ? null : form.acts.below(block.field, line));
}

export function area(form, block) {
  const { field, max, count_from: from } = block;
  const value = form.add(field, block.value, block.label);
  const told = about(form, field, block.hint);
  const words = box(form, "textarea", field, value, {
    class: `cse-area cse-area--${block.rows}`,
    rows: block.rows,
    "aria-describedby": told.ids,
  });
  const count = h("p", { class: "cse-hint cse-count", role: "status" });
  const tell = () => {
    const left = max - words.value.length;
    const units = Math.abs(left) === 1 ? "character" : "characters";
    const text = `You have ${Math.abs(left).toLocaleString("en-GB")} ${units} ${left < 0 ? "too many" : "remaining"}`;
    count.textContent = words.value.length >= from ? text : "";
  };
  if (from) {
    words.addEventListener("input", tell);
    tell();
  }
  if (!CSS.supports("field-sizing", "content")) words.addEventListener("input", () => grow(words));
  return labelled(form, block, told, [words, from ? count : null], form.acts.below(field, words));
}

function grow(words) {
  while (words.scrollHeight > words.clientHeight && words.rows < 40) words.rows += 1;
}

const PARTS = [["day", "Day", 2], ["month", "Month", 5], ["year", "Year", 4]];

export function date(form, block) {
  const told = about(form, block.field, block.hint);
  const wrong = PARTS.map(([part]) => form.problems.get(`${block.field}.${part}`)).filter(Boolean);
  if (!told.error && wrong.length) {
    const id = `${idOf(block.field)}-error`;
    told.error = h("p", { class: "cse-error", id }, unseen("Error: "), wrong[0]);
    told.ids = `${told.ids} ${id}`.trim();
  }
  const all = form.problems.has(block.field);
  const boxes = PARTS.map(([part, label, width]) => {
    const field = `${block.field}.${part}`;
    const value = form.add(field, block.value?.[part], block.label);
    const bad = all || form.problems.has(field);
    const line = box(form, "input", field, value, {
      type: "text",
      class: `cse-input cse-input--${width} ${bad ? "cse-input--wrong" : ""}`,
      inputmode: part === "month" ? null : "numeric",
    });
    return h("div", { class: "cse-date__part" }, h("label", { for: line.id }, label), line, form.mark(field));
  });
  return group(block, told, h("div", { class: "cse-date" }, boxes), "");
}

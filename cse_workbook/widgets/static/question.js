/* The question row: one question, four answers, and what opens under Yes and Possible. */
import { h, rich, unseen } from "./dom.js";
import { idOf } from "./form.js";
import { about, radioChoices } from "./fields.js";

const RAISED = ["yes", "possible"];

/** Make the row of a question; `build` makes the blocks of its panel and its notes. */
export function question(form, block, build) {
  const { field, label } = block;
  const key = field.split(".").at(-1);
  const value = form.add(field, block.value, label);
  const told = about(form, field, block.hint, key);
  told.hint?.classList.add("cse-q__hint");
  const aside = block.aside?.length
    ? h("p", { class: "cse-q__aside", id: `${key}-aside` }, rich(block.aside, form.acts))
    : null;
  told.mark.classList.add("cse-q__unsaved");
  const answers = h("div", { class: "cse-q__answers" }, radioChoices(form, field, block.options, value));
  return h(
    "fieldset",
    {
      class: `cse-q ${told.error ? "cse-wrong" : ""} ${block.letter ? "" : "cse-q--plain"}`,
      id: `q-${key}`,
      "aria-describedby": [told.ids, aside?.id].filter(Boolean).join(" "),
    },
    h("legend", {}, label),
    block.letter && letter(block.letter),
    told.hint,
    aside,
    told.error,
    h("div", { class: "cse-q__col" }, answers, told.mark),
    form.under(label, () => [notes(form, block, build), more(form, block, build)]),
  );
}

/** The badge of a SAFEGUARD letter. It stands outside the legend, so it is not read each time. */
export function letter({ mark, text }) {
  return h("span", { class: "cse-q__letter" }, unseen("SAFEGUARD letter "), mark, unseen(`, ${text}`));
}

function notes(form, block, build) {
  const made = (block.notes ?? []).map(build);
  return made.length ? h("div", { class: "cse-q__notes" }, made) : null;
}

function more(form, block, build) {
  if (!block.more?.length) return null;
  const name = `More about: ${block.label}`;
  const panel = h("div", { class: "cse-q__more", role: "group", "aria-label": name }, block.more.map(build));
  form.when({ field: block.field, in: RAISED }, (shown, first) => {
    panel.hidden = !shown;
    if (shown && !first) form.acts.say(`More boxes opened: ${block.label}.`);
  });
  return panel;
}

/** The question about questions without an answer. It counts as answers are given. */
export function blanks(form, block) {
  const page = block.page ?? form.page.id;
  const count = h("span");
  const id = `f-looked-${page}`;
  const acts = [
    ["not_known", "I have read them and do not know: record them as Not known", (element) => form.acts.press("blanks:not_known", { element })],
    ["left", "I have not looked at them yet: leave them without an answer", () => form.set(`looked.${page}`, "left")],
  ];
  const looked = form.add(`looked.${page}`, block.value ?? form.values.get(`looked.${page}`), "Questions without an answer");
  const choices = acts.map(([value, words, act], place) => {
    const input = h("input", {
      type: "radio", id: place ? `${id}-2` : id, name: `looked.${page}`, value, autocomplete: "off",
      onchange: (event) => act(event.target),
    });
    input.checked = looked === value;
    return h("div", { class: "cse-choice" }, input, h("label", { for: input.id }, words));
  });
  const whole = h(
    "fieldset",
    { class: "cse-field cse-group cse-blanks", "aria-describedby": `${id}-hint` },
    h("legend", { class: "cse-label cse-label--small" }, count),
    h("div", { class: "cse-hint", id: `${id}-hint` },
      "You can go on as it is. What the guidance says will be the same; the next reader will know what was looked at."),
    h("div", { class: "cse-choices" }, choices),
    form.mark(`looked.${page}`),
  );
  form.watchers.push(() => {
    const n = block.fields.filter((field) => !form.values.get(field)).length;
    const words = n === 1 ? "1 question on this page has no answer" : `${n} questions on this page have no answer`;
    if (count.textContent !== words) count.textContent = words;
    whole.hidden = n === 0;
  });
  return whole;
}

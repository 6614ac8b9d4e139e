/* The values on one page: what depends on them, what is wrong with them, where each one stands. */
import { h } from "./dom.js";

/** The id of the first box of a field. */
export function idOf(field) {
  return `f-${field.replaceAll(".", "-")}`;
}

export class Form {
  /**
   * Take a page; `acts` has press, jump, say, print, changed(field, value, typing), left,
   * unsaved(field) and below(field, box), which makes what stands below a box of words.
   */
  constructor(page, acts) {
    this.page = page;
    this.acts = acts;
    this.values = new Map(Object.entries(page.known ?? {}));
    this.problems = new Map((page.problems ?? []).map((each) => [each.field, each.text]));
    this.labels = new Map();
    this.marks = new Map();
    this.watchers = [];
    this.scope = null;
  }

  /** Enter a field and give the value to show: one that is still to be saved goes first. */
  add(field, value, label) {
    const shown = this.acts.unsaved(field) ?? value;
    this.values.set(field, shown);
    this.labels.set(field, this.scope ?? label);
    return shown;
  }

  /** Call fields made inside `make` by the question that they belong to. */
  under(label, make) {
    const outer = this.scope;
    this.scope ??= label;
    const made = make();
    this.scope = outer;
    return made;
  }

  /** Take a new value of a field. */
  set(field, value, typing = false) {
    this.values.set(field, value);
    this.refresh();
    this.acts.changed(field, value, typing);
  }

  /** Make the place beside a field that says whether it is saved. */
  mark(field) {
    const place = h("span", { class: "cse-unsaved", hidden: true });
    this.marks.set(field, place);
    return place;
  }

  /** Say beside a field that it is not saved, or why it cannot be; nothing if it is. */
  tell(field, text) {
    const place = this.marks.get(field);
    if (place === undefined || place.textContent === text) return;
    place.textContent = text;
    place.hidden = !text;
  }

  /** Show something only while all its conditions hold; `show` is told whenever that changes. */
  when(conditions, show) {
    const all = [conditions].flat();
    let before = null;
    this.watchers.push(() => {
      const now = all.every((condition) => this.holds(condition));
      if (now !== before) show(now, before === null);
      before = now;
    });
  }

  holds({ field, in: wanted }) {
    return [this.values.get(field) ?? ""].flat().some((value) => wanted.includes(value));
  }

  /** Bring everything that depends on values in line with them. */
  refresh() {
    for (const watch of this.watchers) watch();
  }
}

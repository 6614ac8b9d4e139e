/* Advice on words, below a box that has been left. It changes nothing unless it is told to. */
import { focusedBeside, h } from "./dom.js";

/** Find where a phrase stands in a text as whole words, or -1. */
function placeOf(phrase, text) {
  const exact = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}_]['’]?)${exact}(?!['’]?[\\p{L}\\p{N}_])`, "u"));
}

export class Wording {
  /**
   * `isUnsaved(field)` tells whether the words of a box are still on their way to the server; the
   * `signal`, where there is one, ends it all.
   */
  constructor(isUnsaved, signal) {
    this.isUnsaved = isUnsaved;
    this.boxes = new Map();
    this.left = new Map();
    this.waiting = [];
    this.pressed = false;
    const early = { capture: true, signal };
    window.addEventListener("pointerdown", () => (this.pressed = true), early);
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => this.release(), early);
    }
  }

  /** Begin a page; what was left on it stays so while the same page is shown again. */
  begin(same) {
    this.boxes.clear();
    if (!same) this.left.clear();
  }

  /** Make the place for advice below a box. It is there from the start, so that it is read out. */
  below(field, box) {
    const place = h("div", { class: "cse-wording", role: "status" });
    this.boxes.set(field, { field, box, place, note: null, shown: null });
    box.addEventListener("blur", () => this.look(field));
    return place;
  }

  /** Add to a message that saves words which phrases in them are not to be pointed out again. */
  told(message) {
    const left = this.left.get(message.field);
    return left ? { ...message, left } : message;
  }

  /** Hear the advice on words that are saved: { phrase, sentence, instead }, or null. */
  hear(field, note) {
    const known = this.boxes.get(field);
    if (known === undefined) return;
    known.note = this.left.get(field)?.includes(note?.phrase) ? null : note;
    this.look(field);
  }

  /** Show what is to be shown, but move nothing while something is being pressed. */
  look(field) {
    this.waiting.push(() => this.show(this.boxes.get(field)));
    if (!this.pressed) this.release();
  }

  release() {
    this.pressed = false;
    setTimeout(() => this.waiting.splice(0).forEach((act) => act()));
  }

  show(known) {
    if (known === undefined || this.isUnsaved(known.field)) return;
    const { box, place, note, shown } = known;
    if (note?.phrase === shown?.phrase) return;
    known.shown = box === focusedBeside(box) ? null : note;
    place.replaceChildren(...(known.shown ? this.parts(known) : []));
  }

  parts(known) {
    const id = `${known.box.id}-wording`;
    const button = (words, onclick) =>
      h("button", { type: "button", class: "cse-button cse-button--secondary", "aria-describedby": id, onclick }, words);
    return [
      h("p", { id }, known.note.sentence),
      h("div", { class: "cse-buttons" },
        button("Change it", () => this.answer(known, true)),
        button("Leave it", () => this.answer(known, false))),
    ];
  }

  /** Take the answer, go back to the box, and save it: the reply tells whether there is more. */
  answer(known, change) {
    const { field, box, place, shown } = known;
    this.left.set(field, [...(this.left.get(field) ?? []), shown.phrase]);
    const start = placeOf(shown.phrase, box.value);
    box.focus();
    if (change && start >= 0) box.setRangeText(shown.instead, start, start + shown.phrase.length, "end");
    Object.assign(known, { note: null, shown: null });
    place.replaceChildren();
    for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind));
  }
}

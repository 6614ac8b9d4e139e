/* Take the page out of sight: out of the document, not behind a cover. It is not a lock. */
import { focusedBeside, h } from "./dom.js";
import { scrollerOf } from "./reach.js";

const TIMES = 3;
const WITHIN = 5000;

/**
 * Call `act` when Shift is pressed three times within five seconds with nothing else between. It is
 * heard before anything else, so that nothing around the page can keep it from us.
 */
export function onThreeShifts(target, act, signal) {
  const early = { capture: true, signal };
  let pressed = [];
  target.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const now = Date.now();
    pressed = event.key === "Shift" ? [...pressed.filter((at) => now - at <= WITHIN), now] : [];
    if (pressed.length < TIMES) return;
    pressed = [];
    act();
  }, early);
  target.addEventListener("pointerdown", () => (pressed = []), early);
}

/** Hides and shows the content of an element; focus comes back to where it was. */
export class Hiding {
  /** `part` makes a landmark, or what stands for it. */
  constructor(root, part, changed) {
    Object.assign(this, { root, part, changed });
    this.content = null;
  }

  get hidden() {
    return this.content !== null;
  }

  toggle() {
    if (this.hidden) this.show();
    else this.hide();
  }

  hide() {
    this.focused = focusedBeside(this.root);
    this.scrolled = scrollerOf(this.root).scrollTop;
    this.content = [...this.root.childNodes];
    const words = h("h1", { tabindex: "-1", class: "cse-hidden__words" }, "This page is hidden. Nothing is lost.");
    const button = h("button", { type: "button", class: "cse-button cse-button--secondary", onclick: () => this.show() }, "Show the page");
    const lock = h("p", { class: "cse-small" }, "Leaving the room? Lock the computer.");
    this.root.replaceChildren(this.part("main", { class: "cse-wide cse-main cse-alone cse-hidden" }, words, button, lock));
    this.changed();
    words.focus();
  }

  show() {
    this.root.replaceChildren(...this.content);
    this.content = null;
    this.changed();
    scrollerOf(this.root).scrollTop = this.scrolled;
    if (this.root.contains(this.focused)) this.focused.focus({ preventScroll: true });
  }
}

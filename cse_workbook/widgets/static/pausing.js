/* Pause a page that nobody uses, after asking twice. It is the only timer there is. */
import { h } from "./dom.js";

const MINUTE = 60_000;
const ASKED = [5, 1];

export class Pausing {
  /** `minutes()` gives the time after which to pause, or nothing; `may()` whether all is saved. */
  constructor(root, { minutes, may, pause }) {
    Object.assign(this, { root, minutes, may, pause });
    this.used = Date.now();
    this.dialog = null;
    for (const kind of ["keydown", "pointerdown"]) {
      document.addEventListener(kind, () => this.stay(), true);
    }
    this.look();
  }

  /** Somebody is there. */
  stay() {
    this.used = Date.now();
    if (this.dialog === null || this.dialog.contains(document.activeElement)) return;
    this.close();
  }

  close() {
    this.dialog?.close();
    this.dialog?.remove();
    this.dialog = null;
    this.told = null;
  }

  look() {
    clearTimeout(this.timer);
    const minutes = this.minutes();
    const left = minutes ? this.used + minutes * MINUTE - Date.now() : Infinity;
    if (!minutes || !this.may()) this.close();
    else if (left <= 0) return this.now();
    else {
      const asked = ASKED.findLast((each) => left <= each * MINUTE && each < minutes);
      if (asked === undefined) this.close();
      else if (asked !== this.told) this.ask(asked);
    }
    const next = [0, ...ASKED.map((each) => each * MINUTE)].map((each) => left - each).filter((each) => each > 0);
    this.timer = setTimeout(() => this.look(), Math.min(MINUTE, ...next));
    return undefined;
  }

  now() {
    clearTimeout(this.timer);
    this.close();
    this.pause();
  }

  ask(minutes) {
    const words = `This page will pause in ${minutes === 1 ? "1 minute" : `${minutes} minutes`} because nobody has used it. Everything is saved.`;
    this.told = minutes;
    if (this.dialog !== null) {
      this.dialog.querySelector("p").textContent = words;
      return;
    }
    const stay = () => {
      this.used = Date.now();
      this.close();
      this.look();
    };
    const button = (text, act, kind) => h("button", { type: "button", class: `cse-button ${kind}`, onclick: act }, text);
    this.dialog = h(
      "dialog",
      { class: "cse-dialog", "aria-labelledby": "cse-still-there", "aria-describedby": "cse-will-pause", oncancel: stay },
      h("h2", { id: "cse-still-there" }, "Are you still there?"),
      h("p", { id: "cse-will-pause", "aria-live": "polite" }, words),
      h("div", { class: "cse-buttons" },
        button("Stay on this page", stay, ""), button("Close it", () => this.now(), "cse-button--secondary")),
    );
    this.root.append(this.dialog);
    this.dialog.showModal();
  }
}

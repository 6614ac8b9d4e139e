/* Which answers are on the server's disk, and which are not yet. It knows no page and no words. */

const SECOND = 1000;
export const PATIENCE = { shown: SECOND, late: 5 * SECOND, lost: 10 * SECOND };
const AGAIN = 15 * SECOND;
const PAUSE_IN_TYPING = SECOND;

/* Half a character cannot be kept, and would break the socket it is sent on. */
const whole = (value) => (Array.isArray(value) ? value.map(whole) : value.toWellFormed());

export class Saving {
  /** `send(message)` sends if it can; `changed()` hears that something may read otherwise;
   * `stuck()` hears that an answer has not been confirmed for ten seconds. */
  constructor({ send, changed, stuck }) {
    Object.assign(this, { send, changed, stuck });
    this.n = 0;
    this.at = null;
    this.trouble = null;
    this.waiting = new Map();
    this.typing = new Map();
    this.refused = new Map();
    this.timer = null;
    this.typingTimer = null;
  }

  /** Keep what is being typed until there is a pause. */
  type(entry) {
    this.typing.set(entry.field, entry);
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.flush(), PAUSE_IN_TYPING);
  }

  /** Send what has been typed. */
  flush() {
    clearTimeout(this.typingTimer);
    const typed = [...this.typing.values()];
    this.typing.clear();
    for (const entry of typed) this.put(entry);
  }

  /** Send an answer { field, value, label, draft }; a later answer of a field replaces an earlier. */
  put({ field, value, label, draft }) {
    this.typing.delete(field);
    this.refused.delete(field);
    const since = this.waiting.get(field)?.since ?? Date.now();
    this.n += 1;
    const entry = { n: this.n, field, value: whole(value), label, draft, since };
    this.waiting.delete(field);
    this.waiting.set(field, entry);
    this.#send(entry);
    this.look();
  }

  #send(entry) {
    entry.sent = Date.now();
    entry.answered = false;
    const { n, draft, field, value } = entry;
    this.send({ kind: "save", n, draft, field, value });
  }

  /** Send again, in order, everything that is not confirmed. */
  resend() {
    this.flush();
    for (const entry of this.waiting.values()) this.#send(entry);
    this.look();
  }

  /** Wait with everything until it is sent again: it would be refused. */
  hold() {
    for (const entry of this.waiting.values()) entry.answered = true;
  }

  #entry(n) {
    return [...this.waiting.values()].find((entry) => entry.n === n);
  }

  /** Hear that an answer is on disk. Give its field, unless a later answer has taken its place. */
  saved(n, at) {
    const entry = this.#entry(n);
    if (entry) this.waiting.delete(entry.field);
    this.at = at;
    this.look();
    return entry?.field;
  }

  /** Hear that an answer is not saved; some reasons pass, and it is tried again later. */
  notSaved({ n, why, reference, text }) {
    const entry = this.#entry(n);
    if (entry === undefined) return;
    if (why === "full" || why === "fault") {
      entry.answered = true;
      this.trouble = { why, reference };
      clearTimeout(this.again);
      this.again = setTimeout(() => this.trouble && this.resend(), AGAIN);
    } else if (why !== "elsewhere") {
      this.waiting.delete(entry.field);
      if (text) this.refused.set(entry.field, text);
    }
    this.look();
  }

  /** The value of a field that is not confirmed, or undefined. */
  value(field) {
    return (this.typing.get(field) ?? this.waiting.get(field))?.value;
  }

  /** What is not saved, in the words of the questions, each once. */
  get labels() {
    const entries = [...this.waiting.values(), ...this.typing.values()];
    return [...new Set(entries.map((entry) => entry.label))];
  }

  get age() {
    const since = [...this.waiting.values()].map((entry) => entry.since);
    return since.length ? Date.now() - Math.min(...since) : 0;
  }

  /** Tell how things stand, and look again when the next thing would have to be said. */
  look() {
    if (!this.waiting.size) this.trouble = null; // not before: what is only sent again is not saved
    clearTimeout(this.timer);
    const unanswered = [...this.waiting.values()].filter((entry) => !entry.answered);
    if (unanswered.length) {
      const silent = Date.now() - Math.min(...unanswered.map((entry) => entry.sent));
      const next = Object.values(PATIENCE).map((each) => each - this.age);
      const wait = Math.min(...[...next, PATIENCE.lost - silent].filter((each) => each > 0));
      this.timer = setTimeout(() => this.look(), Number.isFinite(wait) ? wait : PATIENCE.lost);
      if (silent >= PATIENCE.lost) {
        for (const entry of unanswered) entry.sent = Date.now();
        this.stuck();
      }
    }
    this.changed();
  }
}

/* The page: shows what the server sends, sends what the person does, and tells the truth about both. */
import { build } from "./blocks.js";
import { Form } from "./form.js";
import { Frame, errorSummary, headingOf } from "./frame.js";
import { Hiding, onThreeShifts } from "./hiding.js";
import { PRODUCT, alertOf, savingLine, titleOf } from "./notices.js";
import { Pausing } from "./pausing.js";
import { Place } from "./place.js";
import { focusOn, freeze, jump, jumpToField, stateOf } from "./reach.js";
import { PATIENCE, Saving } from "./saving.js";
import { Wording } from "./wording.js";

const HEARTBEAT = 30_000;
const ANSWER_IN = 20_000;

export class App {
  /**
   * Show pages in `root` over a `link`: { send(message), state, ownsWindow, reconnect({ dead }),
   * close() }, which calls `onmessage(message)` and `onstate()`. In a window that is not ours it also
   * has the `tab`, what is `asked` for first, and a `signal` that ends it all.
   */
  constructor(root, link) {
    Object.assign(this, { root, link, page: null, form: null, facts: {}, n: 0, busy: null });
    this.saving = new Saving({
      send: (message) => link.send(this.wording.told(message)),
      changed: () => this.tell(),
      stuck: () => link.reconnect(),
    });
    this.wording = new Wording((field) => this.saving.value(field) !== undefined, link.signal);
    this.frame = new Frame(this.acts(), link);
    this.hiding = new Hiding(this.frame.root, this.frame.part, () => this.tell());
    onThreeShifts(document, () => this.page && this.hiding.toggle(), link.signal);
    if (link.ownsWindow) {
      this.place = new Place({
        link,
        saving: this.saving,
        travel: (page) => page !== this.page?.id && this.press(`go:${page}`, { travelled: true }),
        isUnsaved: () => this.isUnsaved(),
      });
      setInterval(() => this.beat(), HEARTBEAT);
    }
    link.onmessage = (message) => this.hear(message);
    link.onstate = () => this.linked();
    this.linked();
  }

  acts() {
    return {
      press: (to, how) => this.press(to, how),
      jump: (id) => jump(this.frame.content, id),
      say: (words) => this.frame.say(words),
      hide: () => this.hiding.hide(),
      home: () => this.page.shell?.home ?? (this.page.draft && !this.page.recorded ? "go:sections" : "go:start"),
      print: () => window.print(),
      act: (name) => this.act(name),
      unsaved: (field) => this.saving.value(field),
      changed: (field, value, typing) => this.changed(field, value, typing),
      left: () => this.saving.flush(),
      below: (field, box) => this.wording.below(field, box),
    };
  }

  // The connection

  linked() {
    if (this.link.state === "open") return this.open();
    this.wasLost = this.page !== null;
    this.release();
    return this.tell();
  }

  open() {
    const { page, saving, link } = this;
    this.reopening = page && { fresh: Boolean(link.fresh), n: saving.labels.length, at: saving.at };
    link.fresh = false;
    const { asked, tab } = this.place ?? link;
    const here = page ? { draft: page.draft ?? null, page: page.id } : asked;
    link.send({ kind: "open", draft: null, page: null, ...here, tab });
    saving.resend();
    clearTimeout(this.openTimer);
    this.openTimer = setTimeout(() => link.reconnect({ dead: true }), ANSWER_IN);
  }

  beat() {
    if (this.link.state !== "open") return;
    this.n += 1;
    this.link.send({ kind: "ping", n: this.n });
    clearTimeout(this.beatTimer);
    this.beatTimer = setTimeout(() => this.link.reconnect(), PATIENCE.lost);
  }

  // What the server says

  hear(message) {
    clearTimeout(this.beatTimer);
    const known = {
      page: () => this.receive(message.page),
      saved: () => this.saved(message),
      not_saved: () => this.notSaved(message),
      elsewhere: () => this.elsewhere(message.since),
      fault: () => this.fault(message),
      pong: () => this.busy?.n === message.n && this.unanswered(),
    };
    try {
      known[message.kind]?.();
    } catch (error) {
      // A mistake in the page itself: told like any other fault of ours, and left for the console.
      this.fault({ reference: `page ${message.page?.id ?? message.kind}` });
      throw error;
    }
  }

  saved({ n, at, note }) {
    this.facts.nothingYet = false;
    this.wording.hear(this.saving.saved(n, at), note);
  }

  notSaved(message) {
    this.saving.notSaved(message);
    if (message.why === "elsewhere") this.elsewhere(null);
    if (message.why === "gone") this.open();
  }

  elsewhere(since) {
    this.facts.elsewhere = since ?? true;
    this.saving.hold();
    freeze(this.frame.content);
    this.release();
    this.tell();
  }

  fault({ reference, at }) {
    clearTimeout(this.openTimer);
    this.release();
    if (this.page === null) this.show({ id: "fault", title: PRODUCT, heading: PRODUCT, blocks: [] });
    this.facts.fault = { reference, at };
    this.tell();
    this.frame.alert.focus();
  }

  /** A press has been dealt with and no page came of it: stay where we are. */
  unanswered() {
    if (this.busy.travelled) this.place.stay(this.page);
    this.release();
  }

  receive(page) {
    clearTimeout(this.openTimer);
    const again = this.reopening;
    this.reopening = null;
    if (again && this.wasLost) this.facts.again = again;
    this.wasLost = false;
    const held = this.facts.elsewhere && !page.read_only;
    const same = page.id === this.page?.id && (page.draft ?? null) === (this.page.draft ?? null);
    if (again && same && !this.facts.elsewhere) this.stay(page);
    else this.show(page);
    if (held) this.saving.resend();
  }

  // What the person does

  changed(field, value, typing) {
    const label = this.form.labels.get(field) ?? field;
    const entry = { field, value, label, draft: this.page.draft ?? null };
    this.lastChanged = field;
    if (!this.saving.waiting.size) this.facts.again = null;
    if (typing) this.saving.type(entry);
    else this.saving.put(entry);
  }

  press(to, { element, working, travelled } = {}) {
    if (this.busy || this.page === null) return;
    this.saving.flush();
    if (this.link.state !== "open") {
      this.frame.alert.focus();
      if (travelled) this.place.stay(this.page);
      return;
    }
    this.n += 1;
    const { n } = this;
    this.busy = { n, element, words: element?.textContent, travelled };
    element?.setAttribute("aria-disabled", "true");
    if (working) element.textContent = working;
    this.facts.fault = null;
    const { draft = null, id: page } = this.page;
    this.link.send({ kind: "press", n, draft, page, to });
    this.link.send({ kind: "ping", n });
    this.pressTimer = setTimeout(() => this.link.reconnect(), ANSWER_IN);
  }

  release() {
    clearTimeout(this.pressTimer);
    const { element, words } = this.busy ?? {};
    this.busy = null;
    element?.removeAttribute("aria-disabled");
    if (element?.matches("button")) element.textContent = words;
  }

  act(name) {
    if (name === "print") window.print();
    else if (name === "takeover") this.press("takeover");
    else if (this.link.state === "open") this.saving.resend();
    else this.link.reconnect();
  }

  // Showing

  show(got) {
    const { page: before, frame } = this;
    const was = stateOf(frame);
    this.release();
    const draft = got.draft === undefined ? before?.draft : got.draft;
    this.page = { ...got, shell: got.shell ?? before?.shell, draft };
    this.wording.begin(got.id === before?.id && draft === before?.draft);
    this.form = new Form(this.page, this.acts());
    const summary = errorSummary(got.problems, (field) => jumpToField(frame.content, field));
    const blocks = (got.blocks ?? []).map((block) => build(this.form, block));
    frame.fill(this.page);
    frame.put([summary, ...headingOf(got), ...blocks]);
    this.form.refresh();
    this.remember(got);
    if (got.read_only) freeze(frame.content);
    if (before === null) this.settle();
    this.place?.record(this.page, before);
    this.tell();
    focusOn(frame, this.page, before, was);
  }

  /** Keep the page as it stands, with what was typed, after a connection that was lost. */
  stay(page) {
    this.page = { ...this.page, saved_at: page.saved_at, recorded: page.recorded };
    this.remember(page);
    this.tell();
  }

  remember({ recorded = null, alert = null, shell, draft, saved_at: at, read_only: readOnly }) {
    const sameDraft = draft === undefined || draft === this.facts.draft;
    this.saving.at = at ?? (sameDraft ? this.saving.at : null);
    const { again, elsewhere } = this.facts;
    const nothingYet = Boolean(shell?.nothing_yet);
    this.facts = { recorded, alert, nothingYet, draft, again, elsewhere: readOnly ? elsewhere : null };
  }

  /** Take the place of the words “Opening the workbook…”. */
  settle() {
    this.root.replaceChildren(this.frame.root);
    if (!this.link.ownsWindow) return;
    this.pausing = new Pausing(this.root, {
      minutes: () => this.page.shell?.pause_minutes,
      may: () => !this.saving.labels.length && this.link.state === "open",
      pause: () => this.place.pause(this.root, this.saving.at, this.page.shell?.state ? "page" : "screening"),
    });
  }

  /** Send what is typed, and wait for nothing any more. */
  end() {
    this.saving.flush();
    this.saving.waiting.clear();
    this.saving.look();
    clearTimeout(this.openTimer);
    clearTimeout(this.pressTimer);
  }

  // Telling

  isLost() {
    if (this.page === null || this.facts.elsewhere) return false;
    return this.link.state === "lost" || (!this.saving.trouble && this.saving.age >= PATIENCE.lost);
  }

  isUnsaved() {
    const { saving } = this;
    const late = saving.age >= PATIENCE.late;
    return saving.labels.length > 0 && (this.isLost() || late || saving.trouble !== null);
  }

  tell() {
    if (this.page === null) return;
    const { saving, frame, facts } = this;
    const unsaved = this.isUnsaved();
    const state = this.page.draft ? null : this.page.shell?.state;
    const all = { ...facts, at: saving.at, trouble: saving.trouble, waiting: saving.labels, unsaved, state };
    frame.tellSaving(savingLine(all), !unsaved && saving.age >= PATIENCE.shown);
    const link = this.isLost() ? "lost" : this.link.state;
    if (frame.tellAlert(alertOf({ ...all, link, ownsWindow: this.link.ownsWindow }))) {
      jumpToField(frame.content, this.lastChanged ?? "");
    }
    for (const field of this.form.marks.keys()) {
      const late = unsaved && saving.value(field) !== undefined;
      this.form.tell(field, saving.refused.get(field) ?? (late ? "Not saved yet" : ""));
    }
    if (this.place) document.title = titleOf(this.page, { hidden: this.hiding.hidden, unsaved });
  }
}

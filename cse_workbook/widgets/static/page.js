/* The page: shows what the server sends, sends what the person does, and tells the truth about both. */
import { build } from "./blocks.js";
import { Form, idOf } from "./form.js";
import { Frame, alone, errorSummary, headingOf, plain, printSheet } from "./frame.js";
import { Hiding, onThreeShifts } from "./hiding.js";
import { alertOf, savingLine } from "./notices.js";
import { Pausing } from "./pausing.js";
import { PATIENCE, Saving } from "./saving.js";

const HEARTBEAT = 30_000;
const ANSWER_IN = 20_000;
const PLACE = "Screen a child";
const PRODUCT = "CSE Workbook";

export class App {
  /**
   * Show pages in `root` over a `link`: { send(message), state, ownsWindow, reconnect({ dead }),
   * close() }, which calls `onmessage(message)` and `onstate()`.
   */
  constructor(root, link) {
    this.root = root;
    this.link = link;
    this.tab = crypto.randomUUID();
    this.page = null;
    this.form = null;
    this.facts = { recorded: null, nothingYet: false, again: null, elsewhere: null, fault: null, alert: null };
    this.n = 0;
    this.busy = null;
    this.saving = new Saving({
      send: (message) => link.send(message),
      changed: () => this.tell(),
      stuck: () => link.reconnect(),
    });
    this.frame = new Frame(root.ownerDocument.createElement("div"), this.acts());
    this.frame.root.className = "cse-page";
    link.onmessage = (message) => this.hear(message);
    link.onstate = () => this.linked();
    if (link.ownsWindow) this.ownWindow();
    onThreeShifts(document, () => this.hiding?.toggle());
    this.linked();
  }

  acts() {
    return {
      press: (to, how) => this.press(to, how),
      jump: (id) => this.jump(id),
      say: (words) => this.frame.say(words),
      hide: () => this.hiding.hide(),
      home: () => (this.page.draft && !this.page.recorded ? "go:sections" : "go:start"),
      print: () => window.print(),
      act: (name) => this.act(name),
      unsaved: (field) => this.saving.value(field),
      changed: (field, value, typing) => this.changed(field, value, typing),
      left: () => this.saving.flush(),
    };
  }

  /** Do what only a page with a window of its own may do: its address, its leaving, its pause. */
  ownWindow() {
    window.addEventListener("popstate", ({ state }) => this.travel(state));
    window.addEventListener("pagehide", () => {
      this.saving.flush();
      this.link.close();
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.link.comeBack());
    document.addEventListener("visibilitychange", () => document.hidden && this.saving.flush());
    window.addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault());
    window.addEventListener("beforeprint", () => this.unfold());
    window.addEventListener("afterprint", () => this.unfolded?.forEach((each) => (each.open = false)));
    setInterval(() => this.beat(), HEARTBEAT);
  }

  // ---- the connection

  linked() {
    const { state } = this.link;
    if (state === "open") this.open();
    else {
      this.wasLost = this.page !== null;
      this.release();
      this.tell();
    }
  }

  open() {
    const asked = new URLSearchParams(this.link.ownsWindow ? location.search : "").get("draft");
    const page = this.page ? this.page.id : (this.link.ownsWindow && history.state?.page) || null;
    this.reopening = this.page && {
      fresh: Boolean(this.link.fresh), n: this.saving.labels.length, at: this.saving.at,
    };
    this.link.fresh = false;
    this.link.send({ kind: "open", draft: this.page ? this.page.draft : asked, page, tab: this.tab });
    this.saving.resend();
    clearTimeout(this.openTimer);
    this.openTimer = setTimeout(() => this.link.reconnect({ dead: true }), ANSWER_IN);
  }

  beat() {
    if (this.link.state !== "open") return;
    this.n += 1;
    this.link.send({ kind: "ping", n: this.n });
    clearTimeout(this.beatTimer);
    this.beatTimer = setTimeout(() => this.link.reconnect(), PATIENCE.lost);
  }

  // ---- what the server says

  hear(message) {
    clearTimeout(this.beatTimer);
    const known = {
      page: () => this.receive(message.page),
      saved: () => this.saving.saved(message.n, message.at),
      not_saved: () => this.notSaved(message),
      elsewhere: () => this.elsewhere(message.since),
      fault: () => this.fault(message),
      pong: () => this.busy?.n === message.n && this.unanswered(),
    };
    known[message.kind]?.();
  }

  notSaved(message) {
    this.saving.notSaved(message);
    if (message.why === "elsewhere") this.elsewhere(null);
    if (message.why === "gone") this.open();
  }

  elsewhere(since) {
    this.facts.elsewhere = since ?? true;
    this.saving.waiting.clear();
    this.freeze();
    this.tell();
  }

  fault({ reference, at }) {
    clearTimeout(this.openTimer);
    this.release();
    this.facts.fault = { reference, at };
    if (this.page === null) this.show({ id: "fault", title: PLACE, heading: PLACE, blocks: [] });
    this.tell();
    this.frame.alert.focus();
  }

  /** A press has been dealt with and no page came of it: stay where we are. */
  unanswered() {
    const { travelled } = this.busy;
    this.release();
    if (travelled) history.pushState({ page: this.page.id }, "", this.address());
  }

  receive(page) {
    clearTimeout(this.openTimer);
    const again = this.reopening;
    this.reopening = null;
    if (again && this.wasLost) this.facts.again = again;
    this.wasLost = false;
    const same = again && page.id === this.page.id && (page.draft ?? null) === (this.page.draft ?? null);
    if (same && !page.problems?.length && !page.alert && !this.facts.elsewhere) this.stay(page);
    else this.show(page);
  }

  // ---- what the person does

  changed(field, value, typing) {
    const entry = { field, value, label: this.form.labels.get(field) ?? field, draft: this.page.draft ?? null };
    this.lastChanged = field;
    if (this.facts.again && !this.saving.waiting.size) this.facts.again = null;
    if (typing) this.saving.type(entry);
    else this.saving.put(entry);
  }

  press(to, { element, working, travelled } = {}) {
    if (this.busy) return;
    this.saving.flush();
    if (this.link.state !== "open") {
      this.tell();
      this.frame.alert.focus();
      if (travelled) history.pushState({ page: this.page.id }, "", this.address());
      return;
    }
    this.n += 1;
    this.busy = { n: this.n, element, words: element?.textContent, travelled };
    element?.setAttribute("aria-disabled", "true");
    if (working) element.textContent = working;
    this.facts.fault = null;
    this.link.send({ kind: "press", n: this.n, draft: this.page.draft ?? null, page: this.page.id, to });
    this.link.send({ kind: "ping", n: this.n });
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

  travel(state) {
    if (state?.page && state.page !== this.page?.id) this.press(`go:${state.page}`, { travelled: true });
  }

  // ---- showing

  show(got) {
    const before = this.page;
    this.release();
    const page = { ...got, shell: got.shell ?? before?.shell, draft: got.draft === undefined ? before?.draft : got.draft };
    this.page = page;
    this.form = new Form(page, this.acts());
    const summary = errorSummary(page.problems, (field) => this.jumpToField(field));
    const blocks = (page.blocks ?? []).map((block) => build(this.form, block));
    const scrolled = window.scrollY;
    const focused = document.activeElement?.id;
    this.frame.fill(page);
    this.frame.content.replaceChildren(
      ...[this.frame.printHead, summary, ...headingOf(page), ...blocks].filter(Boolean),
    );
    this.form.refresh();
    this.remember(page);
    if (page.read_only) this.freeze();
    if (before === null) this.settle();
    this.record(before);
    this.tell();
    this.focus(before, { focused, scrolled });
  }

  /** Keep the page as it stands, with what was typed, after a connection that was lost. */
  stay(page) {
    this.page = { ...this.page, saved_at: page.saved_at, recorded: page.recorded };
    this.remember(page);
    this.tell();
  }

  remember(page) {
    this.saving.at = page.saved_at ?? (page.draft === this.facts.draft ? this.saving.at : null);
    const { recorded = null, alert = null } = page;
    const nothingYet = Boolean(page.shell?.nothing_yet);
    Object.assign(this.facts, { recorded, alert, nothingYet, draft: page.draft, fault: null });
    if (!page.read_only) this.facts.elsewhere = null;
    if (page.saved_at === undefined && this.page.id === "elsewhere") this.facts.nothingYet = true;
  }

  /** Take the place of the words “Opening the workbook…”. */
  settle() {
    this.root.replaceChildren(this.frame.root);
    this.hiding = new Hiding(this.frame.root, () => this.tell());
    if (!this.link.ownsWindow) return;
    this.pausing = new Pausing(this.root, {
      minutes: () => this.page.shell?.pause_minutes,
      may: () => !this.saving.labels.length && this.link.state === "open",
      pause: () => this.pause(),
    });
  }

  pause() {
    this.link.close();
    const { at } = this.saving;
    document.title = `This page has paused – ${PRODUCT}`;
    alone(this.root, {
      heading: "This page has paused",
      text: at ? [`Everything up to ${at} is saved.`] : ["Everything is saved."],
      button: { text: "Open the screening again", act: () => location.reload() },
    });
  }

  record(before) {
    document.adoptedStyleSheets = [
      printSheet({ head: this.page.printing?.head, foot: plain(this.page.printing?.foot) }),
    ];
    if (!this.link.ownsWindow) return;
    const state = { page: this.page.id };
    if (before === null || before.id === this.page.id || history.state?.page === this.page.id) {
      history.replaceState(state, "", this.address());
    } else history.pushState(state, "", this.address());
  }

  address() {
    const draft = this.page.draft;
    return draft ? `${location.pathname}?draft=${encodeURIComponent(draft)}` : location.pathname;
  }

  focus(before, { focused, scrolled }) {
    const { content, alert } = this.frame;
    const summary = content.querySelector(".cse-errors");
    if (this.page.focus) this.jump(this.page.focus);
    else if (this.page.alert) alert.focus();
    else if (summary) summary.focus();
    else if (before?.id === this.page.id) {
      window.scrollTo(0, scrolled);
      const same = focused && content.querySelector(`#${CSS.escape(focused)}`);
      const kept = same && same.offsetParent !== null ? same : content.querySelector("button.cse-button");
      (kept ?? content.querySelector("h1"))?.focus();
    } else if (before !== null) {
      window.scrollTo(0, 0);
      content.querySelector("h1")?.focus();
    }
  }

  jump(id) {
    const element = this.frame.root.querySelector(`#${CSS.escape(id)}`);
    if (element === null) return;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const target = element.matches("fieldset")
      ? (element.querySelector("input:checked") ?? element.querySelector("input"))
      : element;
    if (!target.matches("a, button, input, textarea, summary, [tabindex]")) target.tabIndex = -1;
    (element.querySelector("legend") ?? element).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  jumpToField(field) {
    const id = idOf(field);
    const found = [id, `${id}-day`, `q-${field.split(".").at(-1)}`].find((each) =>
      this.frame.content.querySelector(`#${CSS.escape(each)}`));
    if (found) this.jump(found);
  }

  freeze() {
    for (const box of this.frame.content.querySelectorAll("input, textarea")) {
      if (box.matches("textarea, [type=text]")) box.readOnly = true;
      else box.disabled = true;
    }
  }

  unfold() {
    this.unfolded = [...this.frame.root.querySelectorAll("details:not([open])")];
    for (const each of this.unfolded) each.open = true;
  }

  // ---- telling

  isLost() {
    if (this.page === null) return false;
    return this.link.state === "lost" || (!this.saving.trouble && this.saving.age >= PATIENCE.lost);
  }

  isUnsaved() {
    const { saving } = this;
    return saving.labels.length > 0 && Boolean(this.isLost() || saving.trouble || saving.age >= PATIENCE.late);
  }

  tell() {
    if (this.page === null) return;
    const { saving, frame, facts } = this;
    const late = saving.age >= PATIENCE.late;
    const lost = this.isLost();
    const all = { ...facts, at: saving.at, trouble: saving.trouble, waiting: saving.labels, late, lost };
    const unsaved = this.isUnsaved();
    if (!saving.waiting.size && facts.again) all.again = facts.again;
    frame.tellSaving(savingLine(all), !unsaved && saving.waiting.size > 0 && saving.age >= PATIENCE.shown);
    if (frame.tellAlert(alertOf({ ...all, link: this.isLost() ? "lost" : this.link.state }))) this.jumpToField(this.lastChanged ?? "");
    for (const field of this.form.marks.keys()) {
      const told = saving.refused.get(field) ?? (unsaved && saving.value(field) !== undefined ? "Not saved yet" : "");
      this.form.tell(field, told);
    }
    document.title = this.title(unsaved);
  }

  title(unsaved) {
    if (this.hiding?.hidden) return "Page hidden";
    const front = unsaved ? "Not saved: " : this.page.problems?.length ? "Error: " : "";
    const { title } = this.page;
    return `${front}${title === PLACE ? "" : `${title} – `}${PLACE} – ${PRODUCT}`;
  }
}

/** Show the pages of a widget in a notebook, where the notebook looks after the connection. */
export function render({ model, el }) {
  const link = {
    state: "open",
    ownsWindow: false,
    send: (message) => model.send(message),
    reconnect: () => {},
    close: () => {},
  };
  el.classList.add("cse");
  const app = new App(el, link);
  model.on("msg:custom", (message) => app.hear(message));
}

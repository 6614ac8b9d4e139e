/* The page as an output of a notebook: a guest in a page that is somebody else's. */
import { h } from "../static/dom.js";
import { App } from "../static/page.js";

const ASK_AGAIN = 5000;

/** The way to the kernel. The notebook looks after it; here is found out whether it leads there. */
class Way {
  /** Take the widget's model; `tab` and `asked` go on where another output left off. */
  constructor(model, { tab = crypto.randomUUID(), asked }, signal) {
    Object.assign(this, { model, tab, asked, signal, ownsWindow: false, state: "open" });
    model.on("msg:custom", (message) => this.hear(message));
    model.on("comm_live_update", () => this.reconnect());
    signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  /** Send a message to the kernel, if there is a way to it. */
  send(message) {
    try {
      this.model.send(message);
    } catch {
      if (this.state === "open") this.reconnect(); // there is no kernel: this is what the state says
    }
  }

  hear(message) {
    if (this.signal.aborted) return;
    if (this.state === "lost") this.tell("open");
    this.onmessage(message);
  }

  tell(state) {
    clearTimeout(this.timer);
    this.state = state;
    this.onstate();
  }

  /** Ask for a sign of life until there is one. */
  reconnect() {
    if (this.signal.aborted) return;
    if (this.state === "open") this.tell("lost");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reconnect(), ASK_AGAIN);
    this.send({ kind: "ping", n: 0 });
  }
}

/** One output, in a tree of its own: no look, name or id of the notebook meets one of the page. */
class Output {
  constructor({ model, el, signal }, sheet) {
    Object.assign(this, { model, signal });
    this.root = h("div", { class: "cse" }, h("p", { class: "cse-wide", role: "status" }, "Opening the workbook…"));
    const host = h("div", { class: "cse-output" });
    const inside = host.attachShadow({ mode: "open" });
    inside.adoptedStyleSheets = [sheet];
    inside.append(this.root);
    keepToItself(host);
    el.append(host);
  }

  /** Show the page here, where the output `before` had it. */
  begin(before) {
    const { page, link } = before?.app ?? {};
    const asked = page && { draft: page.draft ?? null, page: page.id };
    this.over = new AbortController();
    const signal = AbortSignal.any([this.signal, this.over.signal]);
    this.app = new App(this.root, new Way(this.model, { tab: link?.tab, asked }, signal));
    signal.addEventListener("abort", () => this.app.end());
  }

  /** Leave the page to another output; `back` brings it here again. */
  end(back) {
    this.over.abort();
    const button = h("button", { type: "button", class: "cse-button cse-button--secondary", onclick: back }, "Show it here");
    const words = h("p", {}, "This page is shown in another output now. Nothing is lost.");
    this.root.replaceChildren(h("div", { class: "cse-wide cse-alone" }, words, button));
  }
}

/** Keep from the notebook what is typed here. It would take letters for its commands. */
function keepToItself(host) {
  const isItsOwn = ({ key, ctrlKey, metaKey }) => (ctrlKey || metaKey) && key?.toLowerCase() === "s";
  for (const kind of ["keydown", "keyup", "keypress"]) {
    host.addEventListener(kind, (event) => isItsOwn(event) || event.stopPropagation());
  }
  host.addEventListener("contextmenu", (event) => {
    if (event.composedPath()[0].matches("input, textarea")) event.stopPropagation();
  });
}

/** Make what shows the pages of one widget. It is shown once: in the latest of its outputs. */
export function notebook(look) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  let latest = null;
  const show = (output) => {
    const before = latest;
    latest = output;
    before?.end(() => show(before));
    output.begin(before);
  };
  return { render: (view) => show(new Output(view, sheet)) };
}

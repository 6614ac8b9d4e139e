/* What stands around every page: banner, help, alert, foot; and the pages that the browser makes. */
import { focusedBeside, h, icon, link, pressLink, rich } from "./dom.js";

const NAMES = { header: "CSE Workbook", main: "Page of the workbook", footer: "About this workbook" };

/** Make a landmark's part inside a page that has landmarks of its own: it is named instead. */
export function partWithin(tag, attributes, ...children) {
  const named = { "aria-label": NAMES[tag], ...attributes };
  const aside = tag === "header" || tag === "footer";
  return aside ? h("div", { role: "group", ...named }, children) : h("section", named, children);
}

export class Frame {
  /**
   * Build the frame once; `acts` has press, jump, hide and act(name) for the alert's buttons.
   * Where the window is not ours, what makes its landmarks is `part`.
   */
  constructor(acts, { ownsWindow }) {
    this.acts = acts;
    this.ownsWindow = ownsWindow;
    this.part = ownsWindow ? h : partWithin;
    this.signedIn = h("span", { class: "cse-banner__who" });
    this.nav = this.part("nav", { "aria-label": "Workbook", class: "cse-nav" });
    this.status = h("div", { role: "status", class: "cse-saving__said" });
    this.working = h("div", { class: "cse-saving__now", "aria-hidden": "true", hidden: true }, h("strong", {}, "Saving…"));
    this.said = h("div", { role: "status", class: "visually-hidden" });
    this.referNow = h("p", { class: "cse-help__line" });
    this.onThisPage = this.part("nav", { "aria-label": "On this page", class: "cse-help__list" });
    this.back = h("div", { class: "cse-back" });
    this.alert = h("div", { role: "alert", class: "cse-alert", tabindex: "-1" });
    this.content = h("div");
    const inside = [this.back, this.alert, this.content];
    this.main = this.part("main", { id: "main-content", class: "cse-main", tabindex: "-1" }, inside);
    this.foot = h("p", { class: "cse-small" });
    this.printHead = h("p", { class: "cse-print" });
    this.printFoot = h("p", { class: "cse-print" });
    this.root = h("div", { class: "cse-page" }, this.parts());
  }

  parts() {
    const skip = this.ownsWindow && link(() => this.main.focus(), "Skip to main content", { class: "cse-skip", href: "#main-content" });
    const name = link((element) => this.acts.press(this.acts.home(), { element }), "CSE Workbook", { class: "cse-banner__name" });
    const urgent = h("p", { class: "cse-emergency cse-help__999" },
      h("strong", {}, "Immediate danger?"), " ", h("span", {}, "Call ", h("strong", {}, "999"), " now."));
    const hide = h("p", { class: "cse-help__line" },
      link(() => this.acts.hide(), "Hide this page"),
      h("span", { class: "cse-help__keys" }, " or press ", h("kbd", {}, "Shift"), " 3 times"));
    const help = this.part("aside", { class: "cse-help", "aria-label": "Emergency, saving and help" },
      urgent, h("div", { class: "cse-saving" }, this.status, this.working), this.referNow, hide, this.onThisPage, this.said);
    return [
      skip,
      this.part("header", { class: "cse-banner" }, h("div", { class: "cse-wide" }, name, this.signedIn)),
      this.nav,
      h("div", { class: "cse-wide cse-columns" }, help, this.main),
      this.part("footer", { class: "cse-foot" }, h("div", { class: "cse-wide" },
        h("p", { class: "cse-small" }, h("strong", {}, "In immediate danger, call 999."),
          " This workbook helps a professional decide. It does not decide."),
        this.foot, this.printFoot)),
    ];
  }

  /** Fill the frame for a page. */
  fill({ shell = {}, back, printing = {} }) {
    this.signedIn.textContent = shell.signed_in ? `Signed in: ${shell.signed_in}` : "";
    this.fillNav(shell.nav ?? []);
    const refer = shell.refer_now ? [pressLink(this.acts, shell.refer_now, "Refer now, without finishing")] : [];
    this.referNow.replaceChildren(...refer);
    const places = shell.on_this_page ?? [];
    const list = h("ul", {}, places.map((each) => h("li", {}, link(() => this.acts.jump(each.focus), each.text))));
    this.onThisPage.replaceChildren(...(places.length ? [h("p", {}, h("strong", {}, "On this page")), list] : []));
    this.onThisPage.hidden = !places.length;
    const links = back ? [pressLink(this.acts, back.to, back.text ?? "Back", { class: "cse-back__link" })] : [];
    this.back.replaceChildren(...links);
    this.foot.replaceChildren(...rich(shell.foot, this.acts));
    // Only where the browser cannot put them on every sheet: see printSheet.
    const once = "CSSMarginRule" in window ? {} : printing;
    this.printFoot.replaceChildren(...rich(once.foot, this.acts));
    this.printHead.textContent = once.head ?? "";
  }

  fillNav(places) {
    const place = ({ to, text, current }) =>
      h("li", {}, pressLink(this.acts, to, text, { "aria-current": current ? "page" : null }));
    this.nav.replaceChildren(h("ul", { class: "cse-wide" }, places.map(place)));
    this.nav.hidden = !places.length;
  }

  /** Put a page in place of the one before. */
  put(parts) {
    this.content.replaceChildren(...[this.printHead, ...parts].filter(Boolean));
  }

  /** Tell how saving stands; the words are only touched when they change, so they are said once. */
  tellSaving({ tone, strong, text }, now) {
    const told = JSON.stringify([tone, strong, text]);
    this.working.hidden = !now;
    this.status.classList.toggle("visually-hidden", now);
    if (told === this.told) return;
    this.told = told;
    const shape = { saved: "tick", waiting: "triangle" }[tone];
    this.status.className = `cse-saving__said cse-saving__said--${tone}`;
    this.status.replaceChildren(
      ...[shape && icon(shape), h("div", {}, h("strong", {}, strong), " ", h("span", {}, rich(text, this.acts)))].filter(Boolean),
    );
  }

  /** Fill or empty the alert. Tell whether the focus was in what has gone. */
  tellAlert(alert) {
    const told = JSON.stringify(alert ?? null);
    if (told === this.alerted) return false;
    const focused = focusedBeside(this.alert);
    const held = this.alert.contains(focused) && focused !== this.alert;
    this.alerted = told;
    this.alert.classList.toggle("cse-alert--shown", Boolean(alert));
    this.alert.replaceChildren(...(alert ? this.alertParts(alert) : []));
    return held;
  }

  alertParts({ heading, text, buttons }) {
    const button = ({ text: words, to, act }) => {
      const onclick = (event) => (act ? this.acts.act(act) : this.acts.press(to, { element: event.currentTarget }));
      return h("button", { type: "button", class: "cse-button cse-button--secondary", onclick }, words);
    };
    return [
      h("h2", {}, heading),
      ...text.map((runs) => h("p", {}, rich(runs, this.acts))),
      buttons?.length ? h("div", { class: "cse-buttons" }, buttons.map(button)) : "",
    ];
  }

  /** Say something to people who listen to the page. */
  say(words) {
    this.said.textContent = words;
  }
}

/** The list of what has to be put right, above the heading. */
export function errorSummary(problems, jump) {
  if (!problems?.length) return null;
  const items = problems.map((each) => h("li", {}, link(() => jump(each.field), each.text)));
  return h("div", { class: "cse-errors", role: "group", "aria-labelledby": "cse-errors", tabindex: "-1" },
    h("h2", { id: "cse-errors" }, "There is a problem"), h("ul", {}, items));
}

/** The caption and the heading of a page. */
export function headingOf({ caption, heading, blocks }) {
  const own = (blocks ?? []).some((block) => block.kind === "views");
  return [
    caption ? h("p", { class: "cse-caption" }, caption) : null,
    own ? null : h("h1", { tabindex: "-1" }, heading),
  ];
}

/** A page that stands alone in place of the frame. */
export function alone(root, { heading, text, button }) {
  const title = h("h1", { tabindex: "-1" }, heading);
  const words = text.map((each) => h("p", {}, each));
  const act = button && h("button", { type: "button", class: "cse-button", onclick: button.act }, button.text);
  root.replaceChildren(h("main", { class: "cse-wide cse-alone", id: "main-content" }, title, words, act));
  title.focus();
}

/** Words for print at the foot and head of every sheet, where the browser can do it. */
export function printSheet({ head, foot }) {
  const quoted = (words) => JSON.stringify(words ?? "");
  const sheet = new CSSStyleSheet();
  const type = "font: 9.5pt Arial, Helvetica, sans-serif; color: #0b0c0c;";
  sheet.replaceSync(
    `@page { @top-right { content: ${quoted(head)}; font: bold 11pt Arial, Helvetica, sans-serif; } @bottom-left { content: ${quoted(foot)}; ${type} } }`,
  );
  return sheet;
}

/** The plain words of runs of text. */
export function plain(runs) {
  return (runs ?? []).map((run) => (typeof run === "string" ? run : (run.strong ?? run.text ?? ""))).join("");
}


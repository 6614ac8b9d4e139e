/* A page with a window of its own: its address, its way back, its paper, and its being left. */
import { alone, plain, printSheet } from "./frame.js";
import { unfold } from "./reach.js";

export class Place {
  /** `link` is the connection, `saving` what may be unsaved, `travel(page)` goes to a page. */
  constructor({ link, saving, travel, isUnsaved }) {
    this.link = link;
    // A page that is loaded again is still the same tab, and need not ask for its own draft.
    this.tab = history.state?.tab ?? crypto.randomUUID();
    history.replaceState({ ...history.state, tab: this.tab }, "");
    window.addEventListener("popstate", ({ state }) => state?.page && travel(state.page));
    window.addEventListener("pagehide", () => {
      saving.flush();
      link.close();
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && link.comeBack());
    window.addEventListener("beforeunload", (event) => isUnsaved() && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && saving.flush());
    window.addEventListener("beforeprint", () => (this.fold = unfold(document)));
    window.addEventListener("afterprint", () => this.fold?.());
  }

  /** The draft and the page that the address asks for. */
  get asked() {
    return {
      draft: new URLSearchParams(location.search).get("draft"),
      page: history.state?.page ?? null,
    };
  }

  /** Write down where we are. A new page is a step that Back takes back. */
  record(page, before) {
    const address = page.draft ? `${location.pathname}?draft=${encodeURIComponent(page.draft)}` : location.pathname;
    const stays = before === null || before.id === page.id || history.state?.page === page.id;
    history[stays ? "replaceState" : "pushState"]({ page: page.id, tab: this.tab }, "", address);
    const { head, foot } = page.printing ?? {};
    document.adoptedStyleSheets = [printSheet({ head, foot: plain(foot) })];
  }

  /** Stay on a page although the browser has already gone from it. */
  stay(page) {
    history.pushState({ page: page.id, tab: this.tab }, "", location.href);
  }

  /** End the kernel of a page that nobody uses. Everything up to `at` is saved; `what` was open. */
  pause(root, at, what) {
    this.link.close();
    document.title = "This page has paused – CSE Workbook";
    alone(root, {
      heading: "This page has paused",
      text: [at ? `Everything up to ${at} is saved.` : "Everything is saved."],
      button: { text: `Open the ${what} again`, act: () => location.reload() },
    });
  }
}

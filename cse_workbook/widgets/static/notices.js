/* What the page says about saving and the connection: from plain facts to words. */

export const PRODUCT = "CSE Workbook";
const LEAD = "Do not wait for this page if a child needs help. Speak to your safeguarding lead.";

const plural = (n, one, many) => (n === 1 ? `1 ${one}` : `${n} ${many}`);
const upTo = (at) => (at ? `Everything up to ${at} is saved.` : "");

/**
 * The saving line: { tone, strong, text (runs) }. Facts: at, recorded, nothingYet, waiting (labels),
 * unsaved, again ({ fresh, n, at }), state ({ strong, small }: of a page without a draft).
 */
export function savingLine({ state, ...facts }) {
  if (state && !facts.unsaved) return { tone: "saved", strong: state.strong, text: state.small };
  const line = lineOf(facts);
  return { ...line, text: [line.text] };
}

function lineOf({ at, recorded, nothingYet, waiting, unsaved, again }) {
  if (unsaved) {
    const since = at ? `Not saved since ${at}.` : "Not saved yet.";
    const are = plural(waiting.length, "answer is waiting.", "answers are waiting.");
    return { tone: "waiting", strong: since, text: `${are} Trying again.` };
  }
  if (again?.fresh && !waiting.length) {
    const kept = again.at ? ` Your answers up to ${again.at} were kept` : "";
    const since = again.n ? `, and the ${again.n} you gave since ${again.n === 1 ? "has" : "have"} been saved too` : "";
    const strong = at ? `Saved ${at}.` : "Connected again.";
    return { tone: "saved", strong, text: `This page had to start again.${kept}${kept && since}${kept ? "." : ""}` };
  }
  if (again && !waiting.length) return { tone: "saved", strong: at ? `Saved ${at}.` : "Connected again.", text: "Connected again, nothing was lost." };
  if (recorded) return { tone: "saved", strong: `Recorded ${recorded.at}`, text: `by you. Entry ${recorded.entry}.` };
  if (nothingYet || !at) return { tone: "none", strong: "Nothing to save yet.", text: "Each answer is saved as you give it." };
  return { tone: "saved", strong: `Saved ${at}.`, text: "You can close this page and come back." };
}

/**
 * The alert, or null. Facts: link, elsewhere, trouble, fault, waiting (labels), at, alert, and
 * whether the page stands in a window of its own.
 */
export function alertOf({ link, elsewhere, trouble, fault, waiting, at, alert, ownsWindow }) {
  const named = waiting.join("; ");
  const retry = [{ text: "Try again now", act: "retry" }];
  if (link === "signed_out") {
    const words = `${upTo(at)} Sign in again in another tab, then come back here and select Try again now.`;
    return { heading: "You have been signed out", text: [[words]], buttons: retry };
  }
  if (link === "lost") {
    const text = lostText(waiting, named, at);
    const kernel = "If the kernel was restarted, write down what is not saved and run the cell again.";
    return { heading: "Connection lost", text: ownsWindow ? text : [...text, [kernel]], buttons: retry };
  }
  if (elsewhere) {
    const words = `This page is now read only. ${upTo(at)}`;
    return {
      heading: "You are working in another window", text: [[words]],
      buttons: [{ text: "Work here again", act: "takeover" }],
    };
  }
  if (trouble?.why === "full") {
    const saved = at ? `Everything up to ${at} is saved. ` : "";
    return {
      heading: "Your answers cannot be saved",
      text: [
        [`The place where records are kept has no room left. ${saved}`, { strong: "Only on this page:" },
          ` ${named}. Print this page or write them down now, and tell your administrator that the record store is full.`],
        [LEAD],
      ],
      buttons: [{ text: "Print this page", act: "print" }, ...retry],
    };
  }
  const wrong = trouble ?? fault;
  if (wrong) {
    const saved = wrong.at ?? at;
    const words = `${saved ? `Your answers up to ${saved} are saved. ` : ""}Try again. If it goes on, tell your administrator: ${wrong.reference}.`;
    return { heading: "Sorry, there is a problem", text: [[words]], buttons: trouble ? retry : [] };
  }
  return alert;
}

function lostText(waiting, named, at) {
  const are = plural(waiting.length, "answer is not saved:", "answers are not saved:");
  const nothing = upTo(at) || "Nothing is waiting to be saved.";
  const first = waiting.length ? [{ strong: are }, ` ${named}. ${upTo(at)}`] : [nothing];
  const keep = "Keep this page open. You can go on: what you enter stays on this page and is sent when the connection is back. If you must close it, write these answers down first.";
  return [first, [keep], [LEAD]];
}

/** The title of the window. It never says what is recorded about a child. */
export function titleOf({ title, section, problems }, { hidden, unsaved }) {
  if (hidden) return "Page hidden";
  const front = unsaved ? "Not saved: " : problems?.length ? "Error: " : "";
  const names = new Set([title, section, PRODUCT].filter(Boolean));
  return `${front}${[...names].join(" – ")}`;
}

/* Start a served page: wait for its kernel, connect, and say so if that takes long or fails. */
import { alone } from "./frame.js";
import { Kernel, linkIn } from "./kernel.js";
import { App } from "./page.js";

const LONG = 10_000;
const SLOW = "This is taking longer than usual. If you are worried about a child, do not wait: speak to your safeguarding lead.";

function failed(root) {
  document.title = "The workbook could not start – CSE Workbook";
  alone(root, {
    heading: "The workbook could not start",
    text: ["Nothing is lost. Reload the page, or use the paper form. If a child needs help, do not wait."],
  });
}

async function written() {
  if (document.readyState !== "loading") return;
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

async function start() {
  const root = document.getElementById("cse-workbook");
  setTimeout(() => {
    const place = document.getElementById("cse-opening");
    if (place) place.textContent = SLOW;
  }, LONG);
  await written();
  const found = linkIn(document);
  if (!found?.model) {
    if (found) new Kernel(found).close();
    failed(root);
    return;
  }
  const kernel = new Kernel(found);
  new App(root, kernel);
  if ((await kernel.connect()) === "open") kernel.tell("open");
  else kernel.reconnect();
}

start();

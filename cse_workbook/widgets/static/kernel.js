/* The way to the kernel of this page: a socket that speaks only the messages of one widget. */

const WAITS = [0, 1000, 2000, 4000, 8000, 15_000];
const PATIENCE_WITH_SERVER = 20_000;

export class Kernel {
  /** Take what the server wrote into the page: { kernel, model, xsrf }. */
  constructor(found) {
    this.ownsWindow = true;
    this.state = "lost";
    this.fresh = false;
    this.attempts = 0;
    this.run = 0;
    this.closed = false;
    this.onmessage = () => {};
    this.onstate = () => {};
    this.take(found);
    window.addEventListener("online", () => this.state !== "open" && this.reconnect());
    window.addEventListener("offline", () => this.check());
  }

  take({ kernel, model, xsrf }) {
    Object.assign(this, { kernel, model, xsrf });
    this.session = crypto.randomUUID();
  }

  /** Send a message to the widget, if there is a way to it. */
  send(content) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const header = {
      msg_id: crypto.randomUUID(), msg_type: "comm_msg", session: this.session,
      username: "", date: new Date().toISOString(), version: "5.3",
    };
    const data = { method: "custom", content };
    this.socket.send(JSON.stringify({
      channel: "shell", header, parent_header: {}, metadata: {}, content: { comm_id: this.model, data },
    }));
  }

  /** Open the socket to the kernel there is. */
  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/kernels/${this.kernel}/channels?session_id=${this.session}`);
    this.socket = socket;
    return new Promise((done) => {
      socket.onopen = () => done("open");
      socket.onclose = () => {
        done("lost");
        if (socket === this.socket && this.state === "open") this.reconnect();
      };
      socket.onmessage = ({ data }) => socket === this.socket && typeof data === "string" && this.hear(JSON.parse(data));
    });
  }

  hear({ header, content }) {
    if (header.msg_type === "comm_msg" && content.comm_id === this.model) {
      if (content.data.method === "custom") this.onmessage(content.data.content);
    } else if (header.msg_type === "status" && ["restarting", "dead"].includes(content.execution_state)) {
      this.reconnect({ dead: true });
    }
  }

  tell(state) {
    this.state = state;
    this.onstate();
  }

  drop() {
    const { socket } = this;
    this.socket = null;
    socket?.close();
    clearTimeout(this.timer);
  }

  /** Find out whether the server is still there, when the machine says that it has lost its net. */
  async check() {
    try {
      await fetch(`/api/kernels/${this.kernel}`, { cache: "no-store" });
    } catch {
      if (this.state === "open") this.reconnect();
    }
  }

  /** Give the connection up and make it again, now and then at longer and longer intervals. */
  async reconnect({ dead = false } = {}) {
    if (this.closed) return;
    if (this.state === "open") this.attempts = 0;
    this.drop();
    if (dead) end(this);
    this.run += 1;
    const { run } = this;
    if (this.state === "open") this.tell("lost");
    const state = await this.attempt(dead, run);
    if (run !== this.run || this.closed) return;
    this.attempts = state === "open" ? 0 : this.attempts + 1;
    if (state !== this.state || state === "open") this.tell(state);
    if (state !== "lost") return;
    const wait = WAITS[Math.min(this.attempts, WAITS.length - 1)];
    this.timer = setTimeout(() => this.reconnect({ dead }), wait);
  }

  async attempt(dead, run) {
    try {
      const answer = dead ? null : await ask(`/api/kernels/${this.kernel}`);
      if (answer?.status === 403) return "signed_out";
      if (answer === null || answer.status === 404) return await this.renew(run);
      return answer.ok && run === this.run ? await this.connect() : "lost";
    } catch {
      return "lost"; // the server cannot be reached: this is what the state says
    }
  }

  /** Have the server start a kernel for this page, which stays as it is. */
  async renew(run) {
    const answer = await ask(location.href);
    if (answer.status === 403) return "signed_out";
    const found = answer.ok ? linkIn(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
    if (!found?.model) return "lost";
    if (run !== this.run || this.closed) {
      end(found); // a later attempt, or leaving the page, has overtaken this one
      return "lost";
    }
    this.take(found);
    this.fresh = true;
    return this.connect();
  }

  /** Leave: end the kernel, and expect nothing more. */
  close() {
    this.closed = true;
    this.state = "lost";
    this.drop();
    end(this);
  }

  /** Come back to a page that was left: the browser had kept it. */
  comeBack() {
    this.closed = false;
    this.tell("lost");
    this.reconnect();
  }
}

/** Tell the server that a kernel is not needed any more. */
function end({ kernel, xsrf }) {
  navigator.sendBeacon(`/voila/api/shutdown/${kernel}`, new URLSearchParams({ _xsrf: xsrf }));
}

function ask(address) {
  const signal = AbortSignal.timeout(PATIENCE_WITH_SERVER);
  return fetch(address, { cache: "no-store", redirect: "error", signal });
}

/** Find what the server wrote about its kernel into a page. */
export function linkIn(page) {
  const place = page.querySelector("#cse-link");
  return place ? { ...place.dataset } : null;
}

// How is WebKit's own driver spoken to? Plain requests over the loopback address, as the W3C's WebDriver says.
// Deliberately absent: what stands in the window; see `window.mjs`.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const STARTING_MS = 20_000;

/** A session with a program that shows a WebKit view. */
export class Session {
  #base;
  #driver;

  constructor(base, driver) {
    this.#base = base;
    this.#driver = driver;
  }

  /** Starts the driver, and through it the program, with `env` on top of the environment. */
  static async start({ binary, args = [], env = {} }) {
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      // Tauri lets itself be driven only when it is told so at its start.
      env: { ...process.env, TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true", ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const failed = new Promise((_, reject) => {
      driver.once("error", (error) => reject(new Error(`WebKitWebDriver cannot be started: ${error.message}`)));
      driver.once("exit", (code) => reject(new Error(`WebKitWebDriver ended with ${code}`)));
    });
    failed.catch(() => {});
    const base = `http://127.0.0.1:${port}`;
    try {
      await Promise.race([ready(base), failed]);
      const wanted = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
      const { sessionId } = await ask(`${base}/session`, "POST", { capabilities: wanted }, AbortSignal.timeout(60_000));
      return new Session(`${base}/session/${sessionId}`, driver);
    } catch (error) {
      driver.kill();
      if (error.name !== "TimeoutError") throw error;
      throw new Error(`${binary} does not let itself be driven: build it with the feature e2e`, { cause: error });
    }
  }

  /** The process of the driver, from which the program and the processes of its pages descend. */
  get process() {
    return this.#driver.pid;
  }

  /** Ends the program and the driver. */
  async end() {
    try {
      await ask(this.#base, "DELETE");
    } finally {
      this.#driver.kill();
    }
  }

  /** Runs a function in the page with plain arguments, and answers what it answers; elements stay usable. */
  async run(script, ...args) {
    const source = typeof script === "function" ? `return (${script}).apply(null, arguments)` : script;
    return ask(`${this.#base}/execute/sync`, "POST", { script: source, args: args.map(packed) });
  }

  /** The same for a function whose last argument is called with the answer. */
  async runLong(script, ...args) {
    const source = typeof script === "function" ? `(${script}).apply(null, arguments)` : script;
    return ask(`${this.#base}/execute/async`, "POST", { script: source, args: args.map(packed) });
  }

  async click(element) {
    await ask(`${this.#base}/element/${id(element)}/click`, "POST", {});
  }

  async clear(element) {
    await ask(`${this.#base}/element/${id(element)}/clear`, "POST", {});
  }

  async type(element, text) {
    await ask(`${this.#base}/element/${id(element)}/value`, "POST", { text });
  }

  /** Presses the pointer at one place of the window, moves it to another, and lets it go. */
  async drag(from, to) {
    const move = ({ x, y }, duration) => ({
      type: "pointerMove",
      duration,
      origin: "viewport",
      x: Math.round(x),
      y: Math.round(y),
    });
    const half = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const actions = [
      move(from, 0),
      { type: "pointerDown", button: 0 },
      move(half, 60),
      move(to, 60),
      { type: "pointerUp", button: 0 },
    ];
    const pointer = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions };
    await ask(`${this.#base}/actions`, "POST", { actions: [pointer] });
  }

  /** The window as a PNG. */
  async picture() {
    return Buffer.from(await ask(`${this.#base}/screenshot`, "GET"), "base64");
  }

  /** Gives the window another size. */
  async resize(width, height) {
    await ask(`${this.#base}/window/rect`, "POST", { width, height });
  }

  async timeouts(script) {
    await ask(`${this.#base}/timeouts`, "POST", { script });
  }
}

function id(element) {
  return element[ELEMENT];
}

function packed(argument) {
  return argument ?? null;
}

async function ask(address, method, body, signal) {
  const answer = await fetch(address, {
    method,
    signal: signal ?? null,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = await answer.json();
  if (answer.ok) return value;
  throw new Error(`${value.error}: ${value.message}`);
}

async function ready(base) {
  const end = Date.now() + STARTING_MS;
  for (;;) {
    try {
      const { ready: is } = await ask(`${base}/status`, "GET");
      if (is) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((go) => setTimeout(go, 50));
  }
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

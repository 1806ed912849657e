// What can a person see and do in the window? Things are found by what they are and what they are called.
// Wording comes from the text files, so that a better sentence breaks no test.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Session } from "./webdriver.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const PATIENCE_MS = 20_000;
const pictures = join(root, "target/e2e");
const axe = readFileSync(join(root, "ui/node_modules/axe-core/axe.min.js"), "utf8");

const folder = join(root, "assets/texts/en");
const sentences = Object.assign(
  {},
  ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8"))),
);

/** The sentence under a key, with its placeholders filled in. */
export function t(key, args = {}) {
  const sentence = sentences[key];
  if (sentence === undefined) throw new Error(`no text ${key}`);
  return sentence.replace(/\{([\w-]+)\}/g, (whole, name) => args[name] ?? whole);
}

/** The selectors of what a thing is. */
const KINDS = {
  button: "button, [role=button]",
  field: "input:not([type=checkbox]):not([type=radio]), textarea, select",
  box: "input[type=checkbox], input[type=radio]",
  heading: "h1, h2, h3",
  group: "[role=group], [role=toolbar], section, fieldset",
  picture: "img",
};

/** Runs in the page: everything visible of a kind, by its accessible name. */
function look(selector, name, exactly) {
  const words = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const called = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return words(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
    const label = element.getAttribute("aria-label");
    if (label) return words(label);
    const labels = element.labels ? [...element.labels] : [];
    if (labels.length > 0) return words(labels.map((one) => one.textContent).join(" "));
    return words(element.alt ?? element.textContent);
  };
  // Behind an open dialog nothing can be reached.
  const dialogs = document.querySelectorAll("dialog[open]");
  const within = dialogs.length > 0 ? dialogs[dialogs.length - 1] : document;
  const fits = (element) => {
    const own = called(element);
    return exactly ? own === name : own.includes(name);
  };
  const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  return [...within.querySelectorAll(selector)].filter((element) => seen(element) && fits(element));
}

/** Every process with its parent and the moment when it began. */
function processes() {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      // The name of the program may hold anything, and ends with the last bracket.
      const fields = readFileSync(`/proc/${Number(pid)}/stat`, "utf8").split(")").at(-1).trim().split(" ");
      return [{ pid, parent: fields[1], begun: fields[19] }];
    } catch {
      return []; // No process, or it ended meanwhile.
    }
  });
}

/** The processes that a process started, and those that these started. */
function descendants(pid) {
  const all = processes();
  const children = (parent) => all.filter((one) => one.parent === String(parent));
  const found = children(pid);
  for (const one of found) found.push(...children(one.pid));
  return found;
}

/** The processes that were started with a folder of the program's own; the program itself does not show it. */
function processesOf(data) {
  return processes().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`LANTHAN_DATA_DIR=${data}\0`);
    } catch {
      return false; // It ended meanwhile, or hides it.
    }
  });
}

/** Waits until the program and the processes of its pages have ended; those that hang are ended. */
async function ended(data, begun) {
  const left = () => {
    const known = processes().filter((one) => begun.some(({ pid, begun }) => pid === one.pid && begun === one.begun));
    return [...known, ...processesOf(data)];
  };
  for (const end = Date.now() + 10_000; left().length > 0; ) {
    if (Date.now() > end) {
      for (const { pid } of left()) {
        try {
          process.kill(Number(pid), "SIGKILL");
        } catch {
          // It ended meanwhile.
        }
      }
    }
    await new Promise((go) => setTimeout(go, 50));
  }
}

/** Removes the folder of a story after its window was closed. */
export function sweep(place) {
  rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}

/** Does it once more if the page drew the thing anew between finding and using it, as a person would. */
async function again(deed) {
  for (let tries = 3; ; tries -= 1) {
    try {
      return await deed();
    } catch (error) {
      if (tries === 0 || !error.message.startsWith("stale element reference")) throw error;
    }
  }
}

/** The window of the real program. */
export class Window {
  #session;
  #data;

  constructor(session, data) {
    this.#session = session;
    this.#data = data;
  }

  /** Opens the program `binary` with its own folder and the user's home in given places. */
  static async open({ binary, data, home, args = [], more = {} }) {
    const env = {
      ...more,
      LANTHAN_DATA_DIR: data,
      HOME: home,
      XDG_CONFIG_HOME: join(home, ".config"),
      // No message bus: through one, the desktop's own services would start, and mount folders into this home.
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
      GTK_USE_PORTAL: "0",
    };
    const session = await Session.start({ binary, args, env });
    await session.timeouts(120_000);
    await session.resize(1280, 900);
    return new Window(session, data);
  }

  async close() {
    const begun = descendants(this.#session.process);
    try {
      await this.#session.end();
    } finally {
      await ended(this.#data, begun);
    }
  }

  async run(script, ...args) {
    return this.#session.run(script, ...args);
  }

  /** Loads the pages anew, and waits for the new ones: what is found in the old ones is gone a moment later. */
  async reload() {
    await this.run(() => {
      window.leaving = true;
      location.reload();
    });
    const arrived = () => window.leaving === undefined && document.readyState === "complete";
    await this.until("the pages anew", () => this.run(arrived).catch(() => false));
  }

  /** Waits until something holds and answers it. */
  async until(what, question, patience = PATIENCE_MS) {
    const end = Date.now() + patience;
    for (;;) {
      const answer = await question();
      if (answer) return answer;
      if (Date.now() > end) {
        await this.picture("failed");
        throw new Error(`${what}: not within ${patience} ms; the window says: ${(await this.words()).slice(0, 600)}`);
      }
      await new Promise((go) => setTimeout(go, 60));
    }
  }

  /** Waits for a thing of a kind with a name. */
  async find(kind, name, { exactly = true, patience } = {}) {
    const found = () => this.run(look, KINDS[kind], name, exactly).then((all) => all[0]);
    return this.until(`${kind} "${name}"`, found, patience);
  }

  /** Whether a thing is there now. */
  async has(kind, name, exactly = true) {
    return (await this.run(look, KINDS[kind], name, exactly)).length > 0;
  }

  /** Presses a button that can be pressed. */
  async press(name, options) {
    const ready = (element) => !element.disabled && element.getAttribute("aria-busy") !== "true";
    await again(async () => {
      const button = await this.find("button", name, options);
      await this.until(`"${name}" can be pressed`, () => this.run(ready, button));
      await this.#session.click(button);
    });
  }

  async click(element) {
    await this.#session.click(element);
  }

  /** Replaces what stands in a field. */
  async fill(name, text, options) {
    return again(async () => {
      const field = await this.find("field", name, options);
      await this.#session.clear(field);
      await this.#session.type(field, text);
      return field;
    });
  }

  /** Every word that can be seen. */
  async words() {
    return this.run(() => document.body.innerText.replace(/\s+/g, " "));
  }

  /** Waits until words can be seen. */
  async sees(words, patience) {
    await this.until(`the words "${words}"`, async () => (await this.words()).includes(words), patience);
  }

  /** Waits until words can no longer be seen. */
  async seesNoMore(words) {
    await this.until(`no words "${words}"`, async () => !(await this.words()).includes(words));
  }

  /** Draws with the pointer over a part of an element; places in parts of its width and height. */
  async draw(element, from, to) {
    const box = await this.run((one) => {
      one.scrollIntoView({ block: "center" });
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x, y, width, height };
    }, element);
    const place = ([across, down]) => ({ x: box.x + across * box.width, y: box.y + down * box.height });
    await this.#session.drag(place(from), place(to));
  }

  /** Asks Rust as the pages do. */
  async ask(command, given = {}) {
    const answer = await this.#session.runLong(
      function (name, args, done) {
        window.__TAURI_INTERNALS__.invoke(name, args).then(
          (value) => done({ value }),
          (error) => done({ error: JSON.stringify(error) }),
        );
      },
      command,
      given,
    );
    if (answer.error !== undefined) throw new Error(`${command}: ${answer.error}`);
    return answer.value;
  }

  /** Tells the page of an event as Rust does, such as files that were dropped. */
  async tell(event, payload) {
    await this.run(
      (name, what) => {
        const known = window.__internal_unstable_listeners_object_id__?.[name] ?? {};
        const ids = Object.getOwnPropertyNames(known);
        window.__internal_unstable_listeners_function_id__({ event: name, payload: what }, ids);
      },
      event,
      payload,
    );
  }

  /**
   * Answers the next calls of a system dialog, which no test can drive. Everything else still goes to Rust.
   */
  async answerDialogs(answers) {
    await this.run((given) => {
      const asked = window.askedFetch ?? window.fetch;
      window.askedFetch = asked;
      window.fetch = (address, options) => {
        const command = String(address).split("/").at(-1);
        if (!(command in given)) return asked(address, options);
        const headers = { "content-type": "application/json", "Tauri-Response": "ok" };
        return Promise.resolve(new Response(JSON.stringify(given[command]), { headers }));
      };
    }, answers);
  }

  /** Keeps what the window looks like. */
  async picture(name) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${name}.png`), await this.#session.picture());
  }

  /** Keeps a picture of the screen, and answers what is in the way of people who use other means. */
  async inspect(name) {
    await this.picture(name);
    await this.run(`if (!window.axe) { ${axe} }`);
    return this.#session.runLong(function (done) {
      const rules = { resultTypes: ["violations"] };
      window.axe.run(document, rules).then(
        ({ violations }) =>
          done(
            violations
              .filter(({ impact }) => impact === "serious" || impact === "critical")
              .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((one) => one.html).join(" | ").slice(0, 400)})`),
          ),
        (error) => done([`axe failed: ${error.message}`]),
      );
    });
  }

  /** Inspects a screen in its dark and its light colours; answers what was found by picture. */
  async inspectBoth(name) {
    const barriers = {};
    for (const [theme, picture] of [["dark", `${name}-dark`], ["light", name]]) {
      await this.run((one) => void (document.documentElement.dataset.theme = one), theme);
      await this.until("the new colours", () => this.run(() => document.getAnimations().length === 0));
      const found = await this.inspect(picture);
      if (found.length > 0) barriers[picture] = found;
    }
    return barriers;
  }
}

// Does anything that is typed or shown at the window stay readable on the disk: in the vault, in the program's and the
// WebView's folders, in the user's, or in the temporary one? Looked for while open, after a kill, and after locking.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "nine wagtails under the iron bridge";
const WORDS = ["Wintermoor", "温特莫尔项目", "Typed-Zaunkoenig-Caption", PASSPHRASE];
// What goes in is plain by nature, and lies apart from what is looked through.
const { place, folders: [given, home, data, temporary, kept], program, terminal } = stage("given", "home", "data", "tmp", "kept");
const vault = join(kept, "Planted.lanthan");
const photo = readFileSync(join(root, "assets/sample/finished-product.jpg"));
let window;

before(async () => {
  process.env.TMPDIR = temporary;
  const phrase = join(given, "phrase");
  writeFileSync(phrase, `${PASSPHRASE}\n`);
  copyFileSync(join(root, "assets/sample/finished-product.jpg"), join(given, "Wintermoor.jpg"));
  const exhibit = { id: "photo", path: "Wintermoor.jpg", kind: "photo", caption: { en: "Wintermoor hall", zh: "温特莫尔项目" } };
  const pack = { id: "cn-dual-use-rare-earth", version: "2026.11" };
  const dossier = { id: "planted", title: "Wintermoor order", pack, exhibits: [exhibit] };
  writeFileSync(join(given, "dossier.json"), JSON.stringify({ format: 1, dossier }));
  execFileSync(terminal, ["vault", "create", vault, "--passphrase-file", phrase]);
  execFileSync(terminal, ["dossier", "load", given, "--vault", vault, "--passphrase-file", phrase]);
  await open();
});

after(async () => {
  await window?.close();
  sweep(place);
});

async function open() {
  window = await Window.open({ binary: program, home, data, args: [vault] });
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.sees("Wintermoor order", 60_000);
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

/** Where something that was planted stands: words in three spellings, in names and bytes, and parts of the picture. */
function plants(folders = [home, data, temporary, kept]) {
  const forms = WORDS.flatMap((word) => {
    const wide = Buffer.from(word, "utf16le");
    return [Buffer.from(word), wide, Buffer.from(wide).swap16()];
  });
  forms.push(photo.subarray(0, 16), photo.subarray(photo.length / 2, photo.length / 2 + 24));
  const found = [];
  for (const path of folders.flatMap((folder) => [...files(folder)])) {
    let bytes;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      if (error.code === "ENOENT") continue; // It was there for a moment only.
      throw error;
    }
    if (WORDS.some((word) => path.slice(place.length).includes(word)) || forms.some((form) => bytes.includes(form))) {
      found.push(path);
    }
  }
  return found;
}

test("whoever looks for what was planted finds it in a plain file", () => {
  const plain = join(home, "plain");
  for (const bytes of [Buffer.from(`x${WORDS[0]}`), Buffer.from(WORDS[1], "utf16le"), photo.subarray(0, 20)]) {
    writeFileSync(plain, bytes);
    assert.deepEqual(plants(), [plain]);
  }
  rmSync(plain);
  assert.deepEqual(plants(), []);
});

test("words are searched for, what is found is opened, and a caption is typed", async () => {
  await window.press(t("search.open"));
  const field = await window.fill(t("search.field"), "wintermoor");
  await window.sees("2 things found");
  assert.deepEqual(await window.inspect("30-search"), []);
  await window.fill(t("search.field"), "温特莫尔");
  await window.sees("1 thing found");
  await window.run((input) => input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })), field);
  await window.find("heading", "Wintermoor.jpg");
  const shown = await window.find("picture", "Wintermoor.jpg", { exactly: false });
  await window.until("the page is shown", () => window.run((img) => img.complete && img.naturalWidth > 0, shown), 60_000);
  const caption = await window.run(() => [...document.querySelectorAll("textarea")].at(-1));
  await window.click(caption);
  await window.run(
    (area, text) => {
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.blur();
    },
    caption,
    WORDS[2],
  );
  await window.until("it is kept", async () => {
    const [known] = await window.ask("exhibits", { dossier: "planted" });
    return JSON.stringify(known.caption).includes(WORDS[2]);
  });
  assert.deepEqual(plants(), [], "while open");
});

test("a kill leaves nothing, and neither does what is done afterwards", async () => {
  const mine = readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith(program);
    } catch {
      return false;
    }
  });
  assert.ok(mine.length > 0, "the program runs");
  for (const pid of mine) process.kill(Number(pid), "SIGKILL");
  assert.deepEqual(plants(), [], "after a kill");
  await window.close().catch(() => undefined);
  await open();
  const hits = await window.ask("search", { words: "zaunkoenig", limit: 5 });
  assert.equal(hits.length, 1, "what was typed before the kill is found");
  await window.press(t("home.lock"));
  await window.find("heading", t("unlock.title"));
  assert.deepEqual(plants(), [], "after locking");
  await window.close();
  window = undefined;
  assert.deepEqual(plants(), [], "after closing");
});

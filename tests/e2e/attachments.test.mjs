// Does a long video come in through the real window, with its progress seen, and does a stop leave nothing of it? And are
// pictures in at once, and a broken one taken out again?
//
// The video is built here, box by box, and its data cannot be packed. Scenes stand on those before.
import assert from "node:assert/strict";
import { randomFillSync } from "node:crypto";
import { closeSync, openSync, readFileSync, readdirSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const VIDEO_BYTES = 300 * 1024 * 1024;

const { place, folders: [home, data], program } = stage("home", "data");
const video = join(place, "line 3, walk through.mp4");

let window;

before(async () => {
  filmed(video, VIDEO_BYTES);
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
});

after(async () => {
  await window?.close();
  sweep(place);
});

function box(name, ...bodies) {
  const body = Buffer.concat(bodies.map((one) => Buffer.from(one, "latin1")));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
}

function track(handler) {
  const size = Buffer.alloc(84);
  size.writeUInt16BE(1920, 76);
  size.writeUInt16BE(1080, 80);
  return box("trak", box("tkhd", size), box("mdia", box("hdlr", "\0".repeat(8), handler, "\0".repeat(12), "Maker\0")));
}

/** Writes a video of a given length: a brand, data that cannot be packed, and the index at its end. */
function filmed(path, bytes) {
  const head = Buffer.alloc(100);
  [0, 3_876_465_600, 0, 600, 90_600].forEach((number, at) => head.writeUInt32BE(number, at * 4));
  const where = "+45.5477+011.5467+039.000/";
  const user = box("udta", box("\xa9xyz", `\0${String.fromCharCode(where.length)}\x15\xc7`, where));
  const index = box("moov", box("mvhd", head), track("vide"), track("soun"), user);
  const brand = box("ftyp", "isom\0\0\x02\0isommp41");
  const piece = Buffer.alloc(1024 * 1024);
  const file = openSync(path, "w");
  writeSync(file, brand);
  const start = Buffer.from("\0\0\0\x01mdat\0\0\0\0\0\0\0\0", "latin1");
  start.writeBigUInt64BE(BigInt(bytes + 16), 8);
  writeSync(file, start);
  for (let left = bytes; left > 0; left -= piece.length) {
    randomFillSync(piece);
    writeSync(file, piece);
  }
  writeSync(file, index);
  closeSync(file);
}

/** The bytes of everything in the vault that is not its database. */
function originals() {
  const vault = join(home, "Evidence.lanthan");
  const files = readdirSync(vault, { recursive: true }).map((name) => join(vault, name));
  const of = files.filter((name) => /[/](obj|tmp|quarantine)[/]/.test(name) && statSync(name).isFile());
  return of.reduce((sum, name) => sum + statSync(name).size, 0);
}

async function dossier() {
  return (await window.ask("list_dossiers"))[0].id;
}

async function looked(name) {
  assert.deepEqual(await window.inspect(name), [], `barriers on ${name}`);
}

test("a long video is followed by its bytes and its name, and a stop leaves nothing of it", async () => {
  await window.ask("create_dossier", { title: "Order with a video" });
  await window.ask("lock_vault");
  await window.reload();
  await window.fill(t("unlock.passphrase"), PASSPHRASE, { patience: 60_000 });
  await window.press(t("unlock.open"));
  await window.press("Order with a video", { exactly: false, patience: 60_000 });
  await window.press(t("dossier.exhibits"));
  await window.find("heading", t("exhibits.empty"));
  await window.answerDialogs({ pick_files: [video] });
  await window.press(t("exhibits.add"));
  // Looked at and stopped in one go: a fast disk would be done before a second word from here.
  const far = await window.until("some of it is in", () =>
    window.run((stop) => {
      const bar = document.querySelector("progress");
      if (!bar || bar.value === 0 || bar.value === bar.max) return null;
      const seen = { max: bar.max, words: document.body.innerText };
      [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === stop).click();
      return seen;
    }, t("shared.stop")),
  );
  assert.equal(far.max, statSync(video).size, "bytes are counted");
  const named = t("exhibits.importing-name", { name: "line 3, walk through.mp4", at: 1, count: 1 });
  assert.ok(far.words.includes(named), far.words);
  await window.sees(t("exhibits.import-stopped"), 60_000);
  assert.deepEqual(await window.ask("exhibits", { dossier: await dossier() }), []);
  assert.equal(originals(), 0, "nothing lies in the vault");
  await looked("40-stopped");
});

test("taken in again, it is shown as kept inside, with what it would give away and no way to clear it", async () => {
  await window.press(t("exhibits.add"));
  await window.until("it is under way", () => window.run(() => document.querySelector("progress")?.value > 0));
  await window.picture("41-importing");
  await window.sees(t("exhibits.added.one", { count: 1 }), 120_000);
  assert.ok(originals() > VIDEO_BYTES);
  await window.sees(t("exhibits.kept"));
  await looked("42-listed");
  await window.press("line 3, walk through.mp4", { exactly: false });
  await window.sees(t("exhibits.kept-video-way"));
  await window.sees(t("trace-gps", { detail: "45.54770° N, 11.54670° E (accuracy not stated), 39 m above the sea" }));
  await window.sees(t("trace-video-length", { detail: "2 min 31 s" }));
  assert.equal(await window.has("button", t("exhibits.clear")), false);
  await looked("43-kept-inside");
  const [exhibit] = await window.ask("exhibits", { dossier: await dossier() });
  assert.equal(exhibit.keptInside, "video");
  const { title, caption, kind, level, masks, crop, leavingPages, markedMayBeSeen, answers } = exhibit;
  await window.ask("set_parties", {
    dossier: await dossier(),
    parties: [
      {
        id: "",
        roles: ["supplier"],
        name: "Example Magnetics Co.",
        nameLocal: "",
        nameZh: "",
        alias: { en: "", zh: "" },
      },
    ],
  });
  const parts = { title, caption, kind, level, masks, crop, leavingPages, markedMayBeSeen, answers };
  const change = { ...parts, clearedFor: ["supplier"] };
  await assert.rejects(
    window.ask("save_exhibit", { dossier: await dossier(), exhibit: exhibit.id, change }),
    /kept-inside-video/,
  );
});

test("pictures are in at once; one that is broken inside is taken out again, with the reason", async () => {
  const photo = readFileSync(join(root, "assets/sample/item-photo.jpg"));
  const [whole, broken] = ["hall.jpg", "bench.jpg"].map((name) => join(place, name));
  writeFileSync(whole, photo);
  // All its parts are there; a quarter of its coded pixels is not.
  writeFileSync(broken, Buffer.concat([photo.subarray(0, photo.length / 2), photo.subarray((photo.length * 3) / 4)]));
  await window.ask("lock_vault");
  await window.reload();
  await window.fill(t("unlock.passphrase"), PASSPHRASE, { patience: 60_000 });
  await window.press(t("unlock.open"));
  await window.press("Order with a video", { exactly: false, patience: 60_000 });
  await window.press(t("dossier.exhibits"));
  await window.answerDialogs({ pick_files: [whole, broken] });
  await window.press(t("exhibits.add"));
  await window.sees(t("exhibits.added.other", { count: 2 }), 60_000);
  await window.sees(t("exhibits.broken.one", { count: 1 }), 60_000);
  await window.sees("bench.jpg");
  assert.deepEqual(await window.inspectBoth("44-broken"), {});
  await window.until("it is out", async () => {
    const names = (await window.ask("exhibits", { dossier: await dossier() })).map(({ name }) => name);
    return names.join() === "line 3, walk through.mp4,hall.jpg";
  });
});

// Does a supplier's list become points of the dossier in the real window: looked at, settled, taken, undone?
//
// On the sample dossier, in scenes that stand on those before; pictures are kept in target/e2e.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data], program } = stage("home", "data");

let window;
let dossier;
const barriers = {};

/** Takes pictures, light and dark, and notes what would be in anybody's way. */
async function look(name) {
  Object.assign(barriers, await window.inspectBoth(name));
}

/** The asked points as Rust has them. */
async function asked() {
  const { sections } = await window.ask("checklist", { dossier });
  return sections.flatMap(({ lines }) => lines).filter((line) => line.asked !== null);
}

before(async () => {
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  dossier = await window.ask("load_sample");
  await window.reload();
  const { title } = (await window.ask("list_dossiers"))[0];
  await window.press(title, { exactly: false });
  await window.find("group", t("checklist.list"), { patience: 120_000 });
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("what was pasted is looked at first, and taken as the user settled it", async () => {
  await window.press(t("questionnaire.add"));
  await look("60-questionnaire");
  const text = "1. Drawing of the magnet\n2. 最终用户营业执照或注册证明\n3. Menu of the canteen";
  // A person pastes this; a key that is pressed would be a line break of its own.
  const area = await window.find("field", t("questionnaire.paste"), { exactly: false });
  await window.run((one, words) => {
    one.value = words;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }, area, text);
  await window.press(t("questionnaire.look"));
  await window.find("box", "Drawing of the magnet");
  await look("61-questionnaire-lines");
  assert.equal((await asked()).length, 0, "nothing is taken before it is confirmed");
  await window.fill(t("questionnaire.day"), "2026-11-18", { exactly: false });
  await window.press(t("questionnaire.take.other", { count: 3 }));
  await window.until("three points", async () => (await asked()).length === 3);
  const [drawing, registration, menu] = await asked();
  assert.equal(drawing.asked.like, "item-drawing");
  assert.equal(registration.asked.like, "end-user-registration");
  assert.equal(menu.asked.like, null);
  assert.equal(drawing.asked.day, "2026-11-18");
  await window.sees(drawing.basisText);
  await look("62-asked-point");
});

test("an asked point is answered like any other, and is taken out and brought back", async () => {
  // It stands at the very end of a long list.
  await window.run(() => document.getElementById("line-asked-3").click());
  await window.sees(t("questionnaire.beyond"));
  await look("63-asked-beyond");
  await window.press(t("questionnaire.remove"));
  await window.until("two points", async () => (await asked()).length === 2);
  await window.press(t("dossier.undo"));
  await window.until("three points again", async () => (await asked()).length === 3);
});

test("a table with a row that is wrong is not taken, and the row is named", async () => {
  const bad = join(place, "bad.csv");
  writeFileSync(bad, "No.,Question\n1,Photos of the factory site\n2,=SUM(A1)\n3,\n");
  await window.press(t("questionnaire.add"));
  await window.answerDialogs({ pick_list: bad });
  await window.press(t("questionnaire.choose"));
  await window.sees("Row 3, column B");
  await window.sees("Row 4, column B");
  await look("64-questionnaire-faults");
  const good = join(place, "good.csv");
  writeFileSync(good, Buffer.from([0xb4, 0xc5, 0xcc, 0xe5, 0xcd, 0xbc, 0xd6, 0xbd, 0x0a]));
  await window.tell("files-dropped", [good]);
  await window.find("box", "磁体图纸");
  const encoding = await window.find("field", t("questionnaire.encoding"));
  assert.equal(await window.run((one) => one.value, encoding), "gbk");
  await look("65-questionnaire-gbk");
  await window.press(t("shared.close"));
  assert.equal((await asked()).length, 3);
});

test("nothing serious is in anybody's way on these screens", () => {
  assert.deepEqual(barriers, {});
});

// Is a picture cut and covered by hand in the real window, and is what leaves what was looked at?
//
// One story in scenes; each stands on those before. Pictures in both colours are kept in target/e2e.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data], program } = stage("home", "data");

let window;

before(async () => {
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  await window.ask("load_sample");
  await window.reload();
});

after(async () => {
  await window?.close();
  sweep(place);
});

async function looked(name) {
  assert.deepEqual(await window.inspectBoth(name), {});
}

async function dossier() {
  return (await window.ask("list_dossiers"))[0].id;
}

async function exhibit(name) {
  const all = await window.ask("exhibits", { dossier: await dossier() });
  return all.find((one) => one.name === name);
}

/** Waits until a picture is there, and answers it. */
async function shown(name) {
  const picture = await window.find("picture", name, { exactly: false, patience: 60_000 });
  await window.until("the page is shown", () => window.run((img) => img.complete && img.naturalWidth > 0, picture), 60_000);
  return picture;
}

/** Waits until a picture fills the room that what stands under it has left, as it does when it is fitted in. */
async function settled(picture) {
  const fits = (img) => {
    const room = img.closest("[role=region]");
    const { width, height } = img.getBoundingClientRect();
    const used = Math.max(width / (room.clientWidth - 24), height / (room.clientHeight - 24));
    return used > 0.98 && used <= 1.01;
  };
  await window.until("the page fills its room", () => window.run(fits, picture));
  return picture;
}

async function shape(picture) {
  return window.run((img) => ({ width: img.naturalWidth, height: img.naturalHeight }), picture);
}

test("a part of a photograph is framed, and only that part is what leaves", async () => {
  await window.press((await window.ask("list_dossiers"))[0].title, { exactly: false, patience: 60_000 });
  await window.press(t("dossier.exhibits"));
  const photo = join(place, "hall.jpg");
  copyFileSync(join(root, "assets/sample/item-photo.jpg"), photo);
  await window.answerDialogs({ pick_files: [photo] });
  await window.press(t("exhibits.add"));
  await window.sees(t("exhibits.added.one", { count: 1 }), 60_000);
  await window.press("hall.jpg", { exactly: false });
  const page = await shown("hall.jpg");
  const whole = await shape(page);
  await window.press(t("exhibits.crop"));
  await window.find("heading", t("exhibits.crop-none"));
  await window.draw(await settled(page), [0.25, 0.2], [0.75, 0.7]);
  await window.find("heading", t("exhibits.crop-part"));
  const kept = await window.until("the crop is kept", async () => (await exhibit("hall.jpg")).crop);
  for (const [side, wanted] of Object.entries({ x: 2500, y: 2000, w: 5000, h: 5000 })) {
    assert.ok(Math.abs(kept[side] - wanted) < 150, `${side} is ${kept[side]}`);
  }
  await looked("60-crop");
  const width = t("exhibits.side-w", { name: t("exhibits.crop-frame") });
  await window.fill(width, "50");
  await window.click(await window.find("heading", t("exhibits.crop-part")));
  await window.until("the number is kept", async () => (await exhibit("hall.jpg")).crop.w === 5000);
  await window.press(t("exhibits.crop-done"));
  await window.draw(await settled(page), [0.3, 0.3], [0.45, 0.45]);
  await window.sees(t("exhibits.masks-on-page.one", { count: 1 }));
  await looked("61-crop-and-mask");
  await window.press(t("exhibits.show-leaving"));
  const leaving = await shown(t("exhibits.page-leaving-name", { name: "hall.jpg", page: 1, count: 1 }));
  const part = await shape(leaving);
  const ratio = part.width / part.height / (whole.width / whole.height);
  assert.ok(Math.abs(ratio - 1) < 0.05, `half of each side: ${JSON.stringify({ part, whole })}`);
  await looked("62-as-it-leaves");
  await window.press(t("exhibits.show-leaving"));
});

test("what was cleared is taken back when more is to be seen, and the reason is said", async () => {
  const { recipients } = await window.ask("dossier", { dossier: await dossier() });
  await window.press(t("exhibits.clear"));
  await window.sees(t("exhibits.clear-crop"));
  const asked = await window.words();
  const { name } = recipients.find((one) => asked.includes(t("exhibits.clear-question", { name: one.name })));
  await window.press(t("exhibits.clear-for", { name }));
  await window.until("it is cleared", async () => (await exhibit("hall.jpg")).clearedFor.length === 1);
  await window.press(t("exhibits.crop"));
  await window.press(t("exhibits.crop-off"));
  await window.sees(t("exhibits.withdrawn", { names: name }));
  assert.deepEqual((await exhibit("hall.jpg")).clearedFor, []);
  await looked("63-withdrawn");
  await window.press(t("exhibits.undo"));
  await window.until("the crop is back", async () => (await exhibit("hall.jpg")).crop !== null);
  assert.deepEqual((await exhibit("hall.jpg")).clearedFor, [], "nobody cleared it anew");
  await window.press(t("exhibits.crop-done"));
  await window.press(t("exhibits.all"));
});

test("a PDF has no crop: its pages leave whole", async () => {
  await window.press(t("dossier.exhibits"));
  const paper = (await window.ask("exhibits", { dossier: await dossier() })).find(({ format }) => format === "PDF");
  await window.press(paper.title.en, { exactly: false });
  await shown(paper.title.en);
  assert.equal(await window.has("button", t("exhibits.crop")), false);
  await window.press(t("exhibits.all"));
});

/** Presses a key where the focus is. */
async function key(name) {
  await window.run((pressed) => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
  }, name);
}

/** The page of which a dialog asks, once it can be seen. */
async function asked() {
  const put = await window.find("button", t("exhibits.alike-put"));
  await window.until("the page can be confirmed", () => window.run((button) => !button.disabled, put), 60_000);
  return window.run(() => document.querySelector("dialog img").alt);
}

test("the masks of one order are put on the other after a look at it, and on no page that was skipped", async () => {
  const names = ["order A.pdf", "order B.pdf"];
  const files = names.map((name) => join(place, name));
  for (const file of files) copyFileSync(join(root, "assets/sample/purchase-order.pdf"), file);
  await window.answerDialogs({ pick_files: files });
  await window.press(t("exhibits.add"));
  await window.sees(t("exhibits.added.other", { count: 2 }), 60_000);
  await window.press("order A.pdf", { exactly: false });
  const page = await shown("order A.pdf");
  await window.draw(await settled(page), [0.1, 0.05], [0.4, 0.1]);
  await window.sees(t("exhibits.masks-on-page.one", { count: 1 }));
  await window.press(t("exhibits.alike-look", { page: 1 }));
  await window.find("heading", t("exhibits.alike-title"));
  await asked();
  await looked("64-alike");
  const wanted = t("exhibits.alike-page", { name: "order B.pdf", page: 1 });
  // Pages of other exhibits come first and are left as they are.
  for (let name = await asked(); name !== wanted; name = await asked()) await key("s");
  await key("Enter");
  await window.until("order B is masked", async () => (await exhibit("order B.pdf")).masks.length === 1);
  await key("Backspace");
  await window.until("it is taken back", async () => (await exhibit("order B.pdf")).masks.length === 0);
  assert.equal(await asked(), wanted);
  await key("Enter");
  await window.until("order B is masked again", async () => (await exhibit("order B.pdf")).masks.length === 1);
  for (;;) {
    const over = await window.has("button", t("exhibits.alike-put"));
    if (!over) break;
    await asked();
    await key("s");
  }
  await window.press(t("shared.close"));
  const all = await window.ask("exhibits", { dossier: await dossier() });
  const [one, other] = names.map((name) => all.find((exhibit) => exhibit.name === name).masks);
  assert.deepEqual(other, one.map((mask) => ({ ...mask, page: 1 })));
  await window.sees(t("exhibits.alike-done.one", { count: 1 }));
});

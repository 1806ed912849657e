// Does the main job work for a person at the real window, from an empty disk to a released package?
//
// One story in scenes, in the order in which a person would do it; each scene stands on those before. On every
// screen axe must find nothing serious, and a picture is kept in target/e2e.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
rmSync(join(root, "target/e2e/failed.png"), { force: true });
const { place, folders: [home, data, out], program, terminal } = stage("home", "data", "out");

let window;

before(async () => {
  window = await Window.open({ binary: program, home, data });
});

after(async () => {
  await window?.close();
  sweep(place);
});

/** What is in the way of people who use other means than eyes and a mouse, by screen. */
const barriers = {};

/** Looks at a screen; what is found is held against it at the end, so that the story goes on. */
async function look(name) {
  const found = await window.inspect(name);
  if (found.length > 0) barriers[name] = found;
}

async function goTo(screen) {
  await window.press(t(`dossier.${screen}`));
  const label = t(`dossier.${screen}`);
  await window.until(`the screen ${screen}`, () =>
    window.run((name) => document.querySelector("main#screen")?.getAttribute("aria-label") === name, label),
  );
}

async function dossier() {
  return (await window.ask("list_dossiers"))[0].id;
}

test("a new vault is made only when its recovery key was typed back from paper", async () => {
  await window.find("heading", t("unlock.create-title"));
  await look("01-create");
  await window.fill(t("unlock.name"), "Evidence");
  await window.fill(t("unlock.passphrase"), "too short");
  await window.press(t("unlock.create"));
  await window.sees(t("unlock.too-short", { least: 12 }));
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.fill(t("unlock.again"), `${PASSPHRASE} not`);
  await window.press(t("unlock.create"));
  await window.sees(t("unlock.not-the-same"));
  await window.fill(t("unlock.again"), PASSPHRASE);
  await window.press(t("unlock.create"));

  await window.find("heading", t("unlock.recovery-title"), { patience: 60_000 });
  await look("02-recovery-key");
  const groups = await window.run(() => [...document.querySelectorAll("main ol code")].map((one) => one.textContent));
  assert.equal(groups.length, 8);
  assert.ok(groups.every((group) => /^\d{6}$/.test(group)), groups.join(" "));
  await window.press(t("unlock.recovery-written"));
  await window.find("heading", t("unlock.check-title"));
  await look("03-recovery-check");

  const asked = [];
  for (let at = 1; at <= groups.length; at += 1) {
    if (await window.has("field", t("unlock.group", { place: at }))) asked.push(at);
  }
  assert.equal(asked.length, 2, "two groups are asked for");
  for (const at of asked) await window.fill(t("unlock.group", { place: at }), "000000");
  await window.press(t("unlock.finish"));
  await window.sees(t("unlock.group-wrong"));
  for (const at of asked) await window.fill(t("unlock.group", { place: at }), groups[at - 1]);
  await window.press(t("unlock.finish"));
  await window.sees(t("home.empty"));
  await look("04-home-empty");
});

test("the sample is loaded and its checklist says of every point who asks for it", async () => {
  await window.press(t("home.sample"));
  await window.find("group", t("checklist.list"), { patience: 120_000 });
  const list = await window.ask("checklist", { dossier: await dossier() });
  const lines = list.sections.flatMap((section) => section.lines);
  assert.ok(lines.length > 10);
  const words = await window.words();
  for (const line of lines) {
    assert.ok(words.includes(line.title.en), `"${line.title.en}" is not on the screen`);
    assert.ok(words.includes(line.title.zh), `"${line.title.zh}" is not on the screen`);
  }
  await look("05-checklist");
});

test("an answer is typed into a point and is kept", async () => {
  const id = await dossier();
  const list = await window.ask("checklist", { dossier: id });
  const lines = list.sections.flatMap((section) => section.lines);
  for (const line of lines.filter(({ keys, state }) => keys.length > 0 && state !== "not-applicable")) {
    const fields = await window.ask("form", { dossier: id, keys: line.keys });
    const field = fields.find(({ kind, label }) => kind === "text" && fields.filter((one) => one.label.en === label.en).length === 1);
    if (!field) continue;
    await window.click(await window.run((one) => document.getElementById(`line-${one}`), line.id));
    await window.fill(field.label.en, "Typed at the window 7");
    // Leaving the field saves it.
    await window.click(await window.find("heading", line.title.en, { exactly: false }));
    await window.until("the answer is kept", async () => {
      const [kept] = await window.ask("form", { dossier: id, keys: [field.key] });
      return kept.value.en === "Typed at the window 7";
    });
    await look("06-point");
    await window.press(t("dossier.undo"));
    await window.until("the answer is taken back", async () => {
      const [kept] = await window.ask("form", { dossier: id, keys: [field.key] });
      return kept.value.en === field.value.en;
    });
    return;
  }
  assert.fail("no point of the sample has a field of text");
});

test("the statements stand in both languages beside their fields", async () => {
  await goTo("statements");
  const [first] = await window.ask("statements", { dossier: await dossier() });
  await window.sees(first.title.en);
  await window.sees(first.title.zh);
  await look("07-statements");
});

test("the parties and what is protected are listed", async () => {
  await goTo("parties");
  const { parties } = await window.ask("dossier", { dossier: await dossier() });
  for (const party of parties) await window.sees(party.name || party.id);
  await look("08-parties");
});

test("files come in by dialog and by drop; a bad one is named and the others are taken", async () => {
  await goTo("exhibits");
  const before = (await window.ask("exhibits", { dossier: await dossier() })).length;
  const photo = join(place, "from the hall.jpg");
  const bad = join(place, "half a photo.jpg");
  const dropped = join(place, "dropped.jpg");
  for (const file of [photo, dropped]) copyFileSync(join(root, "assets/sample/item-photo.jpg"), file);
  writeFileSync(bad, "this is no photograph");
  await window.answerDialogs({ pick_files: [photo, bad] });
  await window.press(t("exhibits.add"));
  await window.sees(t("exhibits.added.one", { count: 1 }), 60_000);
  await window.sees(t("exhibits.refused-count.one", { count: 1 }));
  await window.sees("half a photo.jpg");
  await look("09-exhibits");
  await window.tell("drag-over", true);
  await window.sees(t("exhibits.drop"));
  await window.picture("10-drop");
  await window.tell("drag-over", false);
  await window.tell("files-dropped", [dropped]);
  await window.until("the dropped file is there", async () => {
    const all = await window.ask("exhibits", { dossier: await dossier() });
    return all.length === before + 2 && all.some(({ name }) => name === "dropped.jpg");
  }, 60_000);
  const all = await window.ask("exhibits", { dossier: await dossier() });
  for (const name of ["from the hall.jpg", "dropped.jpg"]) {
    const exhibit = all.find((one) => one.name === name);
    assert.equal(exhibit.level, "secret");
    assert.deepEqual(exhibit.clearedFor, [], "adding discloses nothing");
  }
});

test("a mask is drawn with the pointer, kept, and burnt in as it leaves", async () => {
  await window.press("from the hall.jpg", { exactly: false });
  const surface = await window.find("picture", "from the hall.jpg", { exactly: false });
  await window.until("the page is shown", () => window.run((img) => img.complete && img.naturalWidth > 0, surface), 60_000);
  await window.draw(surface, [0.2, 0.25], [0.55, 0.6]);
  await window.sees(t("exhibits.masks-on-page.one", { count: 1 }));
  const kept = await window.until("the mask is kept", async () => {
    const all = await window.ask("exhibits", { dossier: await dossier() });
    return all.find(({ name }) => name === "from the hall.jpg").masks[0];
  });
  const near = (value, wanted, most = 150) => assert.ok(Math.abs(value - wanted) <= most, `${value} is not about ${wanted}`);
  near(kept.x, 2000);
  near(kept.y, 2500);
  // Widths go by steps, so that they say nothing of a word's length.
  near(kept.w, 3500, 250);
  near(kept.h, 3500);
  await look("11-mask");
  await window.press(t("exhibits.show-leaving"));
  const name = t("exhibits.page-leaving-name", { name: "from the hall.jpg", page: 1, count: 1 });
  const leaving = await window.find("picture", name, { patience: 60_000 });
  await window.until("it is shown as it leaves", () => window.run((img) => img.complete && img.naturalWidth > 0, leaving), 60_000);
  await look("12-as-it-leaves");
});

test("the package is looked at, and then released into a folder", async () => {
  await goTo("release");
  await window.find("heading", t("release.heading"));
  await look("13-release");
  await window.press(t("release.preview"));
  const first = await window.find("button", t("release.open-page", { page: 1 }), { patience: 120_000 });
  await window.run((button) => button.scrollIntoView({ block: "center" }), first);
  const drawn = (button) => button.querySelector("img")?.naturalWidth > 0;
  await window.until("the first page is drawn", () => window.run(drawn, first), 60_000);
  await look("14-preview");
  await window.click(first);
  const count = await window.run(() => document.querySelectorAll("main ol li img").length);
  const large = await window.find("picture", t("release.page-of", { page: 1, count }));
  await window.until("the page is drawn large", () => window.run((img) => img.naturalWidth > 900, large), 60_000);
  await look("15-page");
  await window.press(t("shared.close"));
  assert.deepEqual(readdirSync(out), [], "looking writes nothing");

  const { recipients } = await window.ask("dossier", { dossier: await dossier() });
  const supplier = recipients.find(({ roles }) => roles.includes("supplier"));
  await window.answerDialogs({ pick_folder: out });
  await window.press(t("release.choose-folder"));
  await window.fill(t("release.folder-name"), "package");
  const pass = await window.run(() => document.querySelector("main#screen input[type=checkbox]"));
  if (pass) await window.click(pass);
  await window.press(t("release.let-leave", { name: supplier.name }));
  await window.sees(t("release.released.other", { count: 4, name: supplier.name }), 120_000);
  await look("16-released");
  const files = readdirSync(join(out, "package")).sort();
  assert.deepEqual(files, ["NOTE.txt", "SHA256SUMS", "manifest.json", "package.pdf"]);
  const verify = execFileSync(terminal, ["verify", join(out, "package")]);
  assert.match(verify.toString(), /^whole: 4 files/);
});

test("the ledger remembers what left", async () => {
  await window.press(t("release.to-ledger"));
  await window.find("heading", t("ledger.title"));
  await window.sees("package.pdf");
  const [line] = await window.ask("ledger");
  assert.equal(line.kind, "release");
  await look("17-ledger");
});

test("locking hides everything, a wrong passphrase is told, the right one opens again", async () => {
  await window.press(t("dossier.lock"));
  await window.find("heading", t("unlock.title"));
  await assert.rejects(window.ask("list_dossiers"), /vault-locked/);
  await window.fill(t("unlock.passphrase"), `${PASSPHRASE}!`);
  await window.press(t("unlock.open"));
  await window.sees(t("err-wrong-passphrase"), 60_000);
  await window.sees(t("fix-wrong-passphrase"));
  await look("18-wrong-passphrase");
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
  await look("19-home");
});

test("the program's own folder knows the vault's place and nothing of what is in it", async () => {
  await window.close();
  window = undefined;
  assert.ok(existsSync(join(data, "vaults.json")));
  const words = ["Sample", "package.pdf", PASSPHRASE, "from the hall"];
  for (const word of words) {
    const search = ["-rlaF", "--", word, data, home];
    let found = "";
    try {
      found = execFileSync("grep", search).toString();
    } catch (nothing) {
      assert.equal(nothing.status, 1, "grep found nothing");
    }
    assert.equal(found, "", `"${word}" was written in clear`);
  }
});

test("opened again, the program offers the vault that was there", async () => {
  window = await Window.open({ binary: program, home, data });
  await window.find("heading", t("unlock.title"));
  await window.sees("Evidence");
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
  const rows = await window.ask("list_dossiers");
  assert.equal(rows.length, 1);
});

test("nothing serious is in anybody's way on any screen", () => {
  assert.deepEqual(barriers, {});
});

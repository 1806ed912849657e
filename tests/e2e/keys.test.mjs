// Who gets in, and who does not: an open copy, a new key for everything, and a lock when nobody is there, in the
// real window.
//
// On the sample dossier, in scenes that stand on those before; pictures are kept in target/e2e.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const NEXT = "nine otters count the lamps of Gotland harbour";
const { place, folders: [home, data, out], program, terminal } = stage("home", "data", "out");
const vault = join(home, "Evidence.lanthan");

let window;
const barriers = {};

/** Takes pictures, light and dark, and notes what would be in anybody's way. */
async function look(name) {
  Object.assign(barriers, await window.inspectBoth(name));
}

before(async () => {
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: vault, passphrase: PASSPHRASE });
  await window.ask("load_sample");
  await window.reload();
  await window.find("heading", t("home.title"));
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("everything is exported only when the passphrase was given once more, and it is called unencrypted", async () => {
  const { id, title } = (await window.ask("list_dossiers"))[0];
  await window.press(t("home.export-this", { title }));
  await window.sees(t("home.export-plain"));
  const focused = () => window.run(() => document.activeElement?.tagName);
  assert.equal(await focused(), "INPUT", "one can type at once");
  await look("90-export");
  await window.answerDialogs({ pick_folder: out });
  await window.fill(t("home.export-passphrase"), `${PASSPHRASE}!`, { exactly: false });
  await window.press(t("home.export-to"));
  await window.sees(t("err-wrong-passphrase"), 60_000);
  assert.deepEqual(readdirSync(out), []);
  await look("91-export-refused");
  await window.fill(t("home.export-passphrase"), PASSPHRASE, { exactly: false });
  await window.press(t("home.export-to"));
  const folder = join(out, id);
  await window.sees(t("home.exported", { title, folder }), 120_000);
  await look("92-exported");
  assert.ok(existsSync(join(folder, "dossier.json")));
  await window.press(t("shared.close"));
});

test("a new key for everything is begun with a new paper, and shuts the old passphrase out", async () => {
  await window.press(t("vault.title"));
  await window.press(t("vault.rekey"));
  await window.sees(t("vault.rekey-when"));
  await look("93-rekey");
  await window.fill(t("vault.current"), PASSPHRASE);
  await window.fill(t("unlock.new-passphrase"), NEXT);
  await window.fill(t("unlock.new-again"), NEXT);
  await window.press(t("vault.rekey-act"));
  await window.find("heading", t("unlock.recovery-title"), { patience: 60_000 });
  await look("94-rekey-paper");
  const groups = await window.run(() => [...document.querySelectorAll("dialog ol code")].map((one) => one.textContent));
  assert.equal(groups.length, 8);
  await window.press(t("unlock.recovery-written"));
  await window.find("heading", t("unlock.check-title"));
  for (let at = 1; at <= groups.length; at += 1) {
    const name = t("unlock.group", { place: at });
    if (await window.has("field", name)) await window.fill(name, groups[at - 1]);
  }
  await look("95-rekey-check");
  await window.press(t("unlock.finish"));
  await window.sees(t("vault.rekeyed"), 120_000);
  await look("96-rekeyed");
  await window.press(t("vault.lock"));
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.sees(t("err-wrong-passphrase"), 60_000);
  await window.fill(t("unlock.passphrase"), NEXT);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
  await window.close();
  window = undefined;
  const file = join(place, "passphrase.txt");
  writeFileSync(file, `${NEXT}\n`);
  const env = { ...process.env, LANTHAN_PASSPHRASE_FILE: file };
  const checked = JSON.parse(execFileSync(terminal, ["vault", "check", vault, "--json"], { env, encoding: "utf8" }));
  assert.equal(checked.whole, true);
});

test("a release that runs ends before the vault is locked because nobody is there", async () => {
  window = await Window.open({ binary: program, home, data, more: { LANTHAN_IDLE_SECONDS: "5" } });
  await window.find("heading", t("unlock.title"));
  await window.fill(t("unlock.passphrase"), NEXT);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
  const { id } = (await window.ask("list_dossiers"))[0];
  const { recipients } = await window.ask("dossier", { dossier: id });
  const supplier = recipients.find(({ roles }) => roles.includes("supplier"));
  const { revision } = await window.ask("plan", { dossier: id, recipient: supplier.id });
  const folder = join(out, "package");
  // Nobody touches anything while it runs: each of its parts may take longer than the time without use.
  const released = await window.ask("release", {
    dossier: id, recipient: supplier.id, folder, seen: revision, job: "release",
  });
  assert.equal(released.files.length, 4);
  await window.sees(t("unlock.why-idle"), 60_000);
  await look("97-idle");
  assert.equal(readdirSync(folder).length, 4);
  await assert.rejects(window.ask("list_dossiers"), /vault-locked/);
});

test("what was typed last is kept when nobody comes back, and nothing of the vault stays on the screen", async () => {
  const unlock = async () => {
    await window.fill(t("unlock.passphrase"), NEXT);
    await window.press(t("unlock.open"));
    await window.find("heading", t("home.title"), { patience: 60_000 });
  };
  await unlock();
  const { id, title } = (await window.ask("list_dossiers"))[0];
  await window.press(title, { exactly: false });
  await window.press(t("dossier.scope"));
  await window.find("heading", t("scope.title"));
  const { items } = await window.ask("scope", { dossier: id });
  await window.find("group", t("shared.form"));
  const keys = [`item.${items[0].id}.report`];
  // The field saves itself after a pause, or when the window is told that the vault is about to be locked.
  await window.run((key) => {
    const field = document.querySelector(`[data-key="${key}"]`).querySelector("input, textarea");
    field.value = "Sample Laboratory, typed last";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, keys[0]);
  await window.sees(t("unlock.why-idle"), 60_000);
  assert.equal(await window.has("heading", t("scope.title")), false);
  await unlock();
  const [kept] = await window.ask("form", { dossier: id, keys });
  assert.equal(kept.value.en, "Sample Laboratory, typed last");
});

test("nothing serious is in anybody's way on these screens", () => {
  assert.deepEqual(barriers, {});
});

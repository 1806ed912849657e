// Does a plan make backups by itself at the real window, and do they work on the day they are needed?
//
// A short story on the sample dossier: a folder is chosen, a backup comes by itself, it is rehearsed, and a
// vault is brought back from it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data, stick], program, terminal } = stage("home", "data", "stick");
const vault = join(place, "Evidence.lanthan");
const first = join(stick, "Evidence backup 1.lanthan");
const file = join(place, "passphrase.txt");
const env = { ...process.env, LANTHAN_PASSPHRASE_FILE: file };
const ask = (...words) => JSON.parse(execFileSync(terminal, [...words, "--json"], { env, encoding: "utf8" }));

let window;

async function unlock() {
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
}

before(async () => {
  writeFileSync(file, `${PASSPHRASE}\n`);
  execFileSync(terminal, ["vault", "create", vault], { env });
  execFileSync(terminal, ["dossier", "load", join(root, "assets/sample"), "--vault", vault], { env });
  writeFileSync(join(data, "vaults.json"), JSON.stringify([vault]));
  window = await Window.open({ binary: program, home, data });
  await unlock();
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("a vault without a backup says so, and a chosen folder gets one by itself", async () => {
  await window.sees(t("vault.never-backed-up"));
  await window.press(t("vault.title"));
  await window.find("heading", t("vault.plan"));
  await window.answerDialogs({ pick_folder: stick });
  await window.fill(t("vault.plan-keep"), "2");
  await window.press(t("vault.plan-pick"));
  await window.until("a backup by itself", () => existsSync(first), 60_000);
  await window.sees(t("vault.list"), 60_000);
  await window.sees(t("vault.not-rehearsed"));
  await window.picture("backup-plan");
});

test("it is rehearsed, and the list remembers that it works", async () => {
  await window.fill(t("vault.backup-passphrase"), PASSPHRASE);
  await window.press(t("vault.rehearse-now"));
  await window.sees(t("vault.worked", { when: "" }).trim(), 60_000);
  await window.picture("backup-rehearsed");
  const [row] = await window.ask("backups");
  assert.deepEqual([row.works, row.standing, row.byPlan], [true, "there", true]);
});

test("a stick that is away is said calmly", async () => {
  renameSync(stick, `${stick}-away`);
  await window.press(t("vault.backup-again"));
  await window.sees(t("fix-backup-folder-missing").split(".")[0]);
  renameSync(`${stick}-away`, stick);
  await window.press(t("vault.backup-again"));
  await window.until("a second backup", () => readdirSync(stick).length === 2, 60_000);
  // It is read back before it counts, and nothing is brought back meanwhile.
  await window.sees("Evidence backup 2.lanthan", 60_000);
});

test("the vault is brought back into a new folder, and shows what was in it", async () => {
  await window.answerDialogs({ pick_folder: home });
  await window.fill(t("vault.restore-passphrase"), PASSPHRASE);
  await window.press(t("vault.restore-pick"));
  await window.press(t("vault.restore-now"));
  await window.sees(t("vault.restored"), 60_000);
  await window.picture("backup-restored");
  const [name] = readdirSync(home).filter((entry) => entry.endsWith(".lanthan"));
  const back = join(home, name);
  assert.equal(ask("vault", "check", back).whole, true);
  assert.equal(ask("dossier", "list", "--vault", back).length, 1);
  await window.press(t("vault.lock"));
  await window.find("button", t("unlock.restore"));
});

test("without any open vault the first screen leads to the way back", async () => {
  await window.press(t("unlock.restore"));
  await window.find("heading", t("vault.restore"));
  await window.picture("backup-unlock");
});

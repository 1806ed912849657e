// Do the last days follow from what a person enters of the filing, at the real window?
//
// A short story on the sample dossier. The days lie in years whose notices are known, and one beyond them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data], program, terminal } = stage("home", "data");
const out = join(place, "out");
const vault = join(place, "Evidence.lanthan");

let window;

before(async () => {
  const file = join(place, "passphrase.txt");
  writeFileSync(file, `${PASSPHRASE}\n`);
  const env = { ...process.env, LANTHAN_PASSPHRASE_FILE: file };
  execFileSync(terminal, ["vault", "create", vault], { env });
  execFileSync(terminal, ["dossier", "load", join(root, "assets/sample"), "--vault", vault], { env });
  writeFileSync(join(data, "vaults.json"), JSON.stringify([vault]));
  window = await Window.open({ binary: program, home, data });
  await window.fill(t("unlock.passphrase"), PASSPHRASE);
  await window.press(t("unlock.open"));
  await window.find("heading", t("home.title"), { patience: 60_000 });
});

after(async () => {
  await window?.close();
  sweep(place);
});

const dossier = async () => (await window.ask("list_dossiers"))[0].id;
const clock = async () => window.ask("deadlines", { dossier: await dossier() });
const day = async (purpose) => (await clock()).deadlines.find((one) => one.purpose === purpose)?.day;
/** The label of a field as the pack names it. */
const label = async (key) => (await window.ask("form", { dossier: await dossier(), keys: [key] }))[0].label.en;

async function enter(key, text) {
  await window.fill(await label(`filing.${key}`), text);
  // Leaving the field saves it.
  await window.run(() => document.activeElement?.blur());
}

test("before anything was entered the screen says what it is for", async () => {
  const [row] = await window.ask("list_dossiers");
  await window.press(row.title, { exactly: false });
  await window.press(t("dossier.clock"));
  await window.find("heading", t("clock.empty"));
  await window.sees(t("clock.no-stops"));
  assert.deepEqual(await window.inspect("clock-1-empty"), []);
});

test("a day of need leads back to the acceptance, and to the courier once his days are known", async () => {
  await enter("needed-by", "2026-10-15");
  await window.sees("7 Aug 2026");
  await window.sees(t("clock.courier-open"));
  assert.equal(await day("courier"), undefined);
  await enter("courier-days", "4");
  await window.sees("3 Aug 2026");
  await window.seesNoMore(t("clock.courier-open"));
});

test("an acceptance leads to the decision, a stop moves it, and its basis is shown", async () => {
  await enter("accepted", "2026-02-02");
  await window.sees("13 Apr 2026");
  const reason = await window.find("field", t("clock.reason"));
  await window.run((select) => {
    select.value = "request";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }, reason);
  await window.fill(t("clock.stop-from"), "2026-02-24");
  await window.fill(t("clock.stop-to"), "2026-03-03");
  const { reasons } = await clock();
  await window.sees(reasons.find((one) => one.reason === "request").source);
  await window.press(t("clock.add-stop"));
  await window.sees("22 Apr 2026");
  await window.sees(t("clock.stopped.other", { count: "7" }));
  assert.equal(await day("decision"), "2026-04-22");
  assert.deepEqual(await window.inspect("clock-2-days"), []);
});

test("what rests on an unpublished year is called an estimate, and late is said", async () => {
  await enter("accepted", "2026-11-25");
  // A stop before the acceptance cannot be counted: it is named, and can be taken out.
  await window.sees("2026-02-24..2026-03-03");
  await window.press(t("clock.remove-stop", { day: "24 Feb 2026" }));
  await enter("needed-by", "2027-01-29");
  await window.sees(t("clock.early-estimate"));
  await enter("needed-by", "2027-01-22");
  await window.seesNoMore(t("clock.early-estimate"));
  await window.sees(t("clock.estimate"));
  await window.sees(t("clock.estimate-why", { day: "1 Jan 2027" }));
  await window.sees(t("clock.late-fix"));
  assert.deepEqual(await window.inspect("clock-3-estimate"), []);
});

test("in dark, too, nothing is in anybody's way", async () => {
  await window.run(() => (document.documentElement.dataset.theme = "dark"));
  // Colours pass over; half way between the two there is little contrast.
  await new Promise((go) => setTimeout(go, 500));
  assert.deepEqual(await window.inspect("clock-4-dark"), []);
});

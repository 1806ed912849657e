// Is the scope question answered in the real window: for a magnet in a motor, for a bare one, and on paper?
//
// On an empty dossier, in scenes that stand on those before; pictures are kept in target/e2e.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data, out], program } = stage("home", "data", "out");

let window;
let dossier;
const barriers = {};

/** Takes pictures, light and dark, and notes what would be in anybody's way. */
async function look(name) {
  Object.assign(barriers, await window.inspectBoth(name));
}

const scope = () => window.ask("scope", { dossier });
const rules = (all) => all.map(({ id }) => id);

/** The field of the one item, as it is labelled on the screen. */
async function label(part) {
  const [field] = await window.ask("form", { dossier, keys: [`item.1.${part}`] });
  return field.label.en;
}

/** Types into the field, the English one where there are two, and leaves it. */
async function write(part, text) {
  await window.run((key, words) => {
    const field = document.querySelector(`[data-key="${key}"]`).querySelector("input, textarea");
    field.focus();
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.blur();
  }, `item.1.${part}`, text);
}

async function choose(part, word) {
  const select = await window.find("field", await label(part), { exactly: false });
  await window.run((one, value) => {
    one.value = value;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }, select, word);
}

/** Waits until the program answers so and the window shows it. */
async function verdict(wanted) {
  const found = await window.until(`the answer ${wanted}`, async () => {
    const answer = await scope();
    return answer.verdict === wanted && answer;
  });
  await window.sees(found.items[0].says.en);
  return found;
}

before(async () => {
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  dossier = await window.ask("create_dossier", { title: "Fan motors" });
  await window.reload();
  await window.press("Fan motors", { exactly: false });
  await window.press(t("dossier.scope"));
  await window.find("heading", t("scope.title"));
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("of goods that nobody has described nothing is said but what to answer first", async () => {
  const { items } = await verdict("unknown");
  for (const open of items[0].open) await window.sees(open.en);
  assert.ok(items[0].open.length > 0);
  await look("80-scope-empty");
});

test("a magnet in a motor is outside by an inference that is called one, and what lists bare ones is named as excluded", async () => {
  await write("name", "Ring magnet of the fan motor");
  await choose("family", "magnet");
  await choose("build", "motor");
  await choose("material", "ndfeb");
  const { items, suggests } = await verdict("outside");
  assert.deepEqual(rules(items[0].matched), ["motor-loudspeaker"]);
  const [inferred] = items[0].matched;
  await window.sees(inferred.says.en);
  await window.sees(inferred.grounds.basisLabel);
  const bare = items[0].ruledOut.find(({ id }) => id === "magnet-ndfeb");
  await window.sees(bare.says.en);
  await window.sees(bare.because.en);
  assert.ok(suggests.length > 0);
  await window.sees(t("scope.suggests"));
  await look("81-scope-motor");
  await window.press(t("scope.adopt"));
  await window.seesNoMore(t("scope.suggests"));
});

test("what no announcement settles since its suspension ended is unknown, with what to do", async () => {
  const { register, statusAdvice, day } = await scope();
  const unknown = register.filter(({ status }) => status.word === "unknown");
  assert.equal(unknown.length > 0, day > "2026-11-10", "the suspensions end on 10 November 2026");
  for (const { id } of unknown) await window.sees(id);
  if (unknown.length > 0) await window.sees(statusAdvice);
  const press = (name) => {
    const summary = [...document.querySelectorAll("summary")].find((one) => one.textContent.trim() === name);
    summary.click();
    summary.scrollIntoView();
  };
  await window.run(press, t("scope.register", { count: register.length }));
  await window.sees(register.at(-1).name.en);
  await look("82-scope-register");
  await window.run(press, t("scope.register", { count: register.length }));
});

test("the finding is printed on one page, and the ledger remembers it", async () => {
  await window.press(t("scope.print-open"));
  await window.answerDialogs({ pick_folder: out });
  await window.press(t("release.choose-folder"));
  await window.fill(t("release.folder-name"), "finding");
  await look("83-scope-print");
  await window.press(t("scope.write"));
  await window.sees(t("scope.printed", { pages: 1, number: 1 }), 60_000);
  await look("84-scope-printed");
  assert.deepEqual(readdirSync(join(out, "finding")), ["scope.pdf"]);
  const text = execFileSync("pdftotext", [join(out, "finding/scope.pdf"), "-"]).toString();
  const { items } = await scope();
  assert.ok(text.includes("Ring magnet of the fan motor"));
  assert.ok(text.replace(/\s+/g, " ").includes(items[0].says.en), text);
});

test("of a bare magnet the report is asked for, whatever its grade is called", async () => {
  await choose("build", "bare");
  await write("grade", "N38SH");
  const { items } = await verdict("unknown");
  await window.until("the report is asked for", async () => (await scope()).items[0].notes.length > 0);
  for (const open of items[0].open) await window.sees(open.en);
  await look("85-scope-unknown");
  await write("measured", "Dy 1.1 %; Tb 0; Ho 0");
  await write("report", "Sample Laboratory, report 7, lot 12");
  const listed = await verdict("in-scope");
  assert.deepEqual(rules(listed.items[0].matched), ["magnet-ndfeb"]);
  await window.sees("1C905.a.4");
  await look("86-scope-listed");
});

test("the tables are found by a name in Chinese", async () => {
  const field = await window.fill(t("scope.search"), "钬", { exactly: false });
  await window.run((one) => one.scrollIntoView(), field);
  await window.sees("1C909");
  await look("87-scope-tables");
});

test("nothing serious is in anybody's way on this screen", () => {
  assert.deepEqual(barriers, {});
});

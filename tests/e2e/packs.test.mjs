// Can the rules be replaced in the real window: by whom the user trusts, seen before, and rolled back?
//
// Signed by minisign itself, as publishers do it; pictures are kept in target/e2e.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const PACK = "cn-dual-use-rare-earth";
const { place, folders: [home, data], program } = stage("home", "data");

let window;
let dossier;
let file;
let key;
let current;
const barriers = {};

/** Takes pictures, light and dark, and notes what would be in anybody's way. */
async function look(name) {
  Object.assign(barriers, await window.inspectBoth(name));
}

/** A newer pack in which the composition report is compulsory, signed. */
function publish() {
  const source = join(place, "source");
  cpSync(join(root, "assets/packs", PACK), source, { recursive: true });
  const text = readFileSync(join(source, "pack.toml"), "utf8");
  current = /^version = "([\d.]+)"/m.exec(text)[1];
  const at = text.indexOf('id = "composition-test-report"');
  const stricter = text.slice(at).replace('demand = "recommended"', 'demand = "required"');
  const newer = (text.slice(0, at) + stricter).replace(`version = "${current}"`, 'version = "2027.1"');
  assert.notEqual(newer, text);
  writeFileSync(join(source, "pack.toml"), newer);
  const out = join(place, "out");
  execFileSync(join(root, "target/debug/lanthan-cli"), ["pack", "check", source, "--out", out]);
  file = join(out, `${PACK}-2027.1.lanthanpack`);
  const sign = (...args) => execFileSync("minisign", args, { cwd: place, stdio: "ignore" });
  sign("-G", "-W", "-f", "-p", "one.pub", "-s", "one.key");
  sign("-S", "-s", "one.key", "-m", file);
  key = readFileSync(join(place, "one.pub"), "utf8").trim().split("\n").at(-1);
}

before(async () => {
  publish();
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  dossier = await window.ask("load_sample");
  await window.reload();
  await window.press(t("packs.open"));
  await window.find("heading", t("packs.list"), { patience: 120_000 });
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("rules of a stranger are refused, and a publisher is trusted by the fingerprint", async () => {
  await look("70-packs");
  await window.answerDialogs({ pick_pack: file });
  await window.press(t("packs.choose-file"));
  await window.sees(t("err-pack-by-stranger"));
  await look("71-pack-stranger");
  await window.press(t("packs.trust"));
  await window.fill(t("packs.name"), "Sample Rules Office", { exactly: false });
  await window.fill(t("packs.key"), key, { exactly: false });
  await window.sees(t("packs.fingerprint"));
  await look("72-trust");
  await window.press(t("packs.trust-act"));
  await window.until("the publisher is trusted", async () => (await window.ask("packs")).publishers.length === 1);
});

test("what newer rules change, and for which dossiers, is seen before they are taken", async () => {
  await window.press(t("packs.choose-file"));
  await window.sees(t("packs.aspect-demand"));
  const { title } = (await window.ask("list_dossiers"))[0];
  await look("73-offer");
  const { touched } = await window.ask("look_at_pack", { path: file });
  if (touched.length > 0) await window.sees(title);
  assert.ok((await window.ask("packs")).packs.every(({ version }) => version !== "2027.1"), "only looked at");
  await window.press(t("packs.accept"));
  await window.until("the newer rules are current", async () => {
    const { packs } = await window.ask("packs");
    return packs.some(({ version, current: now }) => version === "2027.1" && now);
  });
  await look("74-taken");
  await window.press(t("packs.choose-file"));
  await window.sees(t("err-pack-older").split("{")[0].trim());
  writeFileSync(file, `${readFileSync(file, "utf8")} `);
  await window.press(t("packs.choose-file"));
  await window.sees(t("err-pack-altered").split("{")[0].trim());
  rmSync(`${file}.minisig`);
  await window.press(t("packs.choose-file"));
  await window.sees(t("err-pack-unsigned").split("{")[0].trim());
});

test("they are rolled back, and a dossier is re-checked by only what differs", async () => {
  await window.press(t("packs.roll-back"));
  await window.until("the earlier rules are current", async () => {
    const { packs } = await window.ask("packs");
    return packs.some(({ version, current: now }) => version === current && now);
  });
  await window.press(t("packs.back"));
  const { title } = (await window.ask("list_dossiers"))[0];
  await window.press(title, { exactly: false });
  await window.find("group", t("checklist.list"));
  await window.press(t("packs.open"), { exactly: false });
  const select = await window.find("field", t("packs.check"));
  await window.run((one) => {
    one.value = "2027.1";
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }, select);
  await window.sees(t("packs.compared", { version: current, other: "2027.1" }));
  await look("75-recheck");
  await window.press(t("packs.adopt", { version: "2027.1" }));
  await window.until("the dossier is moved", async () => (await window.ask("rules", { dossier })).version === "2027.1");
});

test("an overlay is laid over the dossier's rules", async () => {
  const { overlays } = await window.ask("rules", { dossier });
  const [{ version }] = overlays;
  await window.click(await window.find("box", version.title.en));
  await window.until("it is chosen", async () => (await window.ask("rules", { dossier })).overlays[0].chosen);
  await look("76-overlays");
});

test("nothing serious is in anybody's way on these screens", () => {
  assert.deepEqual(barriers, {});
});
